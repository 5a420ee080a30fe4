// @ts-check
/**
 * Who may look: enrolment, the PIN, what follows after too many wrong ones, and the end of a phone.
 *
 * Too many wrong PINs take away the bundle and the way by the PIN. What the team entered stays sealed,
 * and opens again only with the recovery key, which the server gives to the person himself, logged in.
 */

import { newKey, open, renew, seal, share, unlock } from "./seal.js";
import { all, bundleOf, changed, get, put, run, wipe } from "./store.js";

/**
 * Plain: what the lock itself needs of each person who may open this phone. A team's phone has one, a
 * station's tablet several, each with a PIN of her own that wraps the same data key; there the names
 * lie open, to choose from.
 *
 * @typedef {{id: string, user: string, name: string, may_care: boolean, wrapped: import("./seal.js").Wrapped, tries: number, min_digits: number, most_tries: number}} Seat
 * @typedef {{key: CryptoKey, id: string, token: string, user: {name: string, team: string}, idle_minutes: number}} Line
 * @typedef {Line & {lines: Line[]}} Opened who opened it, and everybody whose entries may lie here
 */

export class NotLoggedIn extends Error {}
export class Refused extends Error {}

/** @returns {Promise<Seat[]>} */
const seats = async () => (await get("meta", "seats")) || [];

/** @returns {Promise<"new" | "locked" | "shut">} shut: the PIN was taken away */
export async function stage() {
  const list = await seats();
  if (!list.length) return "new";
  return list.some((one) => one.wrapped.byPin) ? "locked" : "shut";
}

/** @returns {Promise<Seat & {seats: Seat[], unsent: number}>} of whom the screen is asked, the last one first */
export async function standing(id = "") {
  const list = await seats();
  const seat = list.find((one) => one.id === id) || list[0];
  return { ...seat, seats: list, unsent: (await all("outbox")).length };
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

/** @param {any} told what the server said @param {CryptoKey} key @param {import("./seal.js").Wrapped} wrapped @returns {Promise<Opened>} */
async function sit(told, key, wrapped) {
  const { device: id, token, user, pin } = told;
  const sealed = await seal(key, { token, user, idle_minutes: pin.idle_minutes }, "secret");
  const seat = { id, user: user.id, name: user.may_care ? user.name : "", may_care: user.may_care, wrapped, tries: 0, min_digits: pin.min_digits, most_tries: pin.tries };
  const list = [seat, ...(await seats())];
  await run(["meta", "sealed"], "readwrite", (store) => {
    store("meta").put(list, "seats");
    store("sealed").put(sealed, `secret:${id}`);
  });
  await navigator.storage?.persist?.();
  changed();
  return opened(key, id);
}

/** Make this phone one of the person who is logged in. @param {string} pin @param {string} label */
export async function enrol(pin, label) {
  const told = await post("/field/devices/", { label });
  const { key, wrapped } = await newKey(pin, told.recovery);
  return sit(told, key, wrapped);
}

/**
 * The person who is logged in sits down at a tablet that somebody else opens for her.
 *
 * @param {string} pin hers @param {string} id of the other @param {string} theirs the other's PIN
 * @returns {Promise<Opened | null>} null: not the other's PIN
 */
export async function join(pin, id, theirs) {
  const who = (await mayEnrol()).user;
  const other = await standing(id);
  if (!who.may_care || !other.may_care) throw new Refused("only_care");
  if (other.seats.some((one) => one.user === who.id)) throw new Refused("already");
  if (!(await tryPin(theirs, id)).opened) return null;
  const told = await post("/field/devices/", { label: other.name });
  const { key, wrapped } = await share(other.wrapped, theirs, told.recovery, pin);
  return sit(told, key, wrapped);
}

/** Whoever is logged in goes, so that somebody else may log in; throws NotLoggedIn when it is done. */
export const leave = () => post("/logout/", {});

/** @param {CryptoKey} key @param {string} id @returns {Promise<Opened>} */
async function opened(key, id) {
  /** @type {Line[]} */
  const lines = [];
  for (const one of await seats()) lines.push({ key, id: one.id, ...(await open(key, await get("sealed", `secret:${one.id}`), "secret")) });
  const own = /** @type {Line} */ (lines.find((one) => one.id === id));
  return { ...own, lines };
}

/**
 * Try a PIN. The try is counted before it is made, so that closing the page gives none for free.
 *
 * @param {string} pin @param {string} [id] whose @returns {Promise<{opened: Opened | null, left: number}>}
 */
export async function tryPin(pin, id) {
  const { seats: list, id: own } = await standing(id);
  const seat = /** @type {Seat} */ (list.find((one) => one.id === own));
  seat.tries += 1;
  // A phone that is full must still open, or what it holds could never leave it.
  await put("meta", "seats", list).catch((error) => {
    if (error?.name !== "QuotaExceededError") throw error;
  });
  const key = await unlock(seat.wrapped, pin);
  if (key) {
    seat.tries = 0;
    await put("meta", "seats", [seat, ...list.filter((one) => one !== seat)]).catch(() => undefined); // whoever opened it last is asked first
    return { opened: await opened(key, own), left: seat.most_tries };
  }
  const left = Math.max(0, seat.most_tries - seat.tries);
  if (!left) {
    seat.wrapped.byPin = null;
    await run(["meta", "sealed"], "readwrite", (store) => {
      store("meta").put(list, "seats");
      if (!list.some((one) => one.wrapped.byPin)) for (const one of list) store("sealed").delete(bundleOf(one.id));
    });
    changed();
  }
  return { opened: null, left };
}

/** The PIN was forgotten or taken away: the person logs in, and sets a new one. @param {string} pin @param {string} [id] @returns {Promise<Opened>} */
export async function recover(pin, id) {
  const { seats: list, id: own } = await standing(id);
  const seat = /** @type {Seat} */ (list.find((one) => one.id === own));
  const told = await post(`/field/devices/${own}/recovery`, {});
  const { key, wrapped } = await renew(seat.wrapped, told.recovery, pin);
  Object.assign(seat, { wrapped, tries: 0 });
  await put("meta", "seats", list);
  changed();
  return opened(key, own);
}

/**
 * This person opens it no more. With the last one nothing of the shift stays, unless something lies here unsent.
 *
 * @param {"revoked" | "given up"} why told on the next screen @param {string} id
 */
export async function end(why, id) {
  const left = (await seats()).filter((one) => one.id !== id);
  if (left.length) {
    await run(["meta", "sealed"], "readwrite", (store) => {
      store("meta").put(left, "seats");
      for (const part of [`secret:${id}`, bundleOf(id)]) store("sealed").delete(part);
    });
  } else if (await wipe()) await put("meta", "ended", why);
  else return false;
  changed();
  return true;
}

/** Why the phone was emptied, told once. */
export async function whyEnded() {
  const why = await get("meta", "ended");
  if (why) await put("meta", "ended", null);
  return why;
}
