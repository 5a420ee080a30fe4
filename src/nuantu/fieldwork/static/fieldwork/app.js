// @ts-check
/** The phone app: which screen is up, what its buttons do. What is shown is drawn anew after every step. */

import { allowSound, ring } from "./alarm.js";
import { DRAFT, draftOf, dropDraft, openForm, shrunk } from "./contact.js";
import { draw, said } from "./draw.js";
import { bodyOf } from "./entry.js";
import { hand, handed, spotIn } from "./cards.js";
import { careOf, housePicture, placed, sift } from "./house.js";
import * as lock from "./lock.js";
import { accept, everything } from "./outbox.js";
import { install, lacking, mayForget, settleIn, theme } from "./shell.js";
import { picture } from "./picture.js";
import { all, onChanged } from "./store.js";
import { Work } from "./work.js";
import { watch } from "../places/here.js";

const box = /** @type {HTMLElement} */ (document.querySelector("#field"));
const words = JSON.parse(document.body.dataset.words || "{}");
const work = new Work({ show, tell, ended });

/** @type {string} shift, list, contact; house, resident, round, roll, beds */
let view = "shift";
/** Where the round in the house is, and the card whose code opened this page. */
let at = spotIn(location.pathname) || {};
/** Whose PIN the screen asks for. */
let whose = "";
/** @type {import("./contact.js").Where | null} */
let where = null;
let isLocked = false;
let isBusy = false;
let isEntering = false; // apart from isBusy: the shift may be drawn, and pressed, before a PIN is done with
/** A finger is on the page: what it presses must not be exchanged under it. */
let isHeld = false;
let isOwed = false;
let touched = performance.now();
/** @type {number | null} */
let due = null;
let rung = -Infinity;
let tips = new Set();

/** @param {string} code @param {boolean} [bad] @param {any} [data] */
function tell(code, bad = false, data = {}) {
  const text = said(words[code] || code, data);
  document.querySelectorAll(".toast:not(.toast--error)").forEach((one) => one.remove());
  document.body.dispatchEvent(new CustomEvent("nuantu:toast", { bubbles: true, detail: { text, error: bad } }));
  if (!bad) setTimeout(() => document.querySelector(".toast:not(.toast--error)")?.remove(), 2500); // it lies over buttons
}

/** @param {string} code @param {any} [data] */
const complain = (code, data) => tell(code, true, data);

/** @param {any} error what the phone could not keep, in words a person can do something with */
function failed(error) {
  complain(error?.name === "QuotaExceededError" ? "full" : "unkept");
}

/** The head of the page: whose phone it is and how much is not sent. */
async function head() {
  const unsent = (await all("outbox")).length;
  const counter = /** @type {HTMLElement} */ (document.querySelector("[data-unsent]"));
  const text = /** @type {HTMLElement} */ (counter.querySelector("span"));
  counter.hidden = !work.opened || isLocked;
  counter.dataset.unsent = String(unsent);
  text.textContent = unsent ? said(counter.dataset.form || "", { n: unsent }) : counter.dataset.none || "";
  const menu = /** @type {HTMLElement} */ (document.querySelector("[data-menu]"));
  menu.hidden = !work.opened || isLocked;
  const name = /** @type {HTMLElement} */ (document.querySelector("[data-team]"));
  name.textContent = work.opened && !isLocked ? work.opened.user.team || work.opened.user.name : name.dataset.none || "";
}

/** @param {string} name @param {any} [data] */
function screen(name, data = {}) {
  box.dataset.screen = name;
  draw(box, name, data);
}

async function closedScreen() {
  const stage = await lock.stage();
  if (stage === "new") return screen("enrol", { ended: await lock.whyEnded(), mayForget: await mayForget() });
  const standing = await lock.standing(whose);
  const several = standing.seats.length > 1 && standing.seats.map((one) => ({ ...one, is_chosen: one.id === standing.id }));
  return screen(stage, { ...standing, several, left: standing.most_tries - standing.tries, wasWrong: standing.tries > 0 });
}

