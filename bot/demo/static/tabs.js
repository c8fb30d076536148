// Tabs that work by mouse and by arrow keys.

/** Make `list` (role=tablist) choose among the panels that its tabs name. */
export function tabs(list, chosen) {
  const all = Array.from(list.querySelectorAll("[role=tab]"));
  const choose = (tab) => {
    for (const one of all) {
      one.setAttribute("aria-selected", String(one === tab));
      one.tabIndex = one === tab ? 0 : -1;
    }
    chosen(tab.getAttribute("aria-controls"), tab);
  };
  list.addEventListener("click", (event) => {
    const tab = event.target.closest("[role=tab]");
    if (tab) choose(tab);
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = all[(all.indexOf(event.target) + step + all.length) % all.length];
    choose(next);
    next.focus();
    event.preventDefault();
  });
}
