// @ts-check
/** What goes on behind the screen while the app is open: sending, fetching, expiry. */

import { forgetApplied } from "./outbox.js";
import { flush, held, mayTry, refresh, serverNow, tryNow, waiting } from "./sync.js";
import { all, bundleOf, get, put } from "./store.js";

const EVERY = 3000;
const FETCH_EVERY = 60_000;
/** Whoever takes the tablet next may have no line by then. */
const FETCH_THEIRS = 600_000;
const DAY = 86_400_000;

export class Work {
  /** @param {{show: () => any, tell: (code: string, bad?: boolean) => void, ended: (why: "revoked", id: string) => any}} page */
  constructor(page) {
    this.page = page;
    /** @type {import("./lock.js").Opened | null} */
    this.opened = null;
    this.isOver = false;
    this.isUnknown = false;
    this.isAtIt = false;
    /** @type {Map<string, number>} when the bundle of each was fetched, by the monotonic clock */
    this.fetched = new Map();
    this.latest = 0;
    /** @type {import("./sync.js").Held["got"] | null} */
    this.got = null;
  }

  /** @param {import("./lock.js").Opened} opened */
  open(opened) {
    this.opened = opened;
    this.isOver = false;
    this.fetched.delete(opened.id);
    this.dropOver(opened.lines.filter((one) => one.id !== opened.id)).catch(() => undefined);
  }

  /** The key leaves the memory. */
  close() {
    this.opened = null;
    this.got = null;
  }

  start() {
    setInterval(() => this.turn(), EVERY);
    addEventListener("online", () => this.soon());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.soon());
  }

  /** The server's time as far as it is known. */
  now() {
    return this.got ? serverNow(this.got, this.latest) : Date.now();
  }

  /** The bundle of whoever is at it, unless its time is over: then it is deleted. */
  async bundle() {
    const line = this.opened;
    const bundle = line && (await held(line));
    if (!bundle) return null;
    this.got = bundle.got;
    this.latest = Math.max(this.latest, (await get("meta", "latest")) || 0);
    const now = this.now();
    if (now - this.latest > 60_000) await put("meta", "latest", now).catch(() => undefined);
    this.isOver = now > Date.parse(bundle.bundle.readable_until);
    if (this.isOver) await put("sealed", bundleOf(line.id), null);
    return this.isOver ? null : bundle;
  }

  /** A colleague's bundle is deleted too when its time is over. @param {import("./lock.js").Line[]} lines */
  async dropOver(lines) {
    for (const one of lines) {
      const bundle = await held(one);
      if (bundle && serverNow(bundle.got, this.latest) > Date.parse(bundle.bundle.readable_until)) await put("sealed", bundleOf(one.id), null);
    }
  }

  /** Do not wait any longer. @param {boolean} [fetch] ask for the bundle too */
  soon(fetch = true) {
    tryNow();
    if (fetch && this.opened) this.fetched.delete(this.opened.id);
    return this.turn();
  }

  /** One turn: send what waits, ask for what is new. Never two at once. */
  async turn() {
    if (this.isAtIt || !this.opened || !mayTry() || !navigator.onLine) return;
    const { opened } = this;
    this.isAtIt = true;
    try {
      await this.send();
    } finally {
      this.isAtIt = false;
    }
    if (this.opened !== opened) await this.turn(); // somebody else took the tablet meanwhile, and waits for her own
  }

  /** @param {import("./lock.js").Line} line */
  isTime(line) {
    const every = line.id === this.opened?.id ? FETCH_EVERY : FETCH_THEIRS;
    return performance.now() - (this.fetched.get(line.id) ?? -Infinity) > every;
  }

  async send() {
    const line = this.opened;
    if (!line) return;
    if (!line.lines.some((one) => this.isTime(one)) && !(await all("outbox")).length) return;
    let isUnknown = false;
    for (const one of line.lines) {
      let outcome = await flush(one);
      if (this.isTime(one) && ["ok", "waiting"].includes(outcome) && mayTry()) {
        const fresh = await refresh(one);
        if (fresh === "ok") await this.fresh(one);
        else if (fresh !== "waiting") outcome = fresh;
      }
      isUnknown ||= outcome === "unknown";
      if (outcome === "gone" && !(await waiting(one)).length) {
        await this.page.ended("revoked", one.id);
        if (one.id === line.id) return;
      }
    }
    this.isUnknown = isUnknown;
    await this.page.show();
  }

  /** @param {import("./lock.js").Line} line */
  async fresh(line) {
    this.fetched.set(line.id, performance.now());
    const bundle = await held(line);
    if (!bundle) return;
    this.latest = 0;
    await put("meta", "latest", bundle.got.server).catch(() => undefined);
    await forgetApplied(bundle.got.server - DAY);
  }
}
