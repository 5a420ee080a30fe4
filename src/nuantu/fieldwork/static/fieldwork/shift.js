// @ts-check
/**
 * What the shift looks like now: the bundle as the server gave it, and on top of it what this phone
 * accepted since. It shows; it decides nothing. The server applies the commands by its own rules.
 */

/** @typedef {import("./outbox.js").Shown} Shown */
/** @typedef {{id: string, number?: number, place: string, lat?: number | null, lon?: number | null, planned_at?: string | null, note?: string, address?: string, hours?: string, access?: string, police?: boolean, state: string, people_count: number, mark?: string, is_unplanned?: boolean, dispatch?: string}} Stop */
/** @typedef {{id: string, who: string, person: string, phone: string, is_police: boolean, came: boolean | null}} Along */
/** @typedef {{id: string, state: string, leaves_at: string, returns_at: string, stops: Stop[], checklist: any[], crew?: string, vehicle?: string, km_out?: number | null, along?: Along[]}} Run */

/** @type {Record<string, string>} what a stop is after a command about it */
const STOP_AFTER = { "visit.arrive": "arrived", "visit.nobody": "nobody", "visit.met": "met", "visit.pass_by": "skipped" };
/** @type {Record<string, string>} */
const TIP_AFTER = {
  "dispatch.accept": "accepted",
  "dispatch.depart": "departed",
  "dispatch.arrive": "arrived",
  "dispatch.finish": "done",
  "dispatch.not_found": "not_found",
  "dispatch.decline": "declined",
};
const LIVE = ["assigned", "accepted", "departed", "arrived"];

/** @param {Run} run @param {Shown} one */
function onRun(run, one) {
  if (one.kind === "run.begin") run.state = "under_way";
  if (one.kind === "run.finish") run.state = "finished";
  if (one.kind === "run.partner") {
    const along = run.along?.find((row) => row.id === one.body.partner);
    if (along) along.came = one.body.came === "yes";
  }
  if (one.kind === "stop.add" && !run.stops.some((stop) => stop.id === one.body.stop)) {
    const { stop, place, lat, lon } = one.body;
    run.stops.push({ id: stop, place, lat, lon, state: "arrived", people_count: 0, is_unplanned: true });
  }
}

/** @param {Stop} stop @param {Shown} one */
function onStop(stop, one) {
  stop.state = STOP_AFTER[one.kind] || stop.state;
  if (one.kind === "visit.met") stop.people_count = Math.max(stop.people_count, Number(one.body.count) || 0);
  if (one.kind === "visit.take_back") stop.state = stop.state === "skipped" ? "planned" : "arrived";
  if (one.kind === "contact.record") stop.people_count += 1;
  if (one.state === "review" || one.state === "unsent") stop.mark = one.state;
}

/** Whether the bundle shows already what this command did. @param {Shown} one @param {number} issued */
export function isIn(one, issued) {
  return one.state === "applied" && one.at <= issued;
}

/**
 * @param {any} bundle
 * @param {Shown[]} done everything this phone accepted, in order
 * @returns {{runs: Run[], dispatches: any[], heard: number}} heard: when the team last gave a sign, phone's clock
 */
export function project(bundle, done) {
  const { runs, dispatches } = structuredClone({ runs: bundle.runs || [], dispatches: bundle.dispatches || [] });
  const issued = Date.parse(bundle.issued_at);
  let heard = 0;
  for (const one of done) {
    heard = Math.max(heard, Date.parse(one.made_at) || 0);
    if (isIn(one, issued)) continue;
    const tip = dispatches.find((/** @type {any} */ row) => row.id === (one.body.dispatch || one.about));
    if (tip) tip.state = TIP_AFTER[one.kind] || (one.kind === "contact.record" ? "done" : tip.state);
    for (const run of /** @type {Run[]} */ (runs)) {
      if (run.id === one.about) onRun(run, one);
      const stop = run.stops.find((row) => row.id === (one.body.visit || one.about));
      if (stop) onStop(stop, one);
    }
  }
  return { runs, dispatches: dispatches.filter((/** @type {any} */ row) => LIVE.includes(row.state)), heard };
}

/**
 * What one looks at: the live tips, the run under way with the stop that is open or comes next.
 *
 * @param {ReturnType<typeof project>} shown @param {(stop: Stop) => number | null} metres
 */
export function lookAt(shown, metres) {
  const run = shown.runs.find((one) => one.state === "under_way") || null;
  const waiting = shown.runs.filter((one) => ["planned", "not_begun", "published"].includes(one.state));
  const stops = run?.stops || [];
  const open = stops.find((stop) => stop.state === "arrived") || null;
  const left = stops.filter((stop) => stop.state === "planned");
  const next = open ? null : left[0] || null;
  const stop = open || next;
  return {
    tips: shown.dispatches,
    run,
    waiting,
    stop,
    open,
    next,
    metres: stop && !open ? metres(stop) : null,
    later: left.filter((one) => one !== next),
    done: stops.filter((one) => ["nobody", "met", "skipped"].includes(one.state)),
    total: stops.length,
  };
}

/** When the next word of the team is due, phone's clock. @param {any} bundle @param {number} heard @param {number} offset server minus phone, milliseconds */
export function checkInDue(bundle, heard, offset) {
  const { every_minutes: every, due_at: due } = bundle.check_in || {};
  if (!every) return null;
  const said = due ? Date.parse(due) - offset : 0;
  return Math.max(said, heard ? heard + every * 60_000 : 0) || null;
}
