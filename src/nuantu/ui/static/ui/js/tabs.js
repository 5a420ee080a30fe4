// @ts-check
/** A row of tabs that is wider than the phone shows the chosen one. */

for (const chosen of document.querySelectorAll(".tabs [aria-current]")) {
  const row = /** @type {HTMLElement | null} */ (chosen.closest(".tabs"));
  const link = /** @type {HTMLElement} */ (chosen);
  if (row) row.scrollLeft = link.offsetLeft - row.offsetLeft - (row.clientWidth - link.offsetWidth) / 2;
}
