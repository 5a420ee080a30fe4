// @ts-check
/**
 * A round in the house: who is here and what is due for whom, with what this tablet put down since on top.
 * It shows; it decides nothing. The server applies the commands by its own rules.
 */

import { isIn } from "./shift.js";

/** China has one clock and never changes it. @param {number} ms */
const local = (ms) => new Date(ms + 8 * 3_600_000).toISOString();
/** @param {number} minute of the day */
const clockOf = (minute) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;
/** A dose is shown so long before it is due. */
const SOON = 60 * 60_000;

/** @typedef {import("./outbox.js").Shown} Shown */
/** @typedef {{id?: string, kind?: string, room?: string, what?: string}} At whose page, whose room, which round */

/** What one command did to the house. @param {any} house @param {Shown} one @param {boolean} isToday */
function apply(house, one, isToday) {
  const { slot, what, outcome, outcomes, found, due_at } = one.body;
  const of = (/** @type {string} */ id) => house.residents.find((/** @type {any} */ row) => row.id === id);
  const who = of(one.about);
  if (who && one.state === "review") who.mark = one.state;
  if (who && one.kind === "care.log" && slot && isToday) who.meals[slot] = outcome;
  if (who && one.kind === "care.missing") who.is_sought = true;
  if (one.kind === "care.bedding") house.beds = house.beds.filter((/** @type {any} */ bed) => bed.id !== one.about);
  for (const [id, word] of Object.entries(outcomes || {})) if (isToday && of(id)) of(id).meals[what] = word;
  for (const [id, mark] of Object.entries(found || {})) if (of(id)) of(id).is_out = mark !== "present";
  if (one.kind !== "care.dose") return;
  for (const row of house.residents) row.doses = row.doses.filter((/** @type {any} */ dose) => dose.id !== one.about || dose.due_at !== due_at);
}

/** @param {any} row @param {any} slot @param {number} now @param {Record<string, string>} words @param {boolean} mayDose */
function resident(row, slot, now, words, mayDose) {
  const doses = row.doses.filter((/** @type {any} */ dose) => Date.parse(dose.due_at) <= now + SOON);
  const stands = slot ? row.meals[slot.code] || "" : "";
  return {
    ...row,
    stands,
    meal: words[`meal.${stands}`] || "",
    is_given: stands === "given",
    is_waiting: Boolean(slot && !stands && !row.is_out),
    is_in: !row.is_out,
    is_dose_due: doses.some((/** @type {any} */ dose) => Date.parse(dose.due_at) <= now),
    doses: doses.map((/** @type {any} */ dose) => ({ ...dose, when: local(Date.parse(dose.due_at)).slice(11, 16), may_dose: Boolean(mayDose && dose.id) })),
    mark_said: words[row.mark] || "",
    said: `${row.bed} ${row.number} ${row.called}`,
    who_name: `outcomes.${row.id}`,
    roll_name: `found.${row.id}`,
  };
}

/** In a round: what is chosen beforehand. @param {any} row @param {string} code @param {boolean} isMeal */
function beforehand(row, code, isMeal) {
  const stands = isMeal ? row.meals[code] || (row.is_out ? "absent" : "given") : "";
  return { ...row, chosen_none: !stands, chosen_given: stands === "given", chosen_refused: stands === "refused", chosen_absent: stands === "absent" };
}

/**
 * @param {import("./sync.js").Held} held @param {Shown[]} done @param {Record<string, string>} words
 * @param {{now: () => number, opened: any}} work @param {At} at
 */
