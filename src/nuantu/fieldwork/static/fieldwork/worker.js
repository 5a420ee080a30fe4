/**
 * The service worker: keeps the shell of one version, whole, and gives it when asked. The server puts
 * the list `SHELL` in front of this text. Nothing else under /field/ is touched, and nothing of a
 * person is ever kept here.
 */

const NAME = `nuantu-field-${SHELL.version}`;
const CHOICE = "nuantu-field-choice";

async function fetched() {
  const cache = await caches.open(NAME);
  await cache.addAll([...SHELL.pages, ...SHELL.files].map((url) => new Request(url, { cache: "reload", credentials: "omit" })));
}

/** The page of the language that was used last. */
async function home() {
  const chosen = await (await caches.open(CHOICE)).match("/field/choice");
  const code = chosen ? await chosen.text() : "";
  return SHELL.pages.find((page) => code && page.endsWith(`/${code}/`)) || SHELL.pages[0];
}

async function answer(request, path) {
  const cache = await caches.open(NAME);
  const found = await cache.match(path === SHELL.home || path.startsWith(SHELL.spots) ? await home() : path);
  return found || fetch(request);
}

/** The first version takes the page at once; a later one waits until the page says that it may. */
addEventListener("install", (event) => event.waitUntil(fetched()));
addEventListener("activate", (event) =>
  event.waitUntil(
    (async () => {
      const names = await caches.keys();
      await Promise.all(names.filter((name) => name.startsWith("nuantu-field-") && ![NAME, CHOICE].includes(name)).map((name) => caches.delete(name)));
      await clients.claim();
    })(),
  ),
);
addEventListener("message", (event) => {
  if (event.data === "take over") skipWaiting();
});
addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const isOurs = event.request.method === "GET" && url.origin === location.origin;
  const isSpot = url.pathname.startsWith(SHELL.spots); // the code of a card
  if (!isOurs || !(isSpot || [SHELL.home, ...SHELL.pages, ...SHELL.files].includes(url.pathname))) return;
  event.respondWith(answer(event.request, url.pathname));
});
