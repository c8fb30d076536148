// Make elements, and find what the page's templates hold.

/** Make an element: attributes as given, `on…` as listeners, text or elements inside. */
export function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Copy what stands in the template called `id`. */
export function copyOf(id) {
  return document.getElementById(id).content.cloneNode(true);
}

/** Call `task` every so often while the page is looked at. */
export async function whileWatched(task, milliseconds) {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    if (document.visibilityState === "visible") await task();
  }
}
