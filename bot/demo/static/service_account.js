// The chat with the service account: what WeChat itself shows, no page of ours.
import { chatIn } from "./composer.js";
import { make, whileWatched } from "./dom.js";
import { MessageList } from "./message_list.js";
import { inbox, say, touch } from "./platform.js";
import { LOADING, OFFLINE, failure } from "./words.js";

const POLL_MS = 1200;
const OWN_WORDS_MS = 120;

export class ServiceAccount {
  constructor(root, settings) {
    root.append(make("div", { class: "app-bar" }, make("h3", {}, "便民服务号")));
    const tools = make("div", { class: "tools" });
    root.append(tools);
    settings.sizesIn(tools);
    const chat = chatIn(root, (text) => this.say(text));
    this.banner = chat.banner;
    this.list = new MessageList(chat.lines, {
      me: { name: "我", mark: "我" },
      them: { name: "服务号", mark: "民" },
      choose: (label, choice) => this.say(label, choice.id),
    });
    this.after = 0;
    this.waiting = 0;
    this.reachable = true;
  }

  /** Show what was said before, then look for new lines. */
  async start() {
    this.list.notice(LOADING);
    await this._fetch(true);
    whileWatched(() => this._fetch(false), POLL_MS);
  }

  async say(text, choice = "") {
    await this._push(() => say(text, choice), (error) => {
      const line = this.list.citizen(text, Date.now());
      line.failed(failure(error), () => {
        line.remove();
        this.say(text, choice);
      });
    });
  }

  /** Let the platform push; what could not be handed to it is said by `failed`. */
  async _push(act, failed) {
    this.waiting += 1;
    try {
      setTimeout(() => this._fetch(false), OWN_WORDS_MS);
      await act();
    } catch (error) {
      failed(error);
    } finally {
      this.waiting -= 1;
      await this._fetch(false);
    }
  }

  /** Look once at a time. */
  async _fetch(first) {
    if (this.fetching) return this.fetching;
    this.fetching = this._look(first).finally(() => {
      this.fetching = null;
    });
    return this.fetching;
  }

  async _look(first) {
    try {
      const { lines, typing } = await inbox(this.after);
      if (first) this._greet(lines);
      this._reached(true);
      lines.forEach((line) => this._show(line));
      this.list.typing(typing || this.waiting > 0);
    } catch (error) {
      this._reached(false);
    }
  }

  _greet(lines) {
    this.list.clear();
    if (lines.length) return;
    const follow = make("button", { type: "button", class: "primary" }, "关注服务号");
    const card = make("div", { class: "empty" }, make("p", {}, "还没有对话。先关注，或者直接在下面提问。"), follow);
    follow.addEventListener("click", () => {
      this._push(() => touch("subscribe"), (error) => this.list.notice(failure(error)));
    });
    this.list.element.append(card);
  }

  _show(line) {
    if (line.number <= this.after) return;
    this.after = line.number;
    this.list.typing(false);
    const empty = this.list.element.querySelector(".empty");
    if (empty) empty.remove();
    if (line.by === "citizen") this.list.citizen(line.text, line.at);
    else if (line.by === "notice") this.list.notice(line.text);
    else this.list.words(line.text, line.at, { choices: line.choices.map(([id, label]) => ({ id, label })) });
  }

  _reached(reachable) {
    if (reachable === this.reachable) return;
    this.reachable = reachable;
    this.banner.hidden = reachable;
    this.banner.textContent = OFFLINE;
  }
}
