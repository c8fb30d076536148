// The mini-program's page: a chat over the JSON API, the owner's place, and my cases.
import { CasesView } from "./cases.js";
import { CitizenApi } from "./citizen_api.js";
import { chatIn } from "./composer.js";
import { copyOf, make, whileWatched } from "./dom.js";
import { MessageList } from "./message_list.js";
import { Unreachable } from "./network.js";
import { LOADING, OFFLINE, WAITING, WITH_STAFF, failure, notOpened } from "./words.js";

const POLL_MS = 5000;
const TRY_AGAIN_MS = 5000;
const NAMES = { wechat: "微信", alipay: "支付宝" };
const STAFF = { name: "工作人员", mark: "员" };

export class MiniProgram {
  constructor(root, { platform, settings }) {
    this.root = root;
    this.settings = settings;
    this.api = new CitizenApi(platform);
    root.append(copyOf("mini-program"));
    settings.sizesIn(root.querySelector(".tools"));
    this.place = root.querySelector("select");
    const chat = chatIn(root.querySelector("[data-view=chat]"), (text) => this.say(text));
    this.banner = chat.banner;
    this.list = new MessageList(chat.lines, {
      me: { name: "我", mark: "我" },
      them: { name: "便民助手", mark: "民" },
      choose: (label) => this.say(label),
    });
    this.cases = new CasesView(root.querySelector("[data-view=cases]"), this.api);
    this.names = new Map();
    this.queue = Promise.resolve();
    this.staffSaid = 0;
    this._navigation();
    window.addEventListener("offline", () => this._banner(OFFLINE));
    window.addEventListener("online", () => this._banner(""));
  }

  /** Open the page once: log in, places, what was said before. */
  start() {
    if (!this.started) this.started = this._open();
    return this.started;
  }

  /** Say something; messages go out one after the other, in the order they were said. */
  say(text) {
    const line = this.list.citizen(text, Date.now());
    const empty = this.list.element.querySelector(".empty");
    if (empty) empty.remove();
    this._send(CitizenApi.newMessage(text), line);
  }

  _send(message, line) {
    line.sending();
    this.list.typing(true);
    this.queue = this.queue.then(() => this._sendNow(message, line));
  }

  /** Send until it is answered or refused; later messages wait their turn. */
  async _sendNow(message, line) {
    try {
      this._show(await this._untilReached(message, line));
      line.sent();
      this._banner("");
    } catch (error) {
      line.failed(failure(error), () => this._send(message, line));
    } finally {
      this.list.typing(false);
    }
  }

  /** Try again by itself, or when asked, under the same id, as long as nobody is reached. */
  async _untilReached(message, line) {
    for (;;) {
      try {
        return await this.api.send(message, { care: this.settings.care, place: this.place.value });
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error;
        this._banner(OFFLINE);
        this.list.typing(false);
        await this._nextTry(line);
        line.sending();
        this.list.typing(true);
      }
    }
  }

  /** Wait for the network, for a tap on "重发", or for a few seconds. */
  _nextTry(line) {
    return new Promise((resolve) => {
      line.failed(WAITING, resolve);
      window.addEventListener("online", resolve, { once: true });
      setTimeout(resolve, TRY_AGAIN_MS);
    });
  }

  _show(answer) {
    this.list.typing(false);
    this.settings.follow(answer.care);
    if (!this.names.size) this._fillPlaces().catch(() => {});
    if (!answer.parts.length) this.list.notice(WITH_STAFF);
    else this.list.answer(answer.parts, Date.now(), { care: answer.care, source: this._source(answer.source) });
  }

  _source(source) {
    if (!source) return null;
    const area = this.names.get(source.area) || source.area;
    return `来源：办事指南，版本 ${source.version.slice(0, 8)}，适用于${area}`;
  }

  async _open() {
    this.list.notice(LOADING);
    try {
      await Promise.all([this._fillPlaces(), this._fillHistory()]);
      whileWatched(() => this._newFromStaff(), POLL_MS);
    } catch (error) {
      this._couldNotOpen(error);
    }
  }

  _couldNotOpen(error) {
    this.list.clear();
    const again = make("button", { type: "button", class: "primary" }, "再试一次");
    const card = make("div", { class: "empty" }, make("p", {}, notOpened(error)), again);
    again.addEventListener("click", () => {
      this.started = null;
      this.start();
    });
    this.list.element.append(card);
  }

  async _fillHistory() {
    const lines = await this.api.history();
    this.list.clear();
    if (!lines.length) {
      this.list.element.append(make("div", { class: "empty" }, make("p", {}, "您好，这里可以问办事、查进度、找人工。点下面的问题，或者直接打字。")));
    }
    lines.forEach((line) => this._past(line));
  }

  _past(line) {
    if (line.from === "citizen") this.list.citizen(line.text, line.at);
    if (line.from === "staff") this._staff(line);
    else if (line.parts && line.parts.length) this.list.answer(line.parts, line.at, { care: this.settings.large });
    else if (line.from === "assistant" && line.text) this.list.words(line.text, line.at);
  }

  _staff(line) {
    this.staffSaid = Date.parse(line.at);
    this.list.words(line.text, line.at, { by: STAFF });
  }

  /** Staff may write at any time: nobody can push to a page, so it looks for itself. */
  async _newFromStaff() {
    try {
      const lines = await this.api.history(10);
      this._banner("");
      lines.filter((line) => line.from === "staff" && Date.parse(line.at) > this.staffSaid).forEach((line) => this._staff(line));
    } catch (error) {
      if (error instanceof Unreachable) this._banner(OFFLINE);
    }
  }

  async _fillPlaces() {
    const { county, towns } = await this.api.places();
    this.names = new Map([county, ...towns].map((area) => [area.code, area.name]));
    const options = towns.map((town) => make("option", { value: town.code }, town.name));
    this.place.replaceChildren(make("option", { value: "" }, `全${county.name.slice(-1)}`), ...options);
    this.root.querySelector("h3").textContent = `${county.name}便民`;
  }

  _navigation() {
    const nav = this.root.querySelector(".bottom-nav");
    nav.setAttribute("aria-label", `${NAMES[this.api.platform]}小程序的页面`);
    const buttons = Array.from(nav.querySelectorAll("button"));
    const views = Array.from(this.root.querySelectorAll("[data-view]"));
    for (const button of buttons) {
      button.addEventListener("click", () => {
        for (const view of views) view.hidden = view.dataset.view !== button.dataset.to;
        for (const one of buttons) one.toggleAttribute("aria-current", false);
        button.setAttribute("aria-current", "page");
        if (button.dataset.to === "cases") this.cases.show();
      });
    }
  }

  _banner(text) {
    this.banner.textContent = text;
    this.banner.hidden = !text;
  }
}
