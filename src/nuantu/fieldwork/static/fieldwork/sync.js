// @ts-check
/**
 * The line to the server: sends what lies in the outbox, fetches the bundle. Nothing is taken for sent
 * that was not answered whole; every failure is tried again, later each time.
 */

import { seal, open } from "./seal.js";
import { settle, unsealed, unsettled, BOOT } from "./outbox.js";
import { all, bundleOf, changed, get, put } from "./store.js";

const MOST = 50;
const MOST_BYTES = 6_000_000;
const PATIENCE = 60_000;
/** Milliseconds more for each byte: a video of 20 MB may take a quarter of an hour under a bridge. */
const PER_BYTE = 0.05;
const SLOWEST = 60_000;

/** @typedef {{key: CryptoKey, token: string, id: string, asked?: number}} Line asked: the number of its last command that the server was asked about; the next message goes on behind it */
/** @typedef {"ok" | "waiting" | "unknown" | "gone"} Outcome ok: all is sent; waiting: try again; unknown: the server does not know this phone; gone: revoked or expired */

let fails = 0;
let notBefore = 0;
let asked = 0;
let single = false;
/** An answer is old news after this; before anything is sent the server is asked what time it is. */
const FRESH = 60_000;
const SHORT = 10_000;
/** What the server's clock said when it was heard last, and what this phone's said then. @type {{server_time: string, here: string, tick: number} | null} */
let heard = null;
const JSON_BODY = { "Content-Type": "application/json" };

/** What this person entered and nobody has yet. @param {Line} line @returns {Promise<import("./store.js").Row[]>} */
export const waiting = async (line) => (await all("outbox")).filter((row) => row.seat === line.id);

/** When the next attempt may be made, by the monotonic clock. */
export const mayTry = () => performance.now() >= Math.max(notBefore, asked);

/** There is a line again, or somebody pressed: do not wait any longer than the server asked for. */
export const tryNow = () => void (notBefore = 0);

/** Not now: when the next attempt is made. @param {Response | null} [answer] */
function later(answer) {
  fails += 1;
  const seconds = Math.min(600, Number(answer?.headers.get("Retry-After") || 0));
  asked = performance.now() + seconds * 1000;
  notBefore = performance.now() + Math.min(SLOWEST, 1000 * 2 ** Math.min(fails, 6)) * (0.5 + Math.random() / 2);
  return /** @type {const} */ ("waiting");
}

/** @param {Line} line @param {string} path @param {RequestInit} [how] @param {number} [bytes] how much is sent */
function ask(line, path, how = {}, bytes = 0) {
  const headers = { Authorization: `Field ${line.token}`, "Accept-Language": document.documentElement.lang, Accept: "application/json" };
  return fetch(path, {
    cache: "no-store",
    credentials: "omit",
    signal: AbortSignal.timeout(PATIENCE + bytes * PER_BYTE),
    ...how,
    headers: { ...headers, ...how.headers },
  });
}

/** The oldest commands that fit into one message. @param {import("./store.js").Row[]} rows */
function batchOf(rows) {
  const batch = [];
  let bytes = 0;
  for (const row of rows.slice(0, single ? 1 : MOST)) {
    bytes += row.bytes;
    if (batch.length && bytes > MOST_BYTES) break;
    batch.push(row);
  }
  return batch;
}

/** What every message says of the phone: its clock, how long the app has run, what is left here. @param {number} unsent */
function itself(unsent) {
  const app = document.documentElement.dataset.version || "";
  return { sent_at: new Date().toISOString(), tick: Math.round(performance.now()), boot: BOOT, unsent, app };
}

/** @param {Line} line @param {import("./store.js").Row[]} batch @param {number} unsent @param {string[]} asks */
async function message(line, batch, unsent, asks) {
  const opened = [];
  for (const row of batch) opened.push(await unsealed(line.key, row));
  const said = JSON.stringify({ ...itself(unsent), heard, commands: opened.map((one) => one.command), ask: asks });
  if (!opened.some((one) => one.files.length)) {
    return ask(line, "/field/commands", { method: "POST", body: said, headers: JSON_BODY });
  }
  const form = new FormData();
  form.append("commands", said);
  for (const { command, files } of opened) {
    files.forEach(({ name, blob }, number) => form.append(`file-${command.id}-${number}`, blob, name));
  }
  return ask(line, "/field/commands", { method: "POST", body: form }, batch.reduce((sum, row) => sum + row.bytes, 0));
}

/** The server said what time it is. @param {string} [server_time] */
function hear(server_time) {
  if (server_time) heard = { server_time, here: new Date().toISOString(), tick: Math.round(performance.now()) };
}

