// The desk of a shelter on this page: choose event and shelter once, then scan people in and out.
import { shown, typed } from "./code.js";
import { family } from "./kept.js";
import * as queue from "./queue.js";
import { show as showRefused } from "./refused.js";

const byId = (id) => document.getElementById(id);

export function open({ word, send, root, network }) {
  const tell = (text) => (byId("stay-told").textContent = text);

  function count() {
    byId("stay-waiting").textContent = word("waiting", { n: queue.waiting() });
    showRefused(word);
  }

  function fill() {
    const known = queue.desk();
    byId("stays").hidden = !(known && known.events.length && known.shelters.length);
    count();
    if (!known) return;
    for (const [id, list] of [["stay-event", known.events], ["stay-shelter", known.shelters]]) {
      const chosen = byId(id).value;
      byId(id).replaceChildren(...list.map((one) => new Option(one.name, one.id, false, one.id === chosen)));
    }
  }

  async function refresh() {
    try {
      const answer = await fetch(`${root}/codes/desk.json`, { cache: "no-store" });
      const json = (answer.headers.get("content-type") || "").includes("json");
      if (answer.ok && json) queue.keepDesk(await answer.json());
    } catch {
      return fill();
    }
    fill();
    if (!queue.waiting()) return;
    const sent = await queue.flush(send);
    count();
    if (sent && !queue.refused().length) tell(word("flushed"));
  }

  let newest = 0;

  async function take(way) {
    const code = byId("code").value.replace(/[\r\n]+$/, "");
    if (!code && !byId("stay-strangers").checkValidity()) return tell(word("how-many"));
    const strangers = code ? 0 : Number(byId("stay-strangers").value);
    if (!code && !(strangers > 0 && way === "in")) return tell(word("whom"));
    const said = { event: byId("stay-event").value, shelter: byId("stay-shelter").value, way, code, strangers };
    if (way === "out") said.out_to = byId("stay-out").value;
    byId("code").value = ""; // at once: who is scanned while the answer is on its way stays
    byId("stay-strangers").value = "";
    const known = network() === "online" ? null : family(typed(shown(code)));
    return known ? ask(said, known) : record(said);
  }

  // Of a family's code: who of them it is; the rest stay on the list of whom nobody has seen.
  const asked = [];

  function ask(said, members) {
    asked.push({ said, members });
    if (asked.length === 1) askNext();
    tell(word("family-ask"));
  }

  function askNext() {
    byId("stay-family").hidden = !asked.length;
    byId("stay-members").replaceChildren(...(asked.length ? asked[0].members.map(ticked) : []));
  }

  function ticked(one) {
    const label = document.createElement("label"), box = document.createElement("input");
    Object.assign(box, { type: "checkbox", value: String(one.id), checked: one.ticked });
    label.append(box, ` ${one.name}`);
    return label;
  }

  function chosen() {
    const people = [...byId("stay-members").querySelectorAll("input:checked")].map((one) => Number(one.value));
    if (!people.length) return tell(word("family-none"));
    const { said } = asked.shift();
    askNext();
    return record({ ...said, people });
  }

  function nobody() {
    asked.shift();
    askNext();
    tell(word("family-left"));
  }

  async function record(said) {
    const scan = queue.scanned(said), mine = (newest += 1);
    const told = await queue.visit(scan, send);
    const known = told || said.people ? null : family(typed(shown(said.code)));
    if (known) queue.forget(scan);
    count();
    if (known || told?.outcome === "who") return ask(said, known ?? told.members);
    if (mine !== newest) return; // the next one stands there; what was refused is in its list
    if (!told) return tell(word(`kept-${network()}`));
    if (told.wrong) return tell(word("wrong-scan"));
    const others = told.offers.map((one) => `${one.name}（${one.phone}）`).join("、");
    const numbers = word("inside", { n: told.inside, most: told.capacity });
    tell(`${told.names.join(" ")} ${word(`stay-${told.outcome}`)} ${numbers} ${others}`);
  }

  byId("stay-chosen").addEventListener("click", chosen);
  byId("stay-nobody").addEventListener("click", nobody);
  byId("stay-in").addEventListener("click", () => take("in"));
  byId("stay-leave").addEventListener("click", () => take("out"));
  addEventListener("online", refresh);
  setInterval(refresh, 60000);
  fill();
  refresh();
}
