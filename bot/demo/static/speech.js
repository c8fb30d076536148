// Reading aloud: the spoken text is always shown, and heard where the device can speak.
import { make } from "./dom.js";

const voice = () => window.speechSynthesis;

/** A button that reads `text` aloud and shows it; pressed again it falls silent. */
export function readAloud(text) {
  const shown = make("p", { class: "spoken", hidden: true }, `朗读：${text}`);
  const button = make("button", { type: "button", class: "link", "aria-pressed": "false" }, "读出来");
  const reading = () => button.getAttribute("aria-pressed") === "true";
  const show = (on) => {
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? "停" : "读出来";
    shown.hidden = !on;
  };
  button.addEventListener("click", () => {
    const start = !reading();
    if (voice()) voice().cancel();
    show(start);
    if (start && voice()) speak(text);
  });
  return { button, shown };
}

function speak(text) {
  const words = new SpeechSynthesisUtterance(text);
  words.lang = "zh-CN";
  words.rate = 0.9;
  voice().speak(words);
}
