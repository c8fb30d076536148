// My cases: look one up by its number and the last four, and see those looked up before.
import { copyOf, make } from "./dom.js";
import { Refused } from "./network.js";
import { CASE_NOT_FOUND, LOADING, NO_CASES, notOpened } from "./words.js";

export class CasesView {
  constructor(root, api) {
    this.api = api;
    root.append(copyOf("cases"));
    this.answer = root.querySelector(".lookup-answer");
    this.list = root.querySelector(".case-list");
    root.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this._lookUp(new FormData(event.target));
    });
  }

  /** Fetch the list anew; the page has just been opened. */
  async show() {
    this.list.replaceChildren(make("p", { class: "quiet" }, LOADING));
    try {
      const cases = await this.api.cases();
      this.list.replaceChildren(...(cases.length ? cases.map(card) : [make("p", { class: "quiet" }, NO_CASES)]));
    } catch (error) {
      const again = make("button", { type: "button", class: "primary", onclick: () => this.show() }, "再试一次");
      this.list.replaceChildren(make("p", { class: "quiet" }, notOpened(error)), again);
    }
  }

  async _lookUp(form) {
    this.answer.replaceChildren("正在查询……");
    try {
      const found = await this.api.lookUp(form.get("number").trim(), form.get("last_four").trim());
      this.answer.replaceChildren(card(found));
      await this.show();
    } catch (error) {
      const unknown = error instanceof Refused && error.status === 404;
      this.answer.replaceChildren(unknown ? error.message || CASE_NOT_FOUND : notOpened(error));
    }
  }
}

function card(one) {
  const rows = [
    ["办件编号", one.number],
    ["最近更新", new Date(one.changed_at).toLocaleString("zh-CN", { dateStyle: "long", timeStyle: "short" })],
    ["最晚办结", one.due_on && new Date(one.due_on).toLocaleDateString("zh-CN", { dateStyle: "long" })],
  ];
  const list = make("dl", {});
  for (const [name, value] of rows) if (value) list.append(make("dt", {}, name), make("dd", {}, value));
  return make("article", { class: "case" }, make("h5", {}, one.title), make("p", {}, one.words), list);
}
