// @ts-check
/** The phone's own position for a contact, when asked; everything works without it. */

/** @param {ParentNode} root */
function ready(root) {
  const box = /** @type {HTMLElement | null} */ (root.querySelector("[data-locate]:not([data-ready])"));
  const said = /** @type {HTMLElement | null} */ (root.querySelector("[data-locate-said]"));
  if (!box || !said || !("geolocation" in navigator)) return;
  box.hidden = false;
  box.setAttribute("data-ready", "");
  box.querySelector("button")?.addEventListener("click", () => locate(said));
}

/** @param {HTMLElement} said */
function locate(said) {
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      put("lat", coords.latitude);
      put("lon", coords.longitude);
      said.textContent = said.dataset.done || "";
      document.querySelector("#contact")?.dispatchEvent(new Event("change", { bubbles: true }));
    },
    () => {
      said.textContent = said.dataset.failed || "";
    },
    { enableHighAccuracy: true, timeout: 10_000 },
  );
}

/** @param {string} name @param {number} value */
function put(name, value) {
  const input = document.querySelector(`#contact [name="${name}"]`);
  if (input instanceof HTMLInputElement) input.value = value.toFixed(6);
}

ready(document);
document.addEventListener("htmx:load", (event) => ready(/** @type {CustomEvent} */ (event).detail.elt));
