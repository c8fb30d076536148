// The card on a phone: the warning, and the owner's safety code with its colour in words.
import { make } from "./dom.js";
import * as words from "./typhoon_words.js";

const RENEW_MS = 5000;

/** Say in words how a phone stands. */
function stateOf({ red, code }) {
  if (code) return words.colour(code);
  return red ? words.RED : words.WARNED;
}

export class TyphoonCard {
  /** `arrive` is told by which phone a code is held out at the shelter. */
  constructor(card, arrive) {
    this.card = card;
    this.arrive = arrive;
    this.shown = "";
    this.drawnAt = 0;
  }

  /** Show a phone as it stands; what is the same stays, so that nothing moves under a finger. */
  show(phone, { over }) {
    this.card.classList.toggle("red", Boolean(phone.red) && !over);
    this.card.dataset.colour = over ? "over" : phone.code ? phone.code.colour : "";
    const shown = JSON.stringify({ ...phone, over, code: phone.code && { ...phone.code, svg: "" } });
    if (shown !== this.shown) this.#keepingFocus(() => (over ? this.#end(phone) : this.#fill(phone)));
    this.shown = shown;
    if (!over && phone.code && Date.now() - this.drawnAt > RENEW_MS) this.#draw(phone.code.svg);
  }

  #fill(phone) {
    const messages = phone.messages.slice(-1).map((text) => make("p", { class: "alert-message" }, text));
    const why = this.#more("alert-why", words.WHY, phone.code && phone.code.why);
    const all = this.#more("alert-all", words.IN_FORCE, phone.words);
    this.drawnAt = 0;
    this.card.replaceChildren(this.#via(), this.#head(phone), ...messages, ...[why, all].filter(Boolean));
  }

  /** Say that the drill is over: nothing is in force any more, and no code is scanned. */
  #end(phone) {
    const received = this.#more("alert-all", words.RECEIVED, phone.messages.join("\n\n"));
    const state = make("strong", { class: "alert-state" }, words.OVER);
    const left = make("span", { class: "code-name" }, words.left(stateOf(phone)));
    this.card.replaceChildren(this.#via(), state, left, ...[received].filter(Boolean));
  }

  /** Do what replaces the card, and keep the focus where it was, or on the card. */
  #keepingFocus(replace) {
    const held = this.card.contains(document.activeElement) ? document.activeElement : null;
    const place = held && held.closest("details");
    replace();
    if (!held) return;
    const again = place && this.card.querySelector(`.${place.className} summary`);
    (again || this.card).focus({ preventScroll: true });
  }

  #via() {
    return make("span", { class: "alert-via" }, words.VIA[this.card.dataset.alert]);
  }

  #more(name, title, text) {
    const open = Boolean(this.card.querySelector(`.${name}[open]`));
    return text ? make("details", { class: name, open }, make("summary", {}, title), make("p", {}, text)) : null;
  }

  /** The colour always stands in words; the picture has none. */
  #head({ red, code }) {
    const state = stateOf({ red, code });
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
    button.addEventListener("click", () => this.#arrive(button));
    return button;
  }

  /** Hold the code out once; where it is not taken, the button says so and can be tried again. */
  async #arrive(button) {
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    button.textContent = words.SCANNING;
    const now = await this.arrive(this.card.dataset.alert);
    if (now && !(now.phones || {})[this.card.dataset.alert]?.red) return;
    button.setAttribute("aria-disabled", "false");
    button.textContent = words.ARRIVE;
    if (!button.nextElementSibling) button.after(make("span", { class: "code-name not-taken" }, words.NOT_TAKEN));
  }

  #draw(svg) {
    const drawn = new DOMParser().parseFromString(svg, "text/html").querySelector("svg");
    this.card.querySelector("[data-code-place]").replaceChildren(drawn);
    this.drawnAt = Date.now();
  }
}
