// Where the citizen types: Enter sends, Shift+Enter makes a new line, suggestions can be tapped.
import { copyOf, make } from "./dom.js";
import { SUGGESTIONS } from "./words.js";

let count = 0;

/** Put a chat into `root`; `send` is called with what is to be said. */
export function chatIn(root, send) {
  root.append(copyOf("chat"));
  const find = (selector) => root.querySelector(selector);
  const [form, box] = [find(".composer"), find("textarea")];
  nameBox(box, find(".composer label"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (text) send(text);
    box.value = "";
    fit(box);
    box.focus();
  });
  box.addEventListener("input", () => fit(box));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  find(".suggestions").append(...SUGGESTIONS.map((text) => make("button", { type: "button", onclick: () => send(text) }, text)));
  return { lines: find(".lines"), banner: find(".banner") };
}

function nameBox(box, label) {
  count += 1;
  box.id = `say-${count}`;
  label.htmlFor = box.id;
}

/** Let the box grow with what is typed, up to four lines. */
function fit(box) {
  box.rows = Math.min(4, Math.max(1, box.value.split("\n").length));
}