export function housePicture(held, done, words, work, at) {
  const house = structuredClone(held.bundle.house);
  const now = work.now();
  const today = local(now).slice(0, 10);
  if (house.date !== today) for (const row of house.residents) row.meals = {};
  for (const one of done) {
    const isToday = local(Date.parse(one.made_at) + now - Date.now()).slice(0, 10) === today;
    if (!isIn(one, Date.parse(held.bundle.issued_at))) apply(house, one, isToday);
  }
  const [hours, minutes] = local(now).slice(11, 16).split(":").map(Number);
  const minute = hours * 60 + minutes;
  const slot = house.slots.findLast((/** @type {any} */ one) => one.from <= minute);
  const slots = house.slots.map((/** @type {any} */ one) => ({ ...one, chosen: one.code === slot?.code, is_later: one.opens > minute, opens_said: one.opens > minute ? clockOf(one.opens) : "" }));
  const people = house.residents.map((/** @type {any} */ row) => resident(row, slot, now, words, work.opened?.user.may_dose));
  const asked = [...slots, ...house.rounds].find((one) => one.code === at.what && !one.is_later);
  const isMeal = house.slots.some((/** @type {any} */ one) => one.code === at.what);
  return {
    slot,
    slots,
    rounds: house.rounds,
    seen: house.seen,
    people: people.filter((/** @type {any} */ row) => !at.room || row.room_id === at.room),
    room: at.room,
    who: people.find((/** @type {any} */ row) => (at.kind === "bed" ? row.bed_id : row.id) === at.id),
    asked: asked && { ...asked, is_meal: isMeal, has_woman: asked.of_body && people.some((/** @type {any} */ row) => row.is_woman) },
    takers: asked && people.filter((/** @type {any} */ row) => isMeal || row.is_in).map((/** @type {any} */ row) => beforehand(row, at.what || "", isMeal)),
    may_dose: Boolean(work.opened?.user.may_dose),
    beds: house.beds.map((/** @type {any} */ bed) => ({ ...bed, is_due: Date.parse(bed.due_at) <= now, when: local(Date.parse(bed.due_at)).slice(5, 10) })),
    n_here: people.filter((/** @type {any} */ row) => row.is_in).length,
    n_meal: people.filter((/** @type {any} */ row) => row.is_waiting).length,
    n_dose: people.filter((/** @type {any} */ row) => row.is_dose_due).length,
    n_sought: people.filter((/** @type {any} */ row) => row.is_sought).length,
    n_beds: house.beds.length,
  };
}

/** What a form of the round says; `outcomes.<id>` is gathered under `outcomes`. @param {HTMLFormElement} form @param {HTMLElement | null} by the button pressed */
export function careOf(form, by) {
  /** @type {Record<string, any>} */
  const body = {};
  for (const [name, value] of new FormData(form, by)) {
    if (typeof value !== "string" || !value.trim()) continue;
    const [part, id] = name.split(".");
    if (id) (body[part] ||= {})[id] = value;
    else body[part] = value.trim();
  }
  const [need, given] = [form.dataset.need || "", body.outcome === "given" || Object.values(body.outcomes || {}).includes("given")];
  let problem = need && !body[need] ? `need_${need}` : "";
  if (form.dataset.do === "care.round" && !body.outcomes) problem = "need_who";
  if (form.querySelector("[name=is_by_woman]") && given && !body.is_by_woman && womanIn(form, body)) problem = "need_woman";
  return { body, problem };
}

/** Whether a woman is among those for whom it was done. @param {HTMLFormElement} form @param {any} body */
function womanIn(form, body) {
  if (!body.outcomes) return true;
  return [...form.querySelectorAll("[data-woman]")].some((one) => body.outcomes[/** @type {HTMLElement} */ (one).dataset.woman || ""] === "given");
}

/** Only the rows that hold what was typed. @param {Element} box */
export function sift(box) {
  const typed = /** @type {HTMLInputElement | null} */ (box.querySelector("[data-find]"));
  for (const row of /** @type {NodeListOf<HTMLElement>} */ (box.querySelectorAll("[data-said]"))) {
    row.hidden = !(row.dataset.said || "").toLowerCase().includes(typed?.value.trim().toLowerCase() || "");
  }
}

/** The list of entries says of whom and, on a shared tablet, by whom each is. @param {any[]} entries @param {any} house @param {{opened: any}} work */
export function placed(entries, house, { opened }) {
  const whom = (/** @type {any} */ one) => house?.people.find((/** @type {any} */ row) => row.id === one.about);
  const by = (/** @type {any} */ one) => (opened.lines.length > 1 && opened.lines.find((/** @type {any} */ line) => line.id === one.seat)?.user.name) || "";
  return { entries: entries.map((one) => ({ ...one, by: by(one), place: one.place || (whom(one) ? `${whom(one).bed} ${whom(one).called}` : "") })) };
}
