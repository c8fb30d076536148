// A form is sent once: a second click before the answer comes does nothing. Without this file the
// server still counts a form once by its key; this only spares staff the page that says so.
// A form that brings a file leaves its page standing: it says `data-again`.
addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (!navigator.onLine) return kept(event);
  if ("again" in form.dataset) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  for (const one of form.querySelectorAll("button")) one.setAttribute("aria-disabled", "true");
});
// Without a network the page with what was typed stays, and says so.
function kept(event) {
  event.preventDefault();
  const said = document.getElementById("offline");
  said.hidden = false;
  said.scrollIntoView();
}
addEventListener("online", () => (document.getElementById("offline").hidden = true));
// Back to a page that the browser kept: its forms may be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const one of form.querySelectorAll("button")) one.removeAttribute("aria-disabled");
  }
});
