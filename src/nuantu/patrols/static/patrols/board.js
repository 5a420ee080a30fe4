// @ts-check
/**
 * Drag a stop of the week board to another team or half. The server says what would break while the
 * stop hangs over a cell; dropping it sends the form that also works without this script.
 */

const board = /** @type {HTMLElement | null} */ (document.querySelector("[data-board]"));
const line = /** @type {HTMLElement | null} */ (document.querySelector("[data-board-said]"));
/** @type {HTMLElement | null} */
let held = null;
/** @type {HTMLElement | null} */
let over = null;
let waiting = 0;

/** @param {string} text @param {string} kind */
function say(text, kind = "") {
  if (!line) return;
  line.textContent = text;
  line.dataset.kind = kind;
}

/** @param {EventTarget | null} target */
function cellOf(target) {
  return target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest("[data-target]")) : null;
}

function leave() {
  over?.removeAttribute("data-over");
  over = null;
  clearTimeout(waiting);
}

/** @param {HTMLElement} stop @param {HTMLElement} cell */
async function ask(stop, cell) {
  const answer = await fetch(`${stop.dataset.try}?${new URLSearchParams({ target: cell.dataset.target || "" })}`, {
    headers: { Accept: "application/json" },
  });
  if (cell !== over || !answer.ok) return;
  const { is_allowed: isAllowed, words } = await answer.json();
  cell.dataset.over = isAllowed ? "yes" : "no";
  say(words, isAllowed ? "yes" : "no");
}

board?.addEventListener("dragstart", (event) => {
  held = event.target instanceof Element ? event.target.closest("[data-move]") : null;
  if (held) event.dataTransfer?.setData("text/plain", held.textContent || "");
});
board?.addEventListener("dragend", () => {
  leave();
  held = null;
});
board?.addEventListener("dragover", (event) => {
  const cell = held && cellOf(event.target);
  if (!cell || !held || cell.contains(held)) return leave();
  event.preventDefault();
  if (cell === over) return;
  leave();
  over = cell;
  cell.dataset.over = "asks";
  const stop = held;
  waiting = window.setTimeout(() => ask(stop, cell), 150);
});
board?.addEventListener("drop", (event) => {
  const cell = held && cellOf(event.target);
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-board-form]"));
  if (!cell || !held || !form) return;
  event.preventDefault();
  form.action = held.dataset.move || "";
  /** @type {HTMLInputElement} */ (form.elements.namedItem("target")).value = cell.dataset.target || "";
  form.requestSubmit();
});
