// The desk of a shelter on this page: choose event and shelter once, then scan people in and out.
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
    const scan = queue.scanned(said);
    byId("code").value = ""; // at once: who is scanned while the answer is on its way stays
    byId("stay-strangers").value = "";
    const mine = (newest += 1);
    const told = await queue.visit(scan, send);
    count();
    if (mine !== newest) return; // the next one stands there; what was refused is in its list
    if (!told) return tell(word(`kept-${network()}`));
    if (told.wrong) return tell(word("wrong-scan"));
    const others = told.offers.map((one) => `${one.name}（${one.phone}）`).join("、");
    const numbers = word("inside", { n: told.inside, most: told.capacity });
    tell(`${told.names.join(" ")} ${word(`stay-${told.outcome}`)} ${numbers} ${others}`);
  }

  byId("stay-in").addEventListener("click", () => take("in"));
  byId("stay-leave").addEventListener("click", () => take("out"));
  addEventListener("online", refresh);
  setInterval(refresh, 60000);
  fill();
  refresh();
}
