// @ts-check
/** The shell: whether this browser can do it, its service worker, its language and its theme. */

import { get } from "./store.js";

const CHOICE = "nuantu-field-choice";

/** What this browser lacks, or null. @returns {Promise<"insecure" | "storage" | "crypto" | "old" | null>} */
export async function lacking() {
  if (!window.isSecureContext) return "insecure";
  if (!crypto?.subtle || !crypto.randomUUID) return "crypto";
  if (!("indexedDB" in window)) return "storage";
  if (!("serviceWorker" in navigator) || !navigator.locks || !window.structuredClone || !AbortSignal.timeout) return "old";
  return get("meta", "seats").then(() => null, () => "storage");
}

/** A window that forgets everything when it is closed gives little room. */
export async function mayForget() {
  const { quota = Infinity } = (await navigator.storage?.estimate?.().catch(() => null)) || {};
  return quota < 120_000_000;
}

/** The language of this page is the one that opens without a line. */
async function rememberLanguage() {
  const cache = await caches.open(CHOICE);
  await cache.put("/field/choice", new Response(document.documentElement.dataset.code || ""));
}

/**
 * Keep the shell here. A new version waits until `mayChange` says that nobody is in the middle of an entry.
 *
 * @param {() => boolean} mayChange
 */
export async function settleIn(mayChange) {
  let had = Boolean(navigator.serviceWorker.controller);
  const registration = await navigator.serviceWorker.register("/field/sw.js", { scope: "/field/", updateViaCache: "none" });
  await rememberLanguage().catch(() => undefined); // a full phone keeps the language it had
  let isDue = false;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    isDue = had; // the first one to take over is no new version
    had = true;
  });
  const look = () => {
    if (!mayChange()) return;
    if (isDue) location.reload();
    else registration.waiting?.postMessage("take over");
  };
  setInterval(look, 1000);
  setInterval(() => navigator.onLine && registration.update().catch(() => undefined), 30 * 60_000);
}

/** @param {string} [choice] day, night or none for the phone's own */
export function theme(choice) {
  if (choice !== undefined) localStorage.setItem("nuantu:theme", choice);
  const chosen = localStorage.getItem("nuantu:theme") || "";
  if (chosen) document.documentElement.dataset.theme = chosen;
  else delete document.documentElement.dataset.theme;
  return chosen;
}

/** @type {any} */
let offer = null;
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer = event;
});

/** Whether the browser offers to install, and the press of it. */
export const install = { isOffered: () => Boolean(offer), ask: () => offer?.prompt() };
