// @ts-check
/**
 * Sealing: AES-GCM under one random data key. The data key lies on the phone twice, wrapped: under a
 * key drawn from the PIN, and under a recovery key that only the server can make again.
 *
 * In memory the data key is not extractable; its bytes exist only while it is wrapped.
 */

/** @typedef {{iv: Uint8Array, data: ArrayBuffer}} Sealed */
/** @typedef {{salt: Uint8Array, iterations: number, byPin: Sealed | null, byRecovery: Sealed}} Wrapped */

/** The floor is the figure OWASP names for PBKDF2 with SHA-256 (2023); a fast phone does more. */
export const LEAST_ITERATIONS = 600_000;
const MOST_ITERATIONS = 4_000_000;
const WANTED_MS = 700;

const text = new TextEncoder();
const subtle = globalThis.crypto?.subtle;

/** @param {string} pin @param {Uint8Array} salt @param {number} iterations */
async function keyOfPin(pin, salt, iterations) {
  const material = await subtle.importKey("raw", text.encode(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: /** @type {any} */ (salt), iterations };
  return subtle.deriveKey(how, material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** How many rounds this phone does in the time a person waits for without complaint. */
export async function iterationsHere() {
  const probe = 100_000;
  const since = performance.now();
  await keyOfPin("000000", new Uint8Array(16), probe);
  const perRound = Math.max(1, performance.now() - since) / probe;
  return Math.round(Math.min(MOST_ITERATIONS, Math.max(LEAST_ITERATIONS, WANTED_MS / perRound)));
}

/** @param {string} word base64url @returns {Promise<CryptoKey>} */
async function keyOfWord(word) {
  const bytes = Uint8Array.from(atob(word.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
  return subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** @param {CryptoKey} key @param {BufferSource} bytes @param {string} label @returns {Promise<Sealed>} */
export async function sealBytes(key, bytes, label) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv, additionalData: text.encode(label) };
  return { iv, data: await subtle.encrypt(how, key, bytes) };
}

/** @param {CryptoKey} key @param {Sealed} sealed @param {string} label @returns {Promise<ArrayBuffer>} */
export function openBytes(key, sealed, label) {
  const how = { name: "AES-GCM", iv: /** @type {any} */ (sealed.iv), additionalData: text.encode(label) };
  return subtle.decrypt(how, key, sealed.data);
}

/** @param {CryptoKey} key @param {any} value @param {string} label what it is, so that nothing can be put in another's place */
export function seal(key, value, label) {
  return sealBytes(key, text.encode(JSON.stringify(value)), label);
}

/** @param {CryptoKey} key @param {Sealed} sealed @param {string} label @returns {Promise<any>} */
export async function open(key, sealed, label) {
  return JSON.parse(new TextDecoder().decode(await openBytes(key, sealed, label)));
}

/** @param {BufferSource} raw */
function dataKey(raw) {
  return subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/**
 * @param {Uint8Array} raw @param {string} pin @param {string} recovery
 * @returns {Promise<{key: CryptoKey, wrapped: Wrapped}>}
 */
async function wrap(raw, pin, recovery) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iterations = await iterationsHere();
  const bytes = /** @type {any} */ (raw);
  const byPin = await sealBytes(await keyOfPin(pin, salt, iterations), bytes, "by-pin");
  const byRecovery = await sealBytes(await keyOfWord(recovery), bytes, "by-recovery");
  const key = await dataKey(bytes);
  raw.fill(0);
  return { key, wrapped: { salt, iterations, byPin, byRecovery } };
}

/** A new phone: a new data key. @param {string} pin @param {string} recovery */
export function newKey(pin, recovery) {
  return wrap(crypto.getRandomValues(new Uint8Array(32)), pin, recovery);
}

/** @param {Wrapped} wrapped @param {string} pin @returns {Promise<CryptoKey | null>} null: not this PIN */
export async function unlock(wrapped, pin) {
  if (!wrapped.byPin) return null;
  const key = await keyOfPin(pin, wrapped.salt, wrapped.iterations);
  const raw = await openBytes(key, wrapped.byPin, "by-pin").catch(() => null);
  return raw && dataKey(raw);
}

/** One more person on a shared tablet: a PIN that opens it wraps the same key under hers. @param {Wrapped} wrapped @param {string} theirs @param {string} recovery @param {string} pin */
export async function share(wrapped, theirs, recovery, pin) {
  if (!wrapped.byPin) throw new Error("shut");
  const raw = await openBytes(await keyOfPin(theirs, wrapped.salt, wrapped.iterations), wrapped.byPin, "by-pin");
  return wrap(new Uint8Array(raw), pin, recovery);
}

/** The PIN was forgotten: the server's recovery key opens, a new PIN closes. @param {Wrapped} wrapped @param {string} recovery @param {string} pin */
export async function renew(wrapped, recovery, pin) {
  const raw = await openBytes(await keyOfWord(recovery), wrapped.byRecovery, "by-recovery");
  return wrap(new Uint8Array(raw), pin, recovery);
}
