// @ts-check
/**
 * Lets every clock tick. The server says how many seconds are left; only differences of the
 * browser's clock are used, so a phone that believes it is yesterday shows the right time.
 */

const words = JSON.parse(document.body.dataset.words || "{}");
/** @type {WeakMap<Element, {left: string, end: number}>} */
const known = new WeakMap();

/** @param {number} seconds @returns {string} the same words as `components/spans.py` */
export function span(seconds) {
  const left = Math.abs(Math.trunc(seconds));
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  if (left < 3600) return `${two(Math.floor(left / 60))}:${two(left % 60)}`;
  const minutes = Math.floor((left % 3600) / 60);
  if (left < 86400) return fill(words.hours, { hours: Math.floor(left / 3600), minutes: two(minutes) });
  return fill(words.days, { days: Math.floor(left / 86400), hours: Math.floor((left % 86400) / 3600) });
}

/** @param {string} form @param {Record<string, string | number>} values */
function fill(form, values) {
  return (form || "").replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** @param {HTMLElement} clock @param {number} now milliseconds */
function show(clock, now) {
  const said = clock.dataset.left || "0";
  let base = known.get(clock);
  if (!base || base.left !== said) {
    base = { left: said, end: now + Number(said) * 1000 };
    known.set(clock, base);
  }
  const left = Math.floor((base.end - now) / 1000);
  const state = left < 0 ? "red" : left * 3 <= Number(clock.dataset.limit) ? "amber" : "calm";
  if (state !== "calm" && clock.dataset.state !== state && clock.dataset.state !== "red") {
    clock.dataset.state = state;
    clock.toggleAttribute("data-late", left < 0);
    const spoken = clock.querySelector("summary .sr-only");
    if (spoken) spoken.textContent = state === "red" ? words.late : words.soon;
  }
  const text = left < 0 ? fill(words.over, { time: span(left) }) : span(left);
  const face = clock.querySelector(".clock__time");
  if (face && face.textContent !== text) face.textContent = text;
}

function tick() {
  const now = Date.now();
  for (const clock of document.querySelectorAll("[data-clock]:not([data-state=done], [data-state=ended])")) {
    show(/** @type {HTMLElement} */ (clock), now);
  }
  setTimeout(tick, 1000 - (Date.now() % 1000));
}

tick();
