// @ts-check
/**
 * The way from an entry of the draft to its words in the document and back. Without this file the
 * links of the entries still lead to the words.
 */

const SHOWN = "data-shown";

/** @param {Element | null} place */
function show(place) {
  if (!place) return;
  document.querySelectorAll(`[${SHOWN}]`).forEach((one) => one.removeAttribute(SHOWN));
  place.setAttribute(SHOWN, "");
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  place.scrollIntoView({ block: "center", behavior: isCalm ? "auto" : "smooth" });
}

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  const link = target.closest("[data-show]");
  if (link instanceof HTMLAnchorElement) {
    const mark = document.getElementById(link.hash.slice(1));
    if (!mark) return;
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    show(mark);
    return;
  }
  const mark = target.closest("[data-reading] mark");
  if (!mark) return;
  const entry = document.querySelector(`[data-entry="${mark.id}"]`);
  const section = mark.getAttribute("data-section");
  if (entry || section === null) show(entry);
  else location.assign(`?section=${section}#${mark.id}`);
});
