// @ts-check
/**
 * Live pages. The server says only that something of a channel changed; the page asks again
 * through the ordinary door: <div hx-get=… hx-trigger="nuantu:tips from:body, every 30s" hx-swap="morph:innerHTML">.
 *
 * One tab of a browser holds the stream and tells the others, because a browser allows only six
 * connections to a site. While the stream is lost every channel is asked each fifteen seconds.
 * "Live" is said only while the stream is open.
 */

const RETRY = 5_000;
const POLL = 15_000;
const url = document.body.dataset.events;
const mark = /** @type {HTMLElement | null} */ (document.querySelector("[data-live]"));
const words = JSON.parse(document.body.dataset.words || "{}");
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("nuantu-live") : null;
let isLost = false;
let isOpen = false;
let holds = false;

/** @returns {Set<string>} the channels that this page listens to */
function channels() {
  const wanted = new Set();
  for (const one of document.querySelectorAll("[hx-trigger*='nuantu:'], [data-listen]")) {
    const text = `${one.getAttribute("hx-trigger") || ""} ${one.getAttribute("data-listen") || ""}`;
    for (const [, name] of text.matchAll(/nuantu:([\w-]+)/g)) wanted.add(name);
  }
  return wanted;
}

/** @param {string} name */
function announce(name) {
  document.body.dispatchEvent(new CustomEvent(`nuantu:${name}`, { bubbles: true }));
}

/** @param {boolean} lost */
function setLost(lost) {
  if (isLost && !lost) channels().forEach(announce);
  isLost = lost;
  isOpen = !lost;
  if (!mark) return;
  mark.hidden = false;
  const state = lost ? "lost" : "live";
  if (mark.dataset.state === state) return;
  mark.dataset.state = state;
  if (mark.firstElementChild) mark.firstElementChild.textContent = lost ? words.lost : words.live;
}

/** @param {MessageEvent | {type: string}} event */
function heard(event) {
  setLost(false);
  if (event.type === "reconnected") channels().forEach(announce);
  else announce(event.type);
}

/** Every channel name that any tab has asked for is listened to. @type {Set<string>} */
const listened = new Set(["reconnected"]);

/** @returns {Promise<void>} when the stream has ended for good */
function hold() {
  return new Promise((done) => {
    const stream = new EventSource(/** @type {string} */ (url));
    const relay = (/** @type {MessageEvent} */ event) => {
      heard(event);
      tabs?.postMessage({ type: event.type });
    };
    const listen = (/** @type {string} */ name) => stream.addEventListener(name, relay);
    new Set([...listened, ...channels()]).forEach((name) => {
      listened.add(name);
      listen(name);
    });
    document.addEventListener("nuantu-live:wanted", (event) => listen(/** @type {CustomEvent} */ (event).detail));
    stream.onopen = () => {
      setLost(false);
      tabs?.postMessage({ type: "open" });
    };
    stream.onerror = () => {
      setLost(true);
      tabs?.postMessage({ type: "lost" });
      if (stream.readyState === EventSource.CLOSED) setTimeout(done, RETRY);
    };
    addEventListener("pagehide", () => stream.close(), { once: true });
  });
}

/** @param {string} name */
function want(name) {
  if (listened.has(name)) return;
  listened.add(name);
  document.dispatchEvent(new CustomEvent("nuantu-live:wanted", { detail: name }));
}

async function keepHolding() {
  holds = true;
  for (;;) await hold();
}

function start() {
  tabs?.addEventListener("message", ({ data }) => {
    if (data.type === "want") want(data.name);
    else if (data.type === "hello") holds && (isOpen || isLost) && tabs.postMessage({ type: isLost ? "lost" : "open" });
    else if (data.type === "lost" || data.type === "open") setLost(data.type === "lost");
    else heard(data);
  });
  tabs?.postMessage({ type: "hello" });
  for (const name of channels()) tabs?.postMessage({ type: "want", name });
  if (tabs && navigator.locks) navigator.locks.request("nuantu-live", keepHolding);
  else keepHolding();
  setInterval(() => {
    if (isLost && !document.hidden) channels().forEach(announce);
  }, POLL);
}

document.addEventListener("htmx:configRequest", (event) => {
  const { triggeringEvent, headers, verb } = /** @type {CustomEvent} */ (event).detail;
  const byItself = !triggeringEvent || triggeringEvent.type.startsWith("nuantu:");
  if (verb === "get" && byItself) headers["X-Nuantu-Poll"] = "1";
});

/* Live swaps leave alone what the reader has opened or is typing. */
const morph = /** @type {any} */ (window).Idiomorph;
if (morph) {
  morph.defaults.ignoreActiveValue = true;
  morph.defaults.callbacks.beforeAttributeUpdated = (
    /** @type {string} */ name,
    /** @type {Element} */ node,
  ) => !(name === "open" && node.matches("details, dialog")) && !(name === "aria-selected" && node.matches("[data-row], tr, li"));
}

if (url && "EventSource" in window) start();
