// Keeps the page that checks codes: from the network while there is one, else as it was last seen.
const KEPT = "codes-4", WAIT = 4000;
const PAGE = new URL("check", self.registration.scope).href;
const STATIC = new URL("../static/", self.registration.scope);
const PARTS = ["codes/page.js", "codes/code.js", "codes/ed25519.js", "codes/kept.js", "codes/camera.js",
  "codes/queue.js", "codes/refused.js", "codes/stays.js",
  "codes/verdict.js", "codes/check.css", "console.css", "parts.css", "icon.svg"];
const FILES = PARTS.map((one) => new URL(one, STATIC).href);

// A page that a login page has taken the place of is not kept.
const whole = (answer) => answer.ok && !answer.redirected;

// The form's word of the session is not kept: with scripts, and none but those come here, it is not read.
const WORD = /<input type="hidden" name="csrf"[^>]*>/g;

async function put(cache, url, answer) {
  if (url !== PAGE) return cache.put(url, answer);
  const { status, headers } = answer, text = (await answer.text()).replace(WORD, "");
  await cache.put(url, new Response(text, { status, headers }));
}

async function keep(cache, url) {
  const answer = await fetch(url, { cache: "no-store" });
  if (!whole(answer)) throw new Error(`cannot keep ${url}`);
  await put(cache, url, answer);
}

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(KEPT);
    await Promise.all([PAGE, ...FILES].map((url) => keep(cache, url)));
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
    await self.clients.claim();
  })());
});

async function answered(request) {
  const cache = await caches.open(KEPT), known = await cache.match(request.url);
  const late = new Promise((done) => setTimeout(done, WAIT));
  const fresh = fetch(request).then((answer) => {
    if (whole(answer)) put(cache, request.url, answer.clone());
    return answer;
  });
  if (!known) return fresh;
  const first = await Promise.race([fresh.catch(() => null), late]);
  return first && first.status < 500 ? first : known;
}

self.addEventListener("fetch", (event) => {
  const { request } = event, url = request.url.split("#")[0];
  if (request.method === "GET" && (url === PAGE || FILES.includes(url))) event.respondWith(answered(request));
});
