// What this telephone keeps: keys and revoked codes with their date, and for three days a list of masked names.
import { numberOf } from "./code.js";

const KIT = "codes.kit", PEOPLE = "codes.people", DAYS = 86400000;

const read = (name) => {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
};

export function keepKit(told) {
  const at = Date.parse(told.at);
  const { csrf, ...rest } = told; // the session's word is kept nowhere
  localStorage.setItem(KIT, JSON.stringify({ ...rest, set: at, ahead: at - Date.now() }));
  return csrf;
}

export const kit = () => read(KIT);

// Our clock, as far as this telephone's still agrees with it.
export const now = (kept) => Date.now() + (kept ? kept.ahead : 0);

export function keepPeople(people) {
  const listed = { people, at: Date.now() };
  localStorage.setItem(PEOPLE, JSON.stringify(listed));
}

export function people() {
  const listed = read(PEOPLE);
  if (!listed) return null;
  if (Date.now() - listed.at < 3 * DAYS) return listed;
  forgetPeople();
  return null;
}

// Who of a family a code may be of, by its digits; null: nobody knows here.
export function family(number) {
  const one = number === null ? null : people()?.people.find((other) => numberOf(other.handle) === number);
  return one && (one.members ?? []).length > 1 ? one.members.map((each) => ({ ...each, ticked: true })) : null;
}

export const forgetPeople = () => localStorage.removeItem(PEOPLE);