/**
 * Ask what time it is, in a message of nothing: so the time that the next one is on its way, with a video
 * a quarter of an hour, is not taken for a wrong clock. Without an answer the rest is sent all the same.
 *
 * @param {Line} line @param {number} unsent
 */
async function greet(line, unsent) {
  if (heard && performance.now() - heard.tick < FRESH && Math.abs(Date.now() - Date.parse(heard.here)) < FRESH) return;
  try {
    const body = JSON.stringify({ ...itself(unsent), commands: [] });
    const answer = await ask(line, "/field/commands", { method: "POST", body, headers: JSON_BODY, signal: AbortSignal.timeout(SHORT) });
    if (answer.ok) hear((await answer.json()).server_time);
  } catch {
    // no word of the clock
  }
}

/** One message there and back. @param {Line} line @returns {Promise<Outcome | "more">} */
async function once(line) {
  const rows = await waiting(line);
  const { ids: asks, last } = await unsettled(line.id, line.asked);
  if (!rows.length && !asks.length) {
    line.asked = 0;
    return "ok";
  }
  const batch = batchOf(rows);
  if (batch.length) await greet(line, rows.length);
  const answer = await message(line, batch, rows.length - batch.length, asks);
  if (answer.status === 401) return (await answer.json().catch(() => ({}))).code === "unknown" ? "unknown" : "gone";
  if (answer.status === 413 && batch.length > 1) single = true;
  if (answer.status !== 200 && answer.status !== 202) return later(answer);
  const told = await answer.json(); // half an answer throws, and is no answer
  hear(told.server_time);
  await settle(line.key, told.kept || [], told.states || {}, Date.parse(told.server_time));
  line.asked = last;
  const left = (await waiting(line)).length;
  if (left === rows.length && batch.length) later(answer);
  else fails = 0;
  if (told.quarantined) return left ? "more" : "gone";
  if (!left) single = false;
  if (left) return left < rows.length ? "more" : "waiting";
  return last ? "more" : "ok";
}

/** Send everything, in the order it was made; only one tab of the phone sends. @param {Line} line @returns {Promise<Outcome>} */
export function flush(line) {
  return navigator.locks.request("nuantu-field-send", { ifAvailable: true }, async (lock) => {
    if (!lock) return "waiting";
    try {
      let outcome = await once(line);
      while (outcome === "more") outcome = await once(line);
      return outcome;
    } catch {
      return later();
    }
  });
}

/** @typedef {{bundle: any, etag: string, got: {server: number, here: number, tick: number, boot: string}}} Held */

/** This person's bundle as it lies here, or null. @param {{key: CryptoKey, id: string}} line @returns {Promise<Held | null>} */
export async function held({ key, id }) {
  const sealed = await get("sealed", bundleOf(id));
  return sealed ? open(key, sealed, bundleOf(id)) : null;
}

/** @param {Line} line @param {any} bundle @param {string} etag @returns {Promise<"ok">} */
async function hold(line, bundle, etag) {
  const got = { server: Date.parse(bundle.server_time), here: Date.now(), tick: performance.now(), boot: BOOT };
  await put("sealed", bundleOf(line.id), await seal(line.key, { bundle, etag, got }, bundleOf(line.id)));
  hear(bundle.server_time);
  changed();
  return "ok";
}

/** Nothing changed, but it may be read for longer. @param {Line} line @param {Held} old @param {Response} answer */
function renewed(line, old, answer) {
  const until = answer.headers.get("Field-Readable-Until");
  const at = answer.headers.get("Field-Server-Time");
  if (!until || !at) return /** @type {const} */ ("ok");
  return hold(line, { ...old.bundle, readable_until: until, server_time: at, issued_at: at }, old.etag);
}

/** Ask for the bundle; an unchanged one costs a few bytes. @param {Line} line @returns {Promise<Outcome>} */
export async function refresh(line) {
  const old = await held(line);
  try {
    const answer = await ask(line, "/field/bundle", old ? { headers: { "If-None-Match": old.etag } } : {});
    if (answer.status === 401) return (await answer.json().catch(() => ({}))).code === "unknown" ? "unknown" : "gone";
    if (answer.status === 304 && old) return renewed(line, old, answer);
    if (!answer.ok) return later(answer);
    return hold(line, await answer.json(), answer.headers.get("ETag") || "");
  } catch {
    return later();
  }
}

/**
 * The server's time as far as this phone can know it, milliseconds. In the run of the app that fetched
 * the bundle the monotonic clock is believed, afterwards the phone's own with the offset of then.
 *
 * @param {Held["got"]} got @param {number} latest the latest moment ever known; time does not go back
 */
export function serverNow(got, latest = 0) {
  const passed = got.boot === BOOT ? performance.now() - got.tick : Date.now() - got.here;
  return Math.max(got.server + Math.max(0, passed), latest);
}
