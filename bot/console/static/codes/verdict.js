// One verdict, as data/civic/safety/verifying.py gives it; times in milliseconds.
import { unpack, NoCode } from "./code.js";
import { fits } from "./ed25519.js";

const MINUTE = 60000, LEEWAY = 2 * MINUTE, TRUSTED = 10 * MINUTE, ADRIFT = 1440 * MINUTE;

export async function verify(text, at, kit, clockSet, check = fits) {
  let signed;
  try {
    signed = unpack(text);
  } catch (error) {
    if (error instanceof NoCode) return { standing: "unreadable", why: error.message };
    throw error;
  }
  const { code } = signed;
  const key = kit.keys.find((one) => one.id === code.key);
  if (!key) return { standing: "unknown_key" };
  if (!(await check(bytes(key.public), signed.packed, signed.signature))) return { standing: "forged" };
  if (kit.revoked.includes(code.handle)) return { standing: "revoked", code };
  return { standing: clockSet === null ? byOurs(code, at) : byAnother(code, at, clockSet), code };
}

function byOurs(code, at) {
  if (at >= code.expires) return "expired";
  return code.issued > at + LEEWAY ? "not_yet" : "valid";
}

function byAnother(code, at, clockSet) {
  if (code.expires <= clockSet || code.expires <= at - ADRIFT) return "expired";
  const trusted = clockSet <= at && at <= clockSet + TRUSTED;
  const fresh = trusted
    ? code.issued - LEEWAY <= at && at < code.expires
    : code.issued - ADRIFT <= at && at < code.expires - ADRIFT;
  return fresh ? "valid" : "freshness_unknown";
}

export const bytes = (hex) => Uint8Array.from(hex.match(/../g).map((one) => parseInt(one, 16)));
