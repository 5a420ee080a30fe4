// @ts-check
/** What a small form of the shift says, as the body of its command. */

import { here } from "../places/here.js";

const PLACED = ["visit.arrive", "stop.add", "dispatch.accept", "dispatch.depart", "dispatch.arrive", "dispatch.not_found", "dispatch.check_in"];
const NUMBERS = ["count", "km_out", "km_in"];
const NEEDED = ["reason", "place", "crew", "count", "to"];

/** Where the phone is, for the commands that say it. @param {string} kind */
function placeOf(kind) {
  const coords = PLACED.includes(kind) ? here() : null;
  if (!coords) return {};
  return {
    lat: Number(coords.latitude.toFixed(6)),
    lon: Number(coords.longitude.toFixed(6)),
    accuracy: Math.round(coords.accuracy),
  };
}

/** The checklist, line by line; `problem` where a line is neither done nor explained. @param {HTMLFormElement} form */
function checksOf(form) {
  return /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-check]")]).map((line) => ({
    number: Number(line.dataset.check),
    is_done: /** @type {HTMLInputElement} */ (line.querySelector("[type=checkbox]")).checked,
    remark: /** @type {HTMLInputElement} */ (line.querySelector("[type=text]")).value.trim(),
  }));
}

/** @param {HTMLFormElement} form @param {string} kind @returns {{body: Record<string, any>, problem: string}} */
export function bodyOf(form, kind) {
  /** @type {Record<string, any>} */
  const body = placeOf(kind);
  let problem = "";
  for (const one of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[name]"))) {
    if (one.type === "file" || one.closest("[data-check]")) continue;
    const value = one.value.trim();
    if (!value && NEEDED.includes(one.name)) problem ||= `need_${one.name}`;
    if (NUMBERS.includes(one.name)) body[one.name] = value === "" ? null : Number(value);
    else body[one.name] = value;
  }
  if (kind === "stop.add") body.stop = crypto.randomUUID();
  if (kind === "run.finish") {
    body.checks = checksOf(form);
    if (body.checks.some((/** @type {any} */ one) => !one.is_done && !one.remark)) problem ||= "need_checks";
    if ("skip_reason" in body && !body.skip_reason) problem ||= "need_skip_reason";
  }
  return { body, problem };
}
