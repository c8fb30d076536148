// The lines of a chat: what the citizen says, what is answered, and notices in between.
import { make } from "./dom.js";
import { readAloud } from "./speech.js";
import { NOT_SENT } from "./words.js";

const PAUSE_MS = 5 * 60 * 1000;
const MARGIN_PX = 8;

export class MessageList {
  /** `choose` is called with the words of a choice that is tapped. */
  constructor(element, { me, them, choose }) {
    this.element = element;
    this.me = me;
    this.them = them;
    this.choose = choose;
    this.lastAt = 0;
    new ResizeObserver(() => this._stayAtNewest()).observe(element);
  }

  clear() {
    this.element.replaceChildren();
    this.element.parentElement.classList.remove("talking");
    this.lastAt = 0;
  }

  /** Show what the citizen said; the line can tell that it is on its way, or did not go out. */
  citizen(text, at) {
    this._time(at);
    const state = make("p", { class: "state" });
    const row = this._row("me", this.me, make("p", { class: "bubble" }, text), state);
    return {
      sending: () => state.replaceChildren("发送中……"),
      sent: () => state.replaceChildren(),
      remove: () => row.remove(),
      failed: (why, again) => {
        const button = make("button", { type: "button", class: "link", onclick: again }, "重发");
        state.replaceChildren(make("strong", {}, NOT_SENT), ` ${why}`, button);
        this._bringIntoView(row);
      },
    };
  }

  /** Show plain words from the other side. */
  words(text, at, { by = this.them, choices = [] } = {}) {
    this._time(at);
    this._row("them", by, make("p", { class: "bubble" }, text), this._choices(choices));
  }

  /** Show an answer in its parts; in care mode the plain version stands first. */
  answer(parts, at, { care = false, source = null } = {}) {
    this._time(at);
    const pieces = parts.map((part) => (part.kind === "choices" ? this._choices(part.choices) : this._say(part, care)));
    if (source) pieces.push(make("p", { class: "source" }, source));
    this._row("them", this.them, ...pieces);
  }

  notice(text) {
    const notice = make("p", { class: "notice" }, text);
    this.element.append(notice);
    this._bringIntoView(notice);
  }

  /** Show or hide that an answer is being written. */
  typing(on) {
    const shown = this.element.querySelector(".typing");
    if (shown) shown.remove();
    if (!on) return;
    const dots = make("p", { class: "bubble" }, make("span", { class: "hidden" }, "正在回复"), "···");
    this._row("them typing", this.them, dots);
  }

  _say(part, care) {
    const plain = part.plain && part.plain !== part.text ? part.plain : null;
    const words = make("p", { class: "bubble" }, care && plain ? plain : part.text);
    const tools = make("p", { class: "line-tools" });
    const aloud = part.speech ? readAloud(part.speech) : null;
    if (aloud) tools.append(aloud.button);
    if (plain) tools.append(this._switch(words, part.text, plain, care));
    return make("div", { class: "say" }, words, tools, aloud && aloud.shown);
  }

  _switch(words, full, plain, care) {
    let short = care;
    const button = make("button", { type: "button", class: "link" }, short ? "看全文" : "看简明版");
    button.addEventListener("click", () => {
      short = !short;
      words.textContent = short ? plain : full;
      button.textContent = short ? "看全文" : "看简明版";
    });
    return button;
  }

  _choices(choices) {
    if (!choices.length) return null;
    const buttons = choices.map((choice) => {
      const label = choice.label || choice;
      return make("button", { type: "button", onclick: () => this.choose(label, choice) }, label);
    });
    return make("div", { class: "choices", role: "group", "aria-label": "请选一项" }, ...buttons);
  }

  _row(side, who, ...content) {
    const says = make("span", { class: "hidden" }, `${who.name}：`);
    const avatar = make("span", { class: "avatar", "aria-hidden": "true" }, who.mark);
    const row = make("div", { class: `row ${side}` }, avatar, make("div", { class: "content" }, says, ...content));
    this.element.append(row);
    this.element.parentElement.classList.add("talking");
    this._bringIntoView(row);
    return row;
  }

  _time(at) {
    const when = new Date(at);
    if (when - this.lastAt > PAUSE_MS) {
      const words = when.toLocaleString("zh-CN", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
      this.element.append(make("p", { class: "time" }, words));
    }
    this.lastAt = when;
  }

  /** Show the newest line; of one that is longer than the view, its beginning. */
  _bringIntoView(row) {
    const { scrollHeight, clientHeight } = this.element;
    const beginning = row.offsetTop - MARGIN_PX;
    this.element.scrollTop = Math.min(scrollHeight - clientHeight, beginning);
    this.newest = row;
    this.restedAt = this.element.scrollTop;
  }

  /** Keep the newest line in view when the room changes, unless its reader has scrolled away. */
  _stayAtNewest() {
    const rests = Math.abs(this.element.scrollTop - this.restedAt) <= MARGIN_PX;
    if (rests && this.newest && this.newest.isConnected) this._bringIntoView(this.newest);
  }
}
