// @ts-check
/**
 * Who may look: enrolment, the PIN, what follows after too many wrong ones, and the end of a phone.
 *
 * Too many wrong PINs take away the bundle and the way by the PIN. What the team entered stays sealed,
 * and opens again only with the recovery key, which the server gives to the person himself, logged in.
 */

import { newKey, open, renew, seal, unlock } from "./seal.js";
import { all, changed, get, put, run, wipe } from "./store.js";

/** @typedef {{device: string, min_digits: number, most_tries: number, idle_minutes: number}} About plain: what the lock itself needs */
/** @typedef {{key: CryptoKey, token: string, user: {name: string, team: string}, idle_minutes: number}} Opened */

export class NotLoggedIn extends Error {}
export class Refused extends Error {}

/** @returns {Promise<"new" | "locked" | "shut">} shut: the PIN was taken away */
export async function stage() {
  const [about, wrapped] = [await get("meta", "about"), await get("meta", "wrapped")];
  if (!about || !wrapped) return "new";
  return wrapped.byPin ? "locked" : "shut";
}

/** @returns {Promise<About & {tries: number, unsent: number}>} */
export async function standing() {
  const about = await get("meta", "about");
  return { ...about, tries: (await get("meta", "tries")) || 0, unsent: (await all("outbox")).length };
}

/** @param {string} path @param {RequestInit} [how] */
async function session(path, how) {
  const answer = await fetch(path, { credentials: "same-origin", cache: "no-store", redirect: "manual", ...how });
  if (answer.status === 401 || answer.type === "opaqueredirect") throw new NotLoggedIn();
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(told.words || told.detail || "");
  return told;
}

/** Whom the server takes us for, and how long a PIN has to be. */
export async function mayEnrol() {
  const who = await whoAmI();
  if (!who.may_enrol) throw new Refused(who.words);
  return who;
}

function whoAmI() {
  return session("/field/phone", { headers: { Accept: "application/json", "Accept-Language": document.documentElement.lang } });
}

/** @param {string} path @param {any} body */
async function post(path, body) {
  const { csrf } = await whoAmI();
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrf, "Accept-Language": document.documentElement.lang };
  return session(path, { method: "POST", headers, body: JSON.stringify(body) });
}

/** @param {string} pin @param {number} least */
export function isTooEasy(pin, least) {
  const steps = new Set([...pin].slice(1).map((digit, at) => Number(digit) - Number(pin[at])));
  return !/^\d+$/.test(pin) || pin.length < least || (steps.size === 1 && [0, 1, -1].includes([...steps][0]));
}

/** Make this phone one of the person who is logged in. @param {string} pin @param {string} label @returns {Promise<Opened>} */
export async function enrol(pin, label) {
  const told = await post("/field/devices/", { label });
  const { key, wrapped } = await newKey(pin, told.recovery);
  const idle_minutes = told.pin.idle_minutes;
  const secret = { token: told.token, user: told.user, idle_minutes };
  const sealed = await seal(key, secret, "secret");
  await run(["meta", "sealed"], "readwrite", (store) => {
    const about = { device: told.device, min_digits: told.pin.min_digits, most_tries: told.pin.tries, idle_minutes };
    store("meta").put(about, "about");
    store("meta").put(wrapped, "wrapped");
    store("meta").put(0, "tries");
    store("sealed").put(sealed, "secret");
  });
  await navigator.storage?.persist?.();
  changed();
  return { key, ...secret };
}

/** @param {CryptoKey} key @returns {Promise<Opened>} */
async function opened(key) {
  return { key, ...(await open(key, await get("sealed", "secret"), "secret")) };
}

/**
 * Try a PIN. The try is counted before it is made, so that closing the page gives none for free.
 *
 * @param {string} pin @returns {Promise<{opened: Opened | null, left: number}>}
 */
export async function tryPin(pin) {
  const wrapped = await get("meta", "wrapped");
  const about = /** @type {About} */ (await get("meta", "about"));
  const tries = ((await get("meta", "tries")) || 0) + 1;
  // A phone that is full must still open, or what it holds could never leave it.
  await put("meta", "tries", tries).catch((error) => {
    if (error?.name !== "QuotaExceededError") throw error;
  });
  const key = await unlock(wrapped, pin);
  if (key) {
    await put("meta", "tries", 0).catch(() => undefined);
    return { opened: await opened(key), left: about.most_tries };
  }
  const left = Math.max(0, about.most_tries - tries);
  if (!left) {
    await run(["meta", "sealed"], "readwrite", (store) => {
      store("meta").put({ ...wrapped, byPin: null }, "wrapped");
      store("sealed").delete("bundle");
    });
    changed();
  }
  return { opened: null, left };
}

/** The PIN was forgotten or taken away: the person logs in, and sets a new one. @param {string} pin @returns {Promise<Opened>} */
export async function recover(pin) {
  const about = /** @type {About} */ (await get("meta", "about"));
  const told = await post(`/field/devices/${about.device}/recovery`, {});
  const { key, wrapped } = await renew(await get("meta", "wrapped"), told.recovery, pin);
  await run(["meta"], "readwrite", (store) => {
    store("meta").put(wrapped, "wrapped");
    store("meta").put(0, "tries");
  });
  changed();
  return opened(key);
}

/** Nothing of this phone's shift stays, unless something lies here unsent. @param {"revoked" | "given up"} why told on the next screen */
export async function end(why) {
  if (!(await wipe())) return false;
  await put("meta", "ended", why);
  changed();
  return true;
}

/** Why the phone was emptied, told once. */
export async function whyEnded() {
  const why = await get("meta", "ended");
  if (why) await put("meta", "ended", null);
  return why;
}
