// The card on a phone: the warning, and the owner's safety code with its colour in words.
import { make } from "./dom.js";
import * as words from "./typhoon_words.js";

const RENEW_MS = 5000;

export class TyphoonCard {
  /** `arrive` is told by which phone a code is held out at the shelter. */
  constructor(card, arrive) {
    this.card = card;
    this.arrive = arrive;
    this.shown = "";
    this.drawnAt = 0;
  }

  /** Show a phone as it stands; what is the same stays, so that nothing moves under a finger. */
  show(phone) {
    this.card.classList.toggle("red", Boolean(phone.red));
    this.card.dataset.colour = phone.code ? phone.code.colour : "";
    const shown = JSON.stringify({ ...phone, code: phone.code && { ...phone.code, svg: "" } });
    if (shown !== this.shown) this.#fill(phone);
    this.shown = shown;
    if (phone.code && Date.now() - this.drawnAt > RENEW_MS) this.#draw(phone.code.svg);
  }

  #fill(phone) {
    const messages = phone.messages.slice(-1).map((text) => make("p", { class: "alert-message" }, text));
    const open = Array.from(this.card.querySelectorAll("details[open]"), (one) => one.className);
    const more = (name, title, text) =>
      text ? make("details", { class: name, open: open.includes(name) }, make("summary", {}, title), make("p", {}, text)) : null;
    this.drawnAt = 0;
    this.card.replaceChildren(
      make("span", { class: "alert-via" }, words.VIA[this.card.dataset.alert]),
      this.#head(phone),
      ...messages,
      ...[more("alert-why", words.WHY, phone.code && phone.code.why), more("alert-all", words.IN_FORCE, phone.words)].filter(Boolean),
    );
  }

  /** The colour always stands in words; the picture has none. */
  #head({ red, code }) {
    const state = code ? words.colour(code) : red ? words.RED : words.WARNED;
    return make(
      "div",
      { class: "code-row" },
      make("div", { class: "code-place", "data-code-place": true, "aria-hidden": "true", hidden: !code }),
      make(
        "div",
        { class: "code-words" },
        make("strong", { class: "alert-state" }, state),
        code ? make("span", { class: "code-name" }, `${code.paper ? words.PAPER : words.CODE}\n${code.digits}`) : null,
      ),
      code && red ? this.#button() : null,
    );
  }

  #button() {
    const button = make("button", { type: "button", class: "code-arrive" }, words.ARRIVE);
    button.addEventListener("click", async () => {
      button.disabled = true;
      await this.arrive(this.card.dataset.alert);
      button.disabled = false;
    });
    return button;
  }

  #draw(svg) {
    const drawn = new DOMParser().parseFromString(svg, "text/html").querySelector("svg");
    this.card.querySelector("[data-code-place]").replaceChildren(drawn);
    this.drawnAt = Date.now();
  }
}
