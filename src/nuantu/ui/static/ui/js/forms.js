// @ts-check
/**
 * Small help for forms: sent once however often the button is pressed, counters with plus and
 * minus, dialogs, printing, the way back, the first error in view. Everything works without it.
 */

const words = JSON.parse(document.body.dataset.words || "{}");
const RETRY_AFTER = 20_000;

/** @param {HTMLFormElement} form @param {boolean} busy */
function setBusy(form, busy) {
  form.toggleAttribute("data-sending", busy);
  const buttons = [...form.elements].filter((one) => one instanceof HTMLButtonElement && one.type === "submit");
  for (const button of buttons) {
    if (busy) button.setAttribute("aria-busy", "true");
    else button.removeAttribute("aria-busy");
  }
  const said = document.querySelector("[data-announce]");
  if (said) said.textContent = busy ? words.sending : "";
}

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.method !== "post") return;
  if (form.hasAttribute("data-sending")) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  setBusy(form, true);
  setTimeout(() => setBusy(form, false), RETRY_AFTER);
}, true);
document.addEventListener("htmx:afterRequest", (event) => {
  const form = /** @type {CustomEvent} */ (event).detail.elt.closest("form");
  if (form) setBusy(form, false);
});
document.addEventListener("nuantu:unsent", (event) => setBusy(/** @type {HTMLFormElement} */ (event.target), false));
addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sending]").forEach((form) => setBusy(/** @type {HTMLFormElement} */ (form), false));
});

/** @param {ParentNode} root */
function addCounters(root) {
  for (const box of root.querySelectorAll("[data-counter]:not([data-ready])")) {
    const input = box.querySelector("input");
    if (!input) continue;
    box.setAttribute("data-ready", "");
    for (const [sign, step] of /** @type {[string, number][]} */ ([["−", -1], ["+", 1]])) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = sign;
      button.setAttribute("aria-label", `${input.labels?.[0]?.firstChild?.textContent?.trim() || ""} ${sign}1`);
      button.addEventListener("click", () => {
        const least = input.min === "" ? 0 : Number(input.min);
        const most = input.max === "" ? Infinity : Number(input.max);
        input.value = String(Math.min(most, Math.max(least, (Number(input.value) || 0) + step)));
        input.dispatchEvent(new Event("input", { bubbles: true }));
        input.dispatchEvent(new Event("change", { bubbles: true }));
      });
      if (step < 0) box.prepend(button);
      else box.append(button);
    }
  }
}

/** @param {ParentNode} root */
function ready(root) {
  addCounters(root);
  const first = /** @type {HTMLInputElement | null} */ (root.querySelector("input[autofocus]"));
  if (first?.selectionEnd === 0) first.setSelectionRange(first.value.length, first.value.length);
  /** @type {HTMLElement | null} */ (root.querySelector("[data-focus]"))?.focus();
}
ready(document);
document.addEventListener("htmx:load", (event) => ready(/** @type {CustomEvent} */ (event).detail.elt));

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (target.closest("[data-print]")) print();
  if (target.closest("[data-back]") && history.length > 1) {
    event.preventDefault();
    history.back();
  }
  const opener = /** @type {HTMLElement | null} */ (target.closest("[data-dialog]"));
  const dialog = opener && document.querySelector(opener.dataset.dialog || "");
  if (dialog instanceof HTMLDialogElement) dialog.showModal();
});

/** @param {Element} field whether somebody has chosen something in it */
function isUsed(field) {
  const control = field.querySelector("input, select");
  return control instanceof HTMLSelectElement ? control.selectedIndex > 0 : control instanceof HTMLInputElement && control.value !== "";
}

/* On a phone a list shows its search and the filters in use; the others unfold. */
for (const bar of document.querySelectorAll(".filter-bar")) {
  const button = /** @type {HTMLButtonElement | null} */ (bar.querySelector("[data-unfold]"));
  if (!button || !matchMedia("(max-width: 600px)").matches || bar.querySelectorAll(".field").length < 3) continue;
  for (const field of bar.querySelectorAll(".field")) field.classList.toggle("field--used", isUsed(field));
  bar.classList.add("filter-bar--folded");
  button.hidden = false;
  button.addEventListener("click", () => {
    const isFolded = bar.classList.toggle("filter-bar--folded");
    button.setAttribute("aria-expanded", String(!isFolded));
  });
}

/* Table heads stop below the page head, however high its words make it. */
const head = document.querySelector(".page-head");
if (head && "ResizeObserver" in window) {
  new ResizeObserver(() => {
    const isSticky = getComputedStyle(head).position === "sticky";
    document.body.style.setProperty("--head", isSticky ? `${/** @type {HTMLElement} */ (head).offsetHeight}px` : "0px");
  }).observe(head);
}

addEventListener("offline", () => document.body.setAttribute("data-offline", ""));
addEventListener("online", () => document.body.removeAttribute("data-offline"));
document.addEventListener("htmx:sendError", tellFailure);
document.addEventListener("htmx:responseError", tellFailure);

/** @param {Event} event */
function tellFailure(event) {
  const { requestConfig, xhr } = /** @type {CustomEvent} */ (event).detail;
  if (requestConfig?.verb === "get" || xhr?.status === 401) return;
  document.body.dispatchEvent(
    new CustomEvent("nuantu:toast", { bubbles: true, detail: { text: words.failed, error: true } }),
  );
}
