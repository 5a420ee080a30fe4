// @ts-check
/**
 * The team's phone with signal: says where it is and what its clock shows with each step. Without signal
 * nothing is sent and nothing is kept here, where it would lie in clear: what was typed stays on the
 * screen, and the page leads to the app, which seals what it keeps. Steps that an earlier version kept
 * are sent as before and forgotten. The page works without it.
 */

import { tell } from "../places/told.js";

const STORE = `nuantu:steps:${document.body.dataset.who}`;
const counter = /** @type {HTMLElement | null} */ (document.querySelector("[data-unsent]"));
const noLine = /** @type {HTMLElement | null} */ (document.querySelector("[data-no-line]"));

/** @typedef {{url: string, body: [string, string][]}} Step */

/** @returns {Step[]} what an earlier version kept */
function waiting() {
  try {
    return JSON.parse(localStorage.getItem(STORE) || "[]");
  } catch {
    return [];
  }
}

/** @param {Step[]} steps */
function keep(steps) {
  if (steps.length) localStorage.setItem(STORE, JSON.stringify(steps));
  else localStorage.removeItem(STORE);
  show(steps.length);
}

/** @param {number} count */
function show(count) {
  if (!counter) return;
  counter.hidden = count === 0;
  const words = /** @type {HTMLElement | null} */ (counter.querySelector("[data-form]"));
  if (words) words.textContent = (words.dataset.form || "").replace("{n}", String(count));
}

/** @param {Step} step @returns {Promise<boolean>} whether the server has taken it, or refused it for good */
async function send(step) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.getAttribute("value") || "";
  const body = new URLSearchParams(step.body.map(([name, value]) => [name, name === "csrfmiddlewaretoken" ? token : value]));
  const answer = await fetch(step.url, { method: "POST", body, credentials: "same-origin", redirect: "manual" });
  if (answer.status === 401) location.reload(); // to the log-in page; the step waits
  return answer.type === "opaqueredirect" || (answer.status >= 200 && answer.status < 500 && answer.status !== 401 && answer.status !== 403);
}

let isSending = false;
async function sendWaiting() {
  if (isSending || !navigator.onLine || !waiting().length) return;
  isSending = true;
  try {
    let steps = waiting();
    while (steps.length && (await send(steps[0]))) {
      steps = waiting().slice(1);
      keep(steps);
      if (!steps.length) location.reload();
    }
  } catch {
    /* still no line */
  } finally {
    isSending = false;
  }
}

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.matches("[data-step]")) return;
  tell(form, { phone_at: new Date().toISOString() });
  if (navigator.onLine) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  form.dispatchEvent(new CustomEvent("nuantu:unsent", { bubbles: true }));
  if (!noLine) return;
  noLine.hidden = false;
  noLine.scrollIntoView({ block: "nearest" });
}, true);

addEventListener("online", () => {
  if (noLine) noLine.hidden = true;
  sendWaiting();
});
setInterval(sendWaiting, 10_000);
show(waiting().length);
sendWaiting();
