// @ts-check
/**
 * The keyboard: `/` search, `j` `k` rows, Enter opens, Escape goes back, `?` shows the keys, and
 * any element with data-key="x" is pressed by x (the header gives `n` to the new tip).
 */

const help = document.querySelector("[data-keys-help]");

/** @returns {HTMLElement[]} */
function rows() {
  const named = [...document.querySelectorAll("main [data-row]")];
  const found = named.length ? named : [...document.querySelectorAll("main tbody tr, main .list > li")];
  return found.map((one) => /** @type {HTMLElement} */ (one)).filter((one) => one.offsetParent !== null);
}

/** @param {number} step */
function move(step) {
  const all = rows();
  if (!all.length) return;
  const here = all.findIndex((row) => row.getAttribute("aria-selected") === "true" || row.contains(document.activeElement));
  const next = all[Math.max(0, Math.min(all.length - 1, here < 0 ? 0 : here + step))];
  for (const row of all) row.removeAttribute("aria-selected");
  next.setAttribute("aria-selected", "true");
  const way = next.querySelector("a[href]:not(.panel a)") || next.querySelector("button:not([disabled]), summary");
  const link = /** @type {HTMLElement} */ (way || next);
  link.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), select, textarea"));
}

function back() {
  const way = /** @type {HTMLElement | null} */ (document.querySelector("[data-back], .crumbs a"));
  if (way) way.click();
}

/** @type {Record<string, () => void>} */
const commands = {
  "/": () => /** @type {HTMLElement | null} */ (document.querySelector("[data-search], input[type=search]"))?.focus(),
  "j": () => move(1),
  "k": () => move(-1),
  "?": () => help instanceof HTMLDialogElement && help.showModal(),
  "Escape": back,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.querySelector("dialog[open]")) return;
  if (isTyping(event.target)) {
    if (event.key === "Escape") /** @type {HTMLElement} */ (event.target).blur();
    return;
  }
  const named = /^[a-z0-9]$/i.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
  const command = commands[event.key];
  if (!named && !command) return;
  event.preventDefault();
  if (named instanceof HTMLElement) named.click();
  else command();
});
document.addEventListener("click", (event) => {
  if (/** @type {Element} */ (event.target).closest("[data-help]")) commands["?"]();
});
