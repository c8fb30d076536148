// What the phone's own system does: it is somebody's phone, gets login codes, shows the inbox.
import { call } from "./network.js";

const KEY = "bianmin-demo-citizen";

/** Make a name that nobody else has: 32 hex digits. */
export function newName() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whose phones these are; the same person until another is asked for. */
export function citizen() {
  if (!localStorage.getItem(KEY)) localStorage.setItem(KEY, newName());
  return localStorage.getItem(KEY);
}

/** Hand the phones to somebody new. */
export function anotherCitizen() {
  localStorage.removeItem(KEY);
}

/** Get a login code for a page, as `wx.login` and `my.getAuthCode` do: code and account. */
export function loginCode(platform) {
  return call("/demo/platform/code", { body: { platform, user: citizen() } });
}

/** Say something to the service account: the platform pushes it, signed and encrypted. */
export function say(text, choice = "") {
  return call("/demo/platform/say", { body: { user: citizen(), text, choice }, limitMs: 25000 });
}

/** Do something that is an event: follow the account. */
export function touch(event) {
  return call("/demo/platform/say", { body: { user: citizen(), event }, limitMs: 25000 });
}

/** Look what the service account's chat shows after line number `after`. */
export function inbox(after) {
  return call(`/demo/platform/inbox?user=${citizen()}&after=${after}`);
}
