// @ts-check
/** The hotline desk by keyboard: Enter goes to the next question, Ctrl+Enter saves from anywhere. */

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("#desk"));

if (form) document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form.requestSubmit();
});

form?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey) return;
  const here = /** @type {HTMLElement} */ (event.target);
  if (!here.matches("input, select")) return;
  event.preventDefault();
  const stops = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("input:not([type=hidden]), select, textarea")]);
  const open = stops.filter((one) => one.offsetParent !== null);
  open[open.indexOf(here) + 1]?.focus();
});
