// Scans of the desk of a shelter: sent at once while there is a network, else kept and sent later.
// Both clocks go along: the house works out when it was, however wrong this telephone's clock is.
const QUEUE = "codes.queue", DESK = "codes.desk", PAIRS = "codes.pairs", COUNT = "codes.count", NAME = "codes.device";
const AT_ONCE = 40, PAIRS_KEPT = 20;
const boot = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2) + Date.now();

const read = (name, other) => {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? other;
  } catch {
    return other;
  }
};
const write = (name, value) => localStorage.setItem(name, JSON.stringify(value));
const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, "0")).join("");

export function device() {
  if (!read(NAME)) write(NAME, `phone-${fresh().slice(0, 12)}`);
  return read(NAME);
}

export const reading = () => ({ boot, ticks: Math.round(performance.now()), wall: new Date().toISOString() });
export const desk = () => read(DESK);
export const waiting = () => read(QUEUE, []).length;

// What the house told, with what our clocks showed then: between two such pairs a scan is placed.
export function keepDesk(told) {
  write(DESK, { events: told.events, shelters: told.shelters });
  write(PAIRS, [...read(PAIRS, []), { ...reading(), at: told.at }].slice(-PAIRS_KEPT));
}

export function scanned(said) {
  const counter = read(COUNT, 0);
  write(COUNT, counter + 1);
  return { ...said, id: fresh(), counter, ...reading() };
}

// Kept before anything is sent: a scan is lost with the telephone only.
export const keep = (scan) => write(QUEUE, [...read(QUEUE, []), scan]);
const drop = (ids) => write(QUEUE, read(QUEUE, []).filter((one) => !ids.has(one.id)));

export async function visit(scan, send) {
  keep(scan);
  const { boot: _, ticks: __, wall: ___, ...rest } = scan;
  const answer = await send("visit.json", [["visit", JSON.stringify({ ...rest, device: device() })]]);
  if (!answer) return null;
  drop(new Set([scan.id]));
  return answer.json();
}

export async function flush(send) {
  const refused = [];
  for (let scans = read(QUEUE, []).slice(0, AT_ONCE); scans.length; scans = read(QUEUE, []).slice(0, AT_ONCE)) {
    const batch = { device: device(), now: reading(), pairs: read(PAIRS, []), scans };
    const answer = await send("scans.json", [["batch", JSON.stringify(batch)]]);
    if (!answer || !answer.ok) return { sent: false, refused };
    const told = await answer.json();
    refused.push(...told.results.filter((one) => one.taken === "refused" || one.taken === "differs"));
    drop(new Set(told.results.map((one) => one.id)));
  }
  return { sent: true, refused };
}
