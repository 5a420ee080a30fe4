// @ts-check
/**
 * The outbox: a command is accepted when it lies sealed on the phone, and leaves only when the server
 * has said that it holds it.
 *
 * Its number is given in the transaction that writes it. Two tabs, a double press or a killed page
 * can therefore neither leave a gap nor use a number twice.
 */

import { open, openBytes, seal, sealBytes } from "./seal.js";
import { all, changed, run } from "./store.js";

/** @typedef {{id: string, seq?: number, kind: string, about: string, made_at: string, tick: number | null, boot: string, body: Record<string, any>}} Command */
/** @typedef {{id: string, seq: number, kind: string, about: string, made_at: string, body: Record<string, any>, seat: string, state: string, words: string, at: number}} Shown */

/** As many ids as the server answers at a time. */
const MOST_ASKED = 200;

export const BOOT = crypto.randomUUID?.() || "";

/** What stays readable here after sending: enough to draw the shift, nothing of a person. @param {Command} command */
function shadowOf({ id, kind, about, made_at, body }) {
  const { stop, place, lat, lon, visit, dispatch, count, slot, what, outcome, outcomes, found, due_at, partner, came } = body;
  return { id, kind, about, made_at, body: { stop, place, lat, lon, visit, dispatch, count, slot, what, outcome, outcomes, found, due_at, partner, came } };
}

/**
 * Accept a command. It is kept when this returns; when it throws, nothing was written and no number used.
 *
 * @param {{key: CryptoKey, id: string}} line whose entry it is
 * @param {{kind: string, about: string, body?: Record<string, any>}} said
 * @param {{name: string, blob: Blob}[]} [files]
 * @param {string} [draft] the draft that this entry was, which goes in the same step
 * @returns {Promise<string>} the id of the command
 */
export async function accept({ key, id: seat }, said, files = [], draft = "") {
  /** @type {Command} */
  const command = {
    id: crypto.randomUUID(),
    kind: said.kind,
    about: said.about,
    made_at: new Date().toISOString(),
    tick: Math.round(performance.now()),
    boot: BOOT,
    body: said.body || {},
  };
  const sealed = await seal(key, command, `command:${command.id}`);
  const shadow = await seal(key, shadowOf(command), `shadow:${command.id}`);
  const shut = [];
  let bytes = sealed.data.byteLength;
  for (const { name, blob } of files) {
    bytes += blob.size;
    shut.push({ name, type: blob.type, sealed: await sealBytes(key, await blob.arrayBuffer(), `file:${command.id}`) });
  }
  await run(["meta", "outbox", "sealed"], "readwrite", (store) => {
    const asked = store("meta").get("next");
    const counted = store("meta").get("numbers"); // each person's commands are numbered by themselves
    counted.onsuccess = () => {
      const [seq, numbers] = [asked.result || 1, counted.result || {}];
      const number = (numbers[seat] || 0) + 1;
      store("meta").put(seq + 1, "next");
      store("meta").put({ ...numbers, [seat]: number }, "numbers");
      store("outbox").add({ seq, seat, number, id: command.id, sealed, shadow, files: shut, bytes });
      if (draft) for (const part of [draft, `${draft}-files`]) store("sealed").delete(part);
    };
  });
  changed();
  return command.id;
}

/** @param {CryptoKey} key @param {import("./store.js").Row} row @returns {Promise<{command: Command, files: {name: string, blob: Blob}[]}>} */
export async function unsealed(key, row) {
  const command = { ...(await open(key, row.sealed, `command:${row.id}`)), seq: row.number };
  const files = [];
  for (const file of row.files) {
    const bytes = await openBytes(key, file.sealed, `file:${row.id}`);
    files.push({ name: file.name, blob: new Blob([bytes], { type: file.type }) });
  }
  return { command, files };
}

/**
 * The server holds these: they leave the outbox, and what it said of each is remembered.
 *
 * @param {CryptoKey} key
 * @param {string[]} kept
 * @param {Record<string, {state: string, words?: string}>} states
 * @param {number} at the server's moment, milliseconds
 */
export async function settle(key, kept, states, at) {
  /** @type {Map<string, {state: string, words: import("./seal.js").Sealed | null}>} */
  const said = new Map();
  for (const id of new Set([...kept, ...Object.keys(states)])) {
    const { state = "waiting", words = "" } = states[id] || {};
    said.set(id, { state, words: words ? await seal(key, words, `words:${id}`) : null });
  }
  await write(said, kept, states, at).catch((error) => {
    if (error?.name === "QuotaExceededError") return free(kept);
    throw error;
  });
  changed();
}

/** A full phone has no room for what was said, but what was sent may go. @param {string[]} kept */
function free(kept) {
  return run(["outbox"], "readwrite", (store) => {
    for (const id of kept) {
      const asked = store("outbox").index("id").getKey(id);
      asked.onsuccess = () => asked.result && store("outbox").delete(asked.result);
    }
  });
}

/**
 * @param {Map<string, {state: string, words: import("./seal.js").Sealed | null}>} said
 * @param {string[]} kept @param {Record<string, any>} states @param {number} at
 */
function write(said, kept, states, at) {
  return run(["outbox", "told"], "readwrite", (store) => {
    for (const [id, word] of said) {
      if (kept.includes(id)) {
        const asked = store("outbox").index("id").get(id);
        asked.onsuccess = () => {
          const row = asked.result;
          if (!row) return;
          store("told").put({ id, seq: row.seq, seat: row.seat, shadow: row.shadow, at, ...word });
          store("outbox").delete(row.seq);
        };
      } else if (states[id]) {
        const asked = store("told").get(id);
        asked.onsuccess = () => asked.result && store("told").put({ ...asked.result, at, ...word });
      }
    }
  });
}

/**
 * One page of those that this person sent and that may still change, in the order in which they were made: the server is asked for them again.
 *
 * @param {string} seat @param {number} [after] the number up to which they were asked for @returns {Promise<{ids: string[], last: number}>} last: 0 where none is left after these
 */
export async function unsettled(seat, after = 0) {
  const rows = (await all("told")).filter((row) => row.seat === seat && row.state !== "applied" && row.seq > after).sort((one, other) => one.seq - other.seq);
  const page = rows.slice(0, MOST_ASKED);
  return { ids: page.map((row) => row.id), last: rows.length > page.length ? page[page.length - 1].seq : 0 };
}

/** Everything the team did in this shift, in order, sent or not. @param {CryptoKey} key @returns {Promise<Shown[]>} */
export async function everything(key) {
  const rows = [...(await all("told")), ...(await all("outbox")).map((row) => ({ ...row, state: "unsent", words: null, at: 0 }))];
  rows.sort((one, other) => one.seq - other.seq);
  return Promise.all(
    rows.map(async (row) => ({
      ...(await open(key, row.shadow, `shadow:${row.id}`)),
      seq: row.seq,
      seat: row.seat,
      state: row.state,
      words: row.words ? await open(key, row.words, `words:${row.id}`) : "",
      at: row.at,
    })),
  );
}

/** A new shift has a clean list: what was applied before goes. @param {number} before server's moment, milliseconds */
export function forgetApplied(before) {
  return run(["told"], "readwrite", (store) => {
    const asked = store("told").openCursor();
    asked.onsuccess = () => {
      const cursor = asked.result;
      if (!cursor) return;
      if (cursor.value.state === "applied" && cursor.value.at < before) cursor.delete();
      cursor.continue();
    };
  });
}