/** Draw what is now. */
async function show() {
  await head();
  if (!work.opened || isLocked) return closedScreen();
  if (view === "contact" && where) return box.dataset.screen === "contact" ? undefined : contact();
  const held = await work.bundle();
  if (!held) return screen("empty", { isOver: work.isOver, isUnknown: work.isUnknown });
  const done = await everything(work.opened.key);
  const seen = picture(held, done, words, work);
  due = seen.due;
  if (seen.urgent.some((id) => !tips.has(id))) ring(2);
  tips = new Set(seen.urgent);
  document.querySelector("[data-numbers]")?.toggleAttribute("hidden", !seen.desk);
  document.querySelector("[data-numbers]")?.setAttribute("href", `tel:${seen.desk || ""}`);
  if (isHeld) return void (isOwed = true);
  if (view === "contact" && where) return; // a form was put up meanwhile: drawn over, what is typed would be lost
  const house = held.bundle.house && housePicture(held, done, words, work, at);
  const home = house && !held.bundle.user?.team ? "house" : "shift";
  const [shown, wanted] = [house ? view : view === "list" ? "list" : "shift", { resident: house?.who, round: house?.asked }];
  const asked = shown === "shift" ? home : shown in wanted && !wanted[/** @type {"round"} */ (shown)] ? "house" : shown;
  screen(asked, { ...seen, ...house, ...placed(seen.entries, house, work), house: Boolean(house), isHome: home === "house", isUnknown: work.isUnknown, mayInstall: install.isOffered() });
  sift(box);
  tick();
}

async function contact() {
  box.dataset.screen = "contact"; // before any wait, so that nobody puts the form up a second time over what is typed
  const held = await work.bundle();
  if (!held || !work.opened || !where) return void (box.dataset.screen = "");
  const at = { key: work.opened.key, bundle: held.bundle, where };
  await openForm(box, at, saveContact, complain);
  scrollTo(0, 0);
}

/** @param {[string, string][]} fields @param {{name: string, blob: Blob}[]} photos */
async function saveContact(fields, photos) {
  if (!where) return;
  const { about, visit, dispatch, form, place } = where;
  const body = form ? { fields, place } : { fields, visit, dispatch };
  if (!(await act(form || "contact.record", about, body, photos, DRAFT))) return;
  await dropDraft();
  await go("shift");
  counted();
}

/** An entry is kept: its form is empty again, also where it was drawn anew meanwhile. @param {HTMLFormElement} form */
function clear(form) {
  const key = form.dataset.key;
  const same = key ? box.querySelectorAll(`form[data-key="${CSS.escape(key)}"]`) : [];
  for (const one of /** @type {HTMLFormElement[]} */ ([form, ...same])) {
    one.reset();
    one.closest("details")?.removeAttribute("open");
  }
}

/** One more entry is kept, and the page shows what follows from it. */
function counted() {
  box.dataset.accepted = String(Number(box.dataset.accepted || 0) + 1);
}

/**
 * Accept one entry. It is said to be saved only after the phone has it on its disk.
 *
 * @param {string} kind @param {string} about @param {Record<string, any>} body
 * @param {{name: string, blob: Blob}[]} [files] @param {string} [draft]
 */
async function act(kind, about, body, files = [], draft = "") {
  if (isBusy || !work.opened) return false;
  isBusy = true;
  try {
    await accept(work.opened, { kind, about, body }, files, draft);
  } catch (error) {
    failed(error);
    return false;
  } finally {
    isBusy = false;
  }
  tell("saved");
  work.soon(false);
  return true;
}

/** The largest video that the office takes; a larger one is not kept on the phone either. */
async function mostBytes() {
  const held = await work.bundle();
  return held?.bundle.limits?.video_bytes ?? 0;
}

