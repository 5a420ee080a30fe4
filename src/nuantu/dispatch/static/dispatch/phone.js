// @ts-check
/**
 * The team's phone: says where it is and what its clock shows with each step, and keeps a step that
 * could not be sent until there is a line again. The page works without it.
 */

import { tell } from "../places/told.js";

const STORE = `nuantu:steps:${document.body.dataset.who}`;
const counter = /** @type {HTMLElement | null} */ (document.querySelector("[data-unsent]"));

/** @typedef {{url: string, body: [string, string][]}} Step */

/** @returns {Step[]} */
function waiting() {
  try {
    return JSON.parse(localStorage.getItem(STORE) || "[]");
  } catch {
    return [];
  }
}

/** @param {Step[]} steps */
function keep(steps) {
  localStorage.setItem(STORE, JSON.stringify(steps));
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
  if (isSending || !navigator.onLine) return;
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
  if (navigator.onLine && !waiting().length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const body = /** @type {[string, string][]} */ ([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  keep([...waiting(), { url: new URL(form.action).pathname, body }]);
  form.dispatchEvent(new CustomEvent("nuantu:unsent", { bubbles: true }));
  sendWaiting();
}, true);

addEventListener("online", sendWaiting);
setInterval(sendWaiting, 10_000);
show(waiting().length);
sendWaiting();
