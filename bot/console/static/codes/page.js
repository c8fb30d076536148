// The page that checks codes: verifies by itself, then, with a network, asks what only the store knows.
import { numberOf, typed } from "./code.js";
import { able } from "./ed25519.js";
import * as kept from "./kept.js";
import { scan } from "./camera.js";
import { open } from "./stays.js";
import { verify } from "./verdict.js";

const byId = (id) => document.getElementById(id);
const root = document.body.dataset.root;
const word = (key, more = {}) =>
  document.querySelector(`[data-word="${key}"]`).textContent.replace(/\{(\w+)\}/g, (_, name) => more[name]);
let csrf = "", asked = 0;
let network = "offline"; // or "online", or "signin": there is one, but the session has ended

const isJson = (answer) => (answer.headers.get("content-type") || "").includes("json");
const turnedAway = (answer) => answer.redirected || answer.status === 401 || answer.status === 403;

function age(since) {
  const minutes = Math.floor(Math.max(0, Date.now() - since) / 60000);
  if (minutes < 2) return word("now");
  if (minutes < 60) return word("minutes", { n: minutes });
  return minutes < 2880 ? word("hours", { n: Math.floor(minutes / 60) }) : word("days", { n: Math.floor(minutes / 1440) });
}

function tell() {
  const kit = kept.kit(), list = kept.people();
  byId("lacks").hidden = able();
  byId("lacks").textContent = able() ? "" : word("nocrypto");
  byId("list").textContent = list ? word("listed", { n: list.people.length, age: age(list.at) }) : word("nolist");
  byId("signin").hidden = network !== "signin";
  if (!kit) return void (byId("kept").textContent = word(network) + word("nokeys"));
  const since = kit.set - kit.ahead;
  const old = Date.now() - since > 86400000 ? word("old") : "";
  byId("kept").textContent = word(network) + word("kept", { age: age(since) }) + old;
}

async function refresh() {
  try {
    const answer = await fetch(`${root}/codes/kit.json`, { cache: "no-store" });
    network = turnedAway(answer) ? "signin" : answer.ok && isJson(answer) ? "online" : "offline";
    if (network === "signin") csrf = "";
    if (network === "online") csrf = kept.keepKit(await answer.json());
  } catch {
    network = "offline";
  }
  tell();
}

function show(standing, title, todo, facts = [], proven = true) {
  const kind = standing === "valid" ? "valid" : standing === "freshness_unknown" ? "unsure" : "bad";
  byId("result").className = `panel ${kind}`;
  byId("standing").textContent = title;
  byId("todo").textContent = todo;
  byId("unproven").hidden = proven;
  byId("facts").replaceChildren(
    ...facts.flatMap(([name, value]) => [made("dt", word(name)), made("dd", value)]),
  );
  byId("result").hidden = false;
}

function made(tag, text) {
  const one = document.createElement(tag);
  one.textContent = text;
  return one;
}

function stands(standing, facts, proven) {
  const words = document.querySelector(`[data-standing="${standing}"]`);
  show(standing, words.textContent, words.dataset.todo, facts, proven);
}

function person(one) {
  if (!one || !one.name) return [];
  const name = one.name + (one.household ? ` ${word("family")}` : "");
  return [["name", name], ["born", one.born_year ? String(one.born_year) : word("unknown")]];
}

// What comes late about one code never stands where another is shown.
async function check(text) {
  const mine = ++asked;
  const digits = !text.startsWith("SQ1:") && /^[0-9０-９]/.test(text);
  if (digits && typed(text) === null) return show("bad", word("mistyped"), word("mistyped-todo"));
  const kit = kept.kit();
  const judged = digits ? byDigits(typed(text), kit) : await byText(text, kit);
  if (mine !== asked) return;
  judged();
  await ask(text, mine);
}

async function byText(text, kit) {
  if (!able()) return () => show("bad", word("absent"), word("nocrypto"));
  if (!kit) return () => show("bad", word("absent"), word("nokeys"));
  const found = await verify(text, kept.now(kit), kit, kit.set);
  const facts = found.code ? [["kind", word(found.code.kind)], ...person(known(found.code.handle))] : [];
  return () => stands(found.standing, facts, true);
}

// Without a network digits are looked up in what lies on this telephone; they prove nothing.
function byDigits(number, kit) {
  if ((kit ? kit.revoked : []).some((one) => numberOf(one) === number)) return () => stands("revoked", [], false);
  const list = kept.people();
  const one = list && list.people.find((other) => numberOf(other.handle) === number);
  if (!one) return () => show("bad", word("absent"), word("absent-todo"), [], false);
  return () => stands("freshness_unknown", [...person(one), ["kind", word(one.kind)]], false);
}

function known(handle) {
  const list = kept.people();
  return list ? list.people.find((one) => one.handle === handle) : null;
}

// With a network the store knows more: its word counts.
async function ask(text, mine) {
  const answer = await sent("check.json", [["code", text]]);
  if (!answer) return;
  const told = await answer.json();
  if (mine !== asked) return;
  if (told.wrong) {
    const todo = told.wrong === "mistyped" ? "mistyped-todo" : "nowhere";
    return show("bad", word(told.wrong === "mistyped" ? "mistyped" : "absent"), word(todo));
  }
  const facts = person(told);
  if (told.kind) facts.push(["kind", `${word(told.kind)}，${word(told.state)}`]);
  if (told.kind) facts.push(["used", told.used_before ? new Date(told.used_before).toLocaleString("zh-CN") : word("never")]);
  stands(told.standing, facts, told.proven || !told.kind);
}

// Who is turned away may have signed in anew meanwhile: once more with that session's word, then say it.
async function sent(path, fields, again = true) {
  if (!csrf) await refresh();
  if (!csrf) return null;
  try {
    const answer = await fetch(`${root}/codes/${path}`, { method: "POST", body: new URLSearchParams([["csrf", csrf], ...fields]) });
    if (!turnedAway(answer)) return isJson(answer) ? answer : null;
  } catch {
    return stand("offline");
  }
  csrf = "";
  return again ? sent(path, fields, false) : stand("signin");
}

function stand(how) {
  network = how;
  tell();
  return null;
}

byId("check").addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = byId("code"), text = field.value.replace(/[\r\n]+$/, "");
  field.select(); // at once: what is typed while the answer is on its way stays
  await check(text);
});

byId("people").addEventListener("submit", async (event) => {
  event.preventDefault();
  const chosen = [...byId("village").selectedOptions].map((one) => ["village", one.value]);
  const answer = await sent("people.json", [...chosen, ["purpose", byId("purpose").value]]);
  if (!answer || !answer.ok) return void (byId("list").textContent = word(network === "signin" ? "signin" : "failed"));
  try {
    kept.keepPeople((await answer.json()).people);
  } catch {
    return void (byId("list").textContent = word("full"));
  }
  tell();
});

byId("forget").addEventListener("click", () => {
  kept.forgetPeople();
  tell();
});

// Into the field as well: whom the desk takes in is whoever stands there.
function found(text) {
  byId("code").value = text;
  return check(text);
}

scan({ button: byId("camera"), view: byId("view"), found, cannot: (why) => {
  byId("code-hint").textContent = word(why);
} });
addEventListener("online", refresh);
addEventListener("offline", () => { csrf = ""; stand("offline"); });
if (navigator.serviceWorker) navigator.serviceWorker.register(`${root}/codes/worker.js`);
refresh();
if (byId("stays")) open({ word, send: sent, root, network: () => network });
setInterval(tell, 60000);
setInterval(refresh, 300000);