/** @param {HTMLFormElement} form @param {HTMLElement | null} by the button pressed */
async function step(form, by) {
  const kind = form.dataset.do || "";
  const { body, problem } = kind.startsWith("care.") ? careOf(form, by) : bodyOf(form, kind);
  if (problem) return complain(problem);
  const input = /** @type {HTMLInputElement | null} */ (form.querySelector("input[type=file]"));
  const most = input?.files?.length ? await mostBytes() : 0;
  const files = [];
  try {
    for (const file of input?.files || []) files.push(await shrunk(file, most));
  } catch (/** @type {any} */ error) {
    return complain(error?.message === "video" ? "video" : "photo", { n: Math.floor(most / 1_000_000) });
  }
  if (input && !files.length && !("optional" in form.dataset)) return complain("photo");
  if (!(await act(kind, form.dataset.about || "", body, files))) return;
  clear(form);
  if (form.dataset.then) await go(form.dataset.then);
  else await show();
  counted();
}

/** @param {string} to @param {import("./house.js").At} [where_in] */
async function go(to, where_in = at) {
  view = to;
  at = where_in;
  if (to !== "contact") where = null;
  box.dataset.screen = "";
  await show();
  scrollTo(0, 0);
}

/** @param {"revoked" | "given up"} why @param {string} id whose way into this phone it was */
async function ended(why, id) {
  if (!(await lock.end(why, id))) return show();
  if (work.opened && work.opened.id !== id) return void (work.opened.lines = work.opened.lines.filter((one) => one.id !== id));
  work.close();
  view = "shift";
  await show();
}

/** @param {import("./lock.js").Opened} opened */
async function opens(opened) {
  isLocked = false;
  touched = performance.now();
  if (work.opened?.id !== opened.id) [view, at] = ["shift", {}]; // nobody begins at whom a colleague was with
  work.open(opened);
  watch();
  const draft = await draftOf(opened.key);
  if (draft) {
    view = "contact";
    where = draft.where;
  }
  box.dataset.screen = "";
  if (spotIn(location.pathname)) arrive(location.pathname);
  await show();
  work.soon();
}

/** The code of a card was held before the camera. @param {string} path */
function arrive(path) {
  at = spotIn(path) || {};
  view = at.room ? "house" : "resident";
  history.replaceState(null, "", "/field/app/");
  box.dataset.screen = "";
}

hand(() => {
  const opened = isLocked ? null : work.opened;
  if (opened) work.close(), show();
  return opened;
});

/** @param {HTMLFormElement} form the screens before the shift: a new PIN, the PIN, a new one after the old was lost */
async function enter(form) {
  const data = new FormData(form);
  const pin = String(data.get("pin") || "");
  const standing = await lock.standing(whose);
  if (form.dataset.enter === "pin") {
    const { opened, left } = await lock.tryPin(pin, standing.id);
    form.reset();
    if (opened) return opens(opened);
    if (!left) work.close();
    return show();
  }
  const least = standing.min_digits || (await lock.mayEnrol()).pin_digits;
  if (lock.isTooEasy(pin, least)) return tell("easy", true, { n: least });
  if (pin !== data.get("again")) return complain("differ");
  if (form.dataset.enter === "join") {
    const opened = await lock.join(pin, standing.id, String(data.get("theirs") || ""));
    return opened ? opens(opened) : show();
  }
  return opens(form.dataset.enter === "new" ? await lock.enrol(pin, String(data.get("label") || "")) : await lock.recover(pin, standing.id));
}

const toLogin = () => location.assign(`/login/?next=${encodeURIComponent("/field/app/")}`);

/** @param {HTMLFormElement} form */
async function entering(form) {
  if (isEntering) return;
  isEntering = true;
  form.setAttribute("aria-busy", "true");
  try {
    await enter(form);
  } catch (error) {
    if (error instanceof lock.NotLoggedIn) toLogin();
    else if (error instanceof lock.Refused) complain(error.message || "refused");
    else if (error instanceof TypeError) complain("no_line");
    else failed(error);
  } finally {
    isEntering = false;
    form.removeAttribute("aria-busy");
    form.dispatchEvent(new CustomEvent("nuantu:unsent", { bubbles: true }));
  }
}

