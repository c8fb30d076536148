// Scans of this telephone that the house did not accept: shown until somebody has seen to them.
import { shown } from "./code.js";
import * as queue from "./queue.js";

const byId = (id) => document.getElementById(id);

export function show(word) {
  const refused = queue.refused();
  byId("stay-refused").hidden = !refused.length;
  byId("stay-refused-told").textContent = word("refused", { n: refused.length });
  byId("stay-refused-list").replaceChildren(...refused.map((one) => line(one, word)));
  byId("stay-seen").onclick = () => {
    queue.seenTo();
    show(word);
  };
}

function line(one, word) {
  const shelters = queue.desk()?.shelters ?? [], item = document.createElement("li");
  const whom = one.code ? word("refused-code", { code: shown(one.code) }) : word("refused-some", { n: one.strangers });
  const shelter = shelters.find((other) => other.id === one.shelter)?.name ?? one.shelter;
  item.textContent = word(`refused-${one.way}`, { at: new Date(one.wall).toLocaleString("zh-CN"), shelter, whom });
  return item;
}
