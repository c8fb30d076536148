// The text inside a safety code, as data/civic/safety/codes.py writes it. Another spelling is none.
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const PREFIX = "SQ1:", LENGTH = 130, PACKED = 20;
const KINDS = { 1: "screen", 2: "sheet", 3: "pendant" };

export class NoCode extends Error {}

export function decode(text) {
  if (text.length % 3) throw new NoCode("spelling");
  const bytes = [];
  for (let at = 0; at < text.length; at += 3) {
    const [a, b, c] = [...text.slice(at, at + 3)].map((one) => ALPHABET.indexOf(one));
    if ([a, b, c].some((one) => one === -1 || one === undefined)) throw new NoCode("spelling");
    const value = a + 45 * b + 2025 * c;
    if (value > 0xffff) throw new NoCode("spelling");
    bytes.push(value >> 8, value & 255);
  }
  return Uint8Array.from(bytes);
}

export function unpack(text) {
  if (!text.startsWith(PREFIX)) throw new NoCode("foreign");
  if ([...text].length !== LENGTH || text.length !== LENGTH) {
    throw new NoCode([...text].length === LENGTH ? "spelling" : "length");
  }
  const content = decode(text.slice(PREFIX.length));
  const view = new DataView(content.buffer);
  if (content[0] !== 1) throw new NoCode("version");
  const handle = [...content.slice(3, 11)].map((one) => one.toString(16).padStart(2, "0")).join("");
  const issued = view.getUint32(12), expires = view.getUint32(16), kind = KINDS[content[11]];
  if (!kind || /^0+$/.test(handle) || issued >= expires) throw new NoCode("content");
  const code = { key: view.getUint16(1), handle, kind, issued: issued * 1000, expires: expires * 1000 };
  return { code, packed: content.slice(0, PACKED), signature: content.slice(PACKED) };
}

// The ten digits by which a handle is known, behind two that check them: ISO 7064 MOD 97-10.
export function numberOf(handle) {
  return Number(BigInt(`0x${handle}`) % 10000000000n);
}

const check = (number) => 98 - ((number * 100) % 97);

// As they stand below a code; what is none of ours stays as it was scanned or typed.
export function shown(text) {
  try {
    const number = numberOf(unpack(text).code.handle);
    const digits = `${String(number).padStart(10, "0")}${String(check(number)).padStart(2, "0")}`;
    return digits.match(/..../g).join(" ");
  } catch (error) {
    if (error instanceof NoCode) return text;
    throw error;
  }
}

export function typed(text) {
  const half = text.replace(/[０-９]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0));
  const digits = half.replace(/[ \-\u3000\t]/g, "");
  if (!/^[0-9]{12}$/.test(digits)) return null;
  const number = Number(digits.slice(0, 10));
  return Number(digits.slice(10)) === check(number) ? number : null;
}