/** @type {Record<string, (button: HTMLElement) => any>} */
const PRESSES = {
  list: () => go("list"),
  shift: () => go("shift"),
  contact: (button) => {
    const { about = "", visit, dispatch, place = "", form } = button.dataset;
    where = { about, visit, dispatch, place, form };
    return go("contact");
  },
  house: () => go("house", {}),
  resident: (button) => go("resident", { id: button.dataset.id }),
  round: (button) => go("round", { what: button.dataset.what, room: at.room }),
  roll: () => go("roll"),
  beds: () => go("beds"),
  seat: (button) => {
    whose = button.dataset.seat || "";
    return show();
  },
  leave: () => lock.leave().catch((error) => (error instanceof lock.NotLoggedIn ? toLogin() : complain("no_line"))),
  drop: () => dropDraft().then(() => go("shift")),
  lock: () => shut(),
  send: () => work.soon(),
  reload: () => location.reload(),
  install: () => install.ask(),
  theme: (button) => theme(button.dataset.theme || ""),
};

/** The screen is locked; what waits goes on being sent. */
function shut() {
  isLocked = true;
  box.dataset.screen = "";
  return show();
}

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.matches("[data-do], [data-enter]")) return;
  event.preventDefault();
  (form.matches("[data-do]") ? step(form, event.submitter) : entering(form)).finally(() =>
    form.dispatchEvent(new CustomEvent("nuantu:unsent", { bubbles: true })),
  );
});
document.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-press]"));
  if (button) PRESSES[button.dataset.press || ""]?.(button);
});
document.addEventListener("input", () => sift(box));
for (const kind of ["pointerdown", "keydown"]) {
  document.addEventListener(kind, () => {
    touched = performance.now();
    allowSound();
  });
}

document.addEventListener("pointerdown", () => {
  isHeld = true;
});
for (const kind of ["pointerup", "pointercancel"]) {
  document.addEventListener(kind, () => setTimeout(released)); // the click comes first
}

function released() {
  isHeld = false;
  if (!isOwed) return;
  isOwed = false;
  show();
}

/** Every second: the clock of the check-in, the lock of a phone that lies about. */
function tick() {
  if (!work.opened || isLocked) return;
  if (performance.now() - touched > work.opened.idle_minutes * 60_000) return void shut();
  const over = due ? Date.now() - due : -1;
  const line = /** @type {HTMLElement | null} */ (document.querySelector("[data-due]"));
  if (line && due) {
    const form = (over < 0 ? line.dataset.form : line.dataset.over) || "";
    line.textContent = said(form, { n: Math.max(1, Math.ceil(Math.abs(over) / 60_000)) });
    line.closest("[data-check-in]")?.toggleAttribute("data-late", over >= 0);
  }
  if (over >= 0 && performance.now() - rung > 60_000) {
    rung = performance.now();
    ring(3);
  }
}

/** A new version comes only while nobody is at it: it takes the key out of the memory. */
function mayChange() {
  const isShut = !work.opened || (isLocked && document.querySelector('[data-unsent="0"]') !== null);
  return isShut && !isBusy && !isEntering && !box.querySelector("input:not(:placeholder-shown)");
}

async function start() {
  theme();
  const lacks = await lacking();
  if (lacks) return screen("cannot", { [lacks]: true });
  onChanged(() => work.opened && show());
  await settleIn(mayChange).catch(() => undefined); // without it the app still works while it is open
  await show();
  setInterval(tick, 1000);
  work.start();
  if (!spotIn(location.pathname)) return;
  if ((await lock.stage()) === "new") return location.replace(`/stays/care${location.pathname.slice("/field".length)}`);
  const open = await handed();
  if (open) await opens(open);
}

/** @type {any} */ (window).launchQueue?.setConsumer((/** @type {any} */ launch) => {
  const path = launch.targetURL ? new URL(launch.targetURL).pathname : "";
  if (spotIn(path) && work.opened) arrive(path), show();
});

start().catch(() => screen("cannot", { storage: true }));
