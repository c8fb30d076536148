// The typhoon on the page: a drill that the server plays; here it is only shown, and one knocks.
import { make } from "./dom.js";
import { call } from "./network.js";
import { TyphoonCard } from "./typhoon_card.js";
import * as words from "./typhoon_words.js";

const PATH = "/demo/typhoon";
const EVERY_MS = 700;
const PLAYED = ["preparing", "playing", "last_door"];
const byId = (id) => document.getElementById(id);

/** Turn a button off or on; one that is off keeps the focus, and says that it is off. */
function turn(button, { off }) {
  button.setAttribute("aria-disabled", String(off));
}

const isOff = (button) => button.getAttribute("aria-disabled") === "true";

export class Typhoon {
  /** Show the button where a drill can be played, and one that is being played already. */
  async start() {
    const now = await this.#ask();
    if (!now) return;
    byId("typhoon-begin").hidden = false;
    byId("typhoon-begin").addEventListener("click", () => this.#begin());
    byId("typhoon-knock").addEventListener("click", () => this.#knock());
    const arrive = (phone) => this.#ask({ body: { phone } }, "/arrive");
    const cards = Array.from(document.querySelectorAll("[data-alert]"));
    this.cards = new Map(cards.map((card) => [card, new TyphoonCard(card, arrive)]));
    if (PLAYED.includes(now.state)) this.#watch(now);
  }

  async #begin() {
    if (isOff(byId("typhoon-begin"))) return;
    turn(byId("typhoon-begin"), { off: true });
    const now = await this.#ask({ body: {} });
    if (now) return this.#watch(now);
    turn(byId("typhoon-begin"), { off: false });
    this.#say(words.BROKEN);
  }

  async #knock() {
    if (isOff(byId("typhoon-knock"))) return;
    this.#knocks(words.KNOCKING, { off: true });
    if (!(await this.#ask({ body: {} }, "/knock"))) this.#knocks(words.NOT_KNOCKED, { off: false });
  }

  /** Say at once what becomes of the last door; the server tells it only when it is done. */
  #knocks(said, { off }) {
    this.door = said;
    turn(byId("typhoon-knock"), { off });
    if (said) this.#say(said);
  }

  async #watch(first) {
    let now = first;
    byId("typhoon").hidden = false;
    document.body.dataset.typhoon = "";
    turn(byId("typhoon-begin"), { off: true });
    this.#knocks("", { off: false });
    while (now && now.state !== "over" && now.state !== "broken") {
      this.#show(now);
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
      now = (await this.#ask()) || now;
    }
    this.#show(now);
    turn(byId("typhoon-begin"), { off: false });
  }

  #show(now) {
    this.#say((now.state === "last_door" && this.door) || words.step(now));
    byId("typhoon-clock").textContent = now.clock || "";
    this.#count(now.counts || {});
    this.#left(now);
    for (const card of this.cards.keys()) this.#phone(card, (now.phones || {})[card.dataset.alert], now.state);
    this.#report(now.report);
  }

  #say(text) {
    byId("typhoon").hidden = false;
    if (byId("typhoon-step").textContent !== text) byId("typhoon-step").textContent = text;
  }

  #count({ people, confirmed = 0, at_the_door: owned = 0, rest = 0 }) {
    const share = (count) => (people ? (100 * count) / people : 0);
    const bar = byId("typhoon-bar");
    bar.querySelector(".confirmed").setAttribute("width", share(confirmed));
    bar.querySelector(".owned").setAttribute("width", share(confirmed + owned));
    const text = people ? words.counts(people, confirmed, owned, rest) : "";
    bar.setAttribute("aria-label", text || words.NOT_COUNTED);
    byId("typhoon-counts").textContent = text;
  }

  #left({ state, uninformed = [], more = 0 }) {
    const held = document.activeElement === byId("typhoon-knock");
    byId("typhoon-left").hidden = !uninformed.length;
    const names = uninformed.map((name) => make("li", {}, name));
    if (more) names.push(make("li", {}, words.more(more)));
    byId("typhoon-names").replaceChildren(...names);
    byId("typhoon-knock").hidden = state !== "last_door";
    if (held && !byId("typhoon-knock").offsetParent) byId("typhoon-name").focus();
  }

  #phone(card, phone, state) {
    const said = phone && (phone.words || phone.messages.length);
    card.hidden = !said;
    if (said) this.cards.get(card).show(phone, { over: state === "over" });
  }

  #report(report) {
    const list = byId("typhoon-report");
    list.hidden = !report;
    if (!report) return;
    list.replaceChildren(...words.report(report).flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));
  }

  /** Ask the server; null where it has no such thing, or does not answer just now. */
  async #ask(options, more = "") {
    try {
      return await call(PATH + more, options);
    } catch {
      return null;
    }
  }
}
