// @ts-check
/**
 * What lies on the phone, in IndexedDB. Everything that names a place or a person is sealed before it
 * comes here; plain are only counters, the salt and the wrapped keys.
 *
 * A promise of `run` is kept when the transaction has been committed to the disk, not before.
 */

const NAME = "nuantu-field";

/** @typedef {import("./seal.js").Sealed} Sealed */
/** @typedef {{name: string, type: string, sealed: Sealed}} SealedFile */
/** @typedef {{seq: number, seat: string, number: number, id: string, sealed: Sealed, shadow: Sealed, files: SealedFile[], bytes: number}} Row */
/** @typedef {{id: string, seq: number, seat: string, shadow: Sealed, state: string, words: Sealed | null, at: number}} Told */

/** Under which key the bundle of one person lies. What she may see is hers: a medic reads other doses than a carer. @param {string} seat */
export const bundleOf = (seat) => `bundle:${seat}`;

/** @type {Promise<IDBDatabase> | null} */
let opening = null;

/** @returns {Promise<IDBDatabase>} */
function database() {
  opening ||= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      const db = asked.result;
      db.createObjectStore("meta");
      db.createObjectStore("sealed");
      db.createObjectStore("outbox", { keyPath: "seq" }).createIndex("id", "id", { unique: true });
      db.createObjectStore("told", { keyPath: "id" });
    };
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close();
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error);
  });
  opening.catch(() => (opening = null));
  return opening;
}

/** @typedef {(name: "meta" | "sealed" | "outbox" | "told") => IDBObjectStore} Stores */

/**
 * One transaction over all that is named. `work` may not wait for anything but requests of it.
 *
 * @template T
 * @param {("meta" | "sealed" | "outbox" | "told")[]} names
 * @param {IDBTransactionMode} mode
 * @param {(store: Stores, keep: (value: T) => void) => void} work
 * @returns {Promise<T>} what `work` kept; rejected with the reason when nothing was written
 */
export async function run(names, mode, work) {
  const db = await database();
  return new Promise((resolve, reject) => {
    const one = db.transaction(names, mode, { durability: "strict" });
    /** @type {any} */
    let kept;
    one.oncomplete = () => resolve(kept);
    one.onabort = () => reject(one.error || new DOMException("aborted", "AbortError"));
    work((name) => one.objectStore(name), (value) => (kept = value));
  });
}

/** @param {"meta" | "sealed"} name @param {string} key @returns {Promise<any>} */
export function get(name, key) {
  return run([name], "readonly", (store, keep) => {
    const asked = store(name).get(key);
    asked.onsuccess = () => keep(asked.result);
  });
}

/** @param {"meta" | "sealed"} name @param {string} key @param {any} value */
export function put(name, key, value) {
  return run([name], "readwrite", (store) => {
    if (value === null) store(name).delete(key);
    else store(name).put(value, key);
  });
}

/** @param {"outbox" | "told"} name @returns {Promise<any[]>} in order of their keys */
export function all(name) {
  return run([name], "readonly", (store, keep) => {
    const asked = store(name).getAll();
    asked.onsuccess = () => keep(asked.result);
  });
}

/**
 * Everything goes, in one step; the phone is as it was before it was enrolled.
 *
 * @returns {Promise<boolean>} false: an entry came in meanwhile that nobody has yet, and all stays
 */
export function wipe() {
  return run(["meta", "sealed", "outbox", "told"], "readwrite", (store, keep) => {
    const asked = store("outbox").count();
    asked.onsuccess = () => {
      keep(!asked.result);
      if (asked.result) return;
      for (const name of /** @type {const} */ (["meta", "sealed", "outbox", "told"])) store(name).clear();
    };
  });
}

const channel = "BroadcastChannel" in window ? new BroadcastChannel(NAME) : null;

/** Tell the other tabs of this phone that something changed. */
export function changed() {
  channel?.postMessage("changed");
}

/** @param {() => void} listener */
export function onChanged(listener) {
  channel?.addEventListener("message", listener);
}
