// Scans of the desk of a shelter: sent at once while there is a network, else kept and sent later.
// Both clocks go along: the house works out when it was, however wrong this telephone's clock is.
const QUEUE = "codes.queue", DESK = "codes.desk", PAIRS = "codes.pairs", COUNT = "codes.count", NAME = "codes.device", REFUSED = "codes.refused";
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

// Kept before anything is sent: a scan is lost with the telephone only.
export function scanned(said) {
  const counter = read(COUNT, 0), scan = { ...said, id: fresh(), counter, ...reading() };
  write(COUNT, counter + 1);
  write(QUEUE, [...read(QUEUE, []), scan]);
  return scan;
}

// Of a family nothing is sent before it is said who has come.
export const forget = (scan) => drop(new Set([scan.id]));

const drop = (ids) => write(QUEUE, read(QUEUE, []).filter((one) => !ids.has(one.id)));

// What the house refused blocks nothing, and stays to be read until somebody has seen to it.
export const refused = () => read(REFUSED, []);
export const seenTo = () => localStorage.removeItem(REFUSED);

function aside(ids) {
  const those = read(QUEUE, []).filter((one) => ids.has(one.id));
  if (those.length) write(REFUSED, [...refused(), ...those]);
  drop(ids);
}

// How many stay behind goes along: what is on its way is none of them.
const away = new Set();
const behind = () => read(QUEUE, []).filter((one) => !away.has(one.id));

async function onTheWay(scans, sent) {
  scans.forEach((one) => away.add(one.id));
  try {
    return await sent(behind().length);
  } finally {
    scans.forEach((one) => away.delete(one.id));
  }
}

export async function visit(scan, send) {
  const { boot: _, ticks: __, wall: ___, ...rest } = scan;
  const answer = await onTheWay([scan], (waiting) =>
    send("visit.json", [["visit", JSON.stringify({ ...rest, asks: !rest.people, device: device(), waiting })]]));
  if (!answer) return null;
  (answer.status === 400 ? aside : drop)(new Set([scan.id]));
  return answer.json();
}

// A batch that cannot be read does not say which scan is at fault: then one by one, until that one is found.
export async function flush(send) {
  let most = AT_ONCE;
  for (let scans = first(most); scans.length; scans = first(most)) {
    const batch = { device: device(), now: reading(), pairs: read(PAIRS, []), scans };
    const answer = await onTheWay(scans, (waiting) =>
      send("scans.json", [["batch", JSON.stringify({ ...batch, waiting })]]));
    const unread = answer?.status === 400;
    if (!answer || !(answer.ok || unread)) return false;
    if (unread && scans.length > 1) most = 1;
    else settle(unread ? [{ id: scans[0].id, taken: "refused" }] : (await answer.json()).results);
    if (unread && scans.length === 1) most = AT_ONCE;
  }
  return true;
}

// What is on its way is not sent twice: the house books in what comes in a batch, also where it sends a visit elsewhere.
const first = (most) => behind().slice(0, most);

function settle(results) {
  const bad = results.filter((one) => one.taken === "refused" || one.taken === "differs");
  aside(new Set(bad.map((one) => one.id)));
  drop(new Set(results.map((one) => one.id)));
}
