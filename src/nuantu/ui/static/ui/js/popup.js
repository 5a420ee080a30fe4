// @ts-check
/**
 * Menus and clock panels (`<details data-pop>`) float above whatever would cut them off, one at a
 * time, and close on Escape or a press elsewhere. Without this file they still open and close.
 */

const GAP = 4;

/** @param {HTMLDetailsElement} details */
function place(details) {
  const panel = /** @type {HTMLElement | null} */ (details.querySelector(":scope > .panel"));
  const summary = details.querySelector(":scope > summary");
  if (!panel || !summary) return;
  const box = summary.getBoundingClientRect();
  panel.style.position = "fixed";
  panel.style.right = "auto";
  const { offsetWidth: width, offsetHeight: height } = panel;
  const isRight = getComputedStyle(details).position !== "static" && box.left > innerWidth / 2;
  const left = isRight ? box.right - width : box.left;
  const below = box.bottom + GAP + height <= innerHeight || box.top < height + GAP;
  panel.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
  panel.style.top = `${below ? box.bottom + GAP : box.top - height - GAP}px`;
  panel.style.maxHeight = `${innerHeight - 16}px`;
  panel.style.overflowY = "auto";
}

/* Entries of the header that do not fit stand under "more", the last first; the page's own stays. */
const room = document.querySelector(".mainnav"); // gets narrower when the words beside it come, too
const entries = document.querySelector(".mainnav > ul");
const more = /** @type {HTMLDetailsElement | null} */ (document.querySelector("[data-more]"));
const rest = more?.querySelector("ul");
if (room && entries && more && rest && "ResizeObserver" in window) {
  let seen = 0;
  const all = [...entries.children];
  const isFull = () => entries.scrollWidth > entries.clientWidth + 1;
  const fit = () => {
    if (room.clientWidth === seen) return;
    seen = room.clientWidth;
    entries.append(...all);
    more.hidden = true;
    if (!isFull()) return;
    more.hidden = false;
    const movable = all.filter((one) => !one.querySelector("[aria-current]"));
    while (isFull() && movable.length > 0) rest.prepend(/** @type {Element} */ (movable.pop()));
  };
  fit(); // the observer speaks a frame later
  new ResizeObserver(fit).observe(room);
}

/** @returns {HTMLDetailsElement[]} */
function opened() {
  return [...document.querySelectorAll("details[data-pop][open]")].map(
    (one) => /** @type {HTMLDetailsElement} */ (one),
  );
}

document.addEventListener(
  "toggle",
  (event) => {
    const details = /** @type {HTMLDetailsElement} */ (event.target);
    if (!details.matches?.("details[data-pop]") || !details.open) return;
    for (const other of opened()) if (other !== details) other.open = false;
    place(details);
  },
  true,
);
document.addEventListener("click", (event) => {
  for (const details of opened()) {
    if (!details.contains(/** @type {Node} */ (event.target))) details.open = false;
  }
});
document.addEventListener("scroll", () => opened().forEach(place), { capture: true, passive: true });
addEventListener("resize", () => opened().forEach(place));

/** Close what is open; used by the keyboard module too. @returns {boolean} whether one was open */
export function closePopups() {
  const all = opened();
  for (const details of all) {
    details.open = false;
    if (details.contains(document.activeElement)) details.querySelector("summary")?.focus();
  }
  return all.length > 0;
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && closePopups()) event.stopImmediatePropagation();
});
