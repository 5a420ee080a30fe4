// @ts-check
/** The hotline desk by keyboard: Enter goes to the next question, Ctrl+Enter saves. */

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("#desk"));

form?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing) return;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  const here = /** @type {HTMLElement} */ (event.target);
  if (!here.matches("input, select")) return;
  event.preventDefault();
  const stops = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("input:not([type=hidden]), select, textarea")]);
  const open = stops.filter((one) => one.offsetParent !== null);
  open[open.indexOf(here) + 1]?.focus();
});
