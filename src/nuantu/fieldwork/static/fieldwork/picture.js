// @ts-check
/** The shift in words: moments, metres and states as the templates want them. */

import { checkInDue, isIn, lookAt, project } from "./shift.js";
import { said } from "./draw.js";
import { here } from "../places/here.js";

/** @param {string | number | null | undefined} moment @returns {string} hours and minutes in China, where the shift is */
function clock(moment) {
  if (!moment) return "";
  return new Date(moment).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" });
}

/** Metres between here and there on the globe, or null. @param {{lat?: number | null, lon?: number | null}} place */
function metresTo(place) {
  const coords = here();
  if (!coords || place.lat === null || place.lat === undefined || place.lon === null || place.lon === undefined) return null;
  const rad = Math.PI / 180;
  const dLat = (place.lat - coords.latitude) * rad;
  const dLon = (place.lon - coords.longitude) * rad;
  const a = Math.sin(dLat / 2) ** 2 + Math.cos(coords.latitude * rad) * Math.cos(place.lat * rad) * Math.sin(dLon / 2) ** 2;
  return 2 * 6_371_000 * Math.asin(Math.sqrt(a));
}

/** @param {number | null} metres @param {Record<string, string>} words */
function far(metres, words) {
  if (metres === null) return "";
  if (metres < 1000) return said(words.metres, { n: Math.round(metres / 10) * 10 });
  return said(words.kilometres, { n: (metres / 1000).toFixed(1) });
}

/** @param {any} place what the phone's own map is asked for */
function way(place) {
  if (place?.lat === null || place?.lat === undefined) return "";
  return `geo:${place.lat},${place.lon}?q=${place.lat},${place.lon}`;
}

/** @param {any} tip @param {Record<string, string>} words @param {number} now @param {Record<string, string>} dangers code → words */
function tipSaid(tip, words, now, dangers) {
  const minutes = tip.limit_at ? Math.round((Date.parse(tip.limit_at) - now) / 60_000) : null;
  return {
    ...tip,
    // Stage flags, so that a button stands only where its step is next.
    [`is_${tip.state}`]: true,
    may_decline: ["assigned", "accepted"].includes(tip.state),
    may_miss: ["departed", "arrived"].includes(tip.state),
    way: way(tip),
    far: far(metresTo(tip), words),
    limit: minutes === null ? "" : said(minutes >= 0 ? words.left : words.over_by, { n: Math.abs(minutes) }),
    is_late: minutes !== null && minutes < 0,
    since: clock(tip.assigned_at),
    dangers: (tip.dangers || []).map((/** @type {any} */ word) => ({ word: dangers[word] || word })),
  };
}

/** @param {import("./shift.js").Stop} stop @param {Record<string, string>} words */
function stopSaid(stop, words) {
  return { ...stop, way: way(stop), planned: clock(stop.planned_at), result: words[`stop.${stop.state}`] || "", mark_said: words[stop.mark || ""] || "", is_skipped: stop.state === "skipped" };
}

/** Who goes along, and what was said of it. @param {import("./shift.js").Run | null} run */
function alongSaid(run) {
  return (run?.along || []).map((one) => ({ ...one, is_asked: one.came === null, has_come: one.came === true, is_absent: one.came === false, call: one.phone ? `tel:${one.phone}` : "" }));
}

/** @param {{number: number, text: string}} one */
const line = (one) => ({ ...one, is_name: `done_${one.number}`, why_name: `remark_${one.number}` });

/** Every entry with what came of it, newest first. @param {any[]} done @param {any} shown @param {Record<string, string>} words */
function entries(done, shown, words) {
  const stops = shown.runs.flatMap((/** @type {any} */ run) => run.stops);
  return done
    .map((one) => {
      const at = stops.find((/** @type {any} */ stop) => stop.id === (one.body.visit || one.about));
      return { ...one, what: words[one.kind] || one.kind, place: at?.place || one.body.place || "", when: clock(one.made_at), said: words[one.state] || one.state, [`is_${one.state}`]: true };
    })
    .reverse();
}

/**
 * @param {import("./sync.js").Held} held @param {any[]} done @param {Record<string, string>} words
 * @param {{now: () => number}} work
 */
export function picture(held, done, words, work) {
  const shown = project(held.bundle, done);
  const seen = lookAt(shown, metresTo);
  const now = work.now();
  const { run } = seen;
  const told = done.filter((one) => one.state !== "review" && !isIn(one, Date.parse(held.bundle.issued_at))).map((one) => one.about);
  const errands = (held.bundle.errands || []).filter((/** @type {any} */ one) => one.lasts || !told.includes(one.id));
  const numbers = (held.bundle.numbers || []).filter((/** @type {any} */ one) => !["120", "110"].includes(one.number));
  return {
    team: held.bundle.user?.team,
    tips: seen.tips.map((/** @type {any} */ tip) => tipSaid(tip, words, now, held.bundle.choices?.dangers || {})),
    tip: seen.tips.length > 0,
    run: run && { ...run, checklist: (run.checklist || []).map(line), has_km: run.km_out !== null && run.km_out !== undefined, back: clock(run.returns_at) },
    along: alongSaid(run),
    lacks_police: Boolean(seen.stop?.police && run?.along?.some((one) => one.is_police && one.came === false)),
    waiting: seen.waiting.map((one) => ({ ...one, along: alongSaid(one), leaves: clock(one.leaves_at), back: clock(one.returns_at), n: one.stops.length })),
    errands,
    idle: !run && !seen.waiting.length && !seen.tips.length && !errands.length,
    stop: seen.stop && { ...stopSaid(seen.stop, words), ...tipSaid(seen.stop, words, now, held.bundle.choices?.dangers || {}), far: far(seen.metres, words) },
    urgent: [...seen.tips, ...(run?.stops || []).filter((stop) => stop.dispatch)].map((one) => one.id),
    open: seen.open,
    next: seen.next,
    all_done: Boolean(run && !seen.stop),
    later: seen.later.map((stop) => stopSaid(stop, words)),
    left: seen.later.length > 0 || Boolean(seen.next),
    done: seen.done.map((stop) => stopSaid(stop, words)),
    n_done: seen.done.length,
    total: seen.total,
    may_finish: Boolean(run && !seen.open),
    check: run ? { kind: "run.all_well", about: run.id } : seen.tips.length ? { kind: "dispatch.check_in", about: seen.tips[0].id } : null,
    due: checkInDue(held.bundle, shown.heard, now - Date.now()),
    desk: numbers[0]?.number || "",
    numbers,
    entries: entries(done, shown, words),
    n_unsent: done.filter((one) => one.state === "unsent").length,
    n_review: done.filter((one) => one.state === "review").length,
  };
}
