// What the owner has set on a phone: the size of letters, kept with the phone.
// Larger letters ask for care mode.
import { copyOf } from "./dom.js";
import { citizen } from "./platform.js";

let count = 0;

export class PhoneSettings {
  constructor(phone) {
    this.phone = phone;
    this.key = `bianmin-demo-size-${citizen()}-${phone.id}`;
    this.phone.dataset.size = localStorage.getItem(this.key) || "normal";
    this.asked = this.large;
    this.sets = [];
  }

  /** Whether the phone asks for large and plain answers; null until its owner has said so. */
  get care() {
    return this.asked ? this.large : null;
  }

  get large() {
    return this.phone.dataset.size !== "normal";
  }

  /** Put a row of sizes into `root`. */
  sizesIn(root) {
    root.append(copyOf("sizes"));
    const inputs = Array.from(root.querySelectorAll(".sizes input"));
    count += 1;
    for (const input of inputs) {
      input.name = `size-${count}`;
      input.addEventListener("change", () => {
        this.asked = true;
        this._set(input.value);
      });
    }
    this.sets.push(inputs);
    this._set(this.phone.dataset.size);
  }

  /** Follow what the assistant was asked for in words ("大字版"). */
  follow(care) {
    if (care === this.large) return;
    this.asked = false;
    this._set(care ? "large" : "normal");
  }

  _set(size) {
    this.phone.dataset.size = size;
    localStorage.setItem(this.key, size);
    for (const inputs of this.sets) for (const input of inputs) input.checked = input.value === size;
  }
}
