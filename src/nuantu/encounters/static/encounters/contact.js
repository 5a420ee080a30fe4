// @ts-check
/** The phone's own position for a contact, when asked; everything works without it. */

const box = /** @type {HTMLElement | null} */ (document.querySelector("[data-locate]"));
const said = /** @type {HTMLElement | null} */ (document.querySelector("[data-locate-said]"));

/** @param {string} name @param {number} value */
function put(name, value) {
  const input = document.querySelector(`#contact [name="${name}"]`);
  if (input instanceof HTMLInputElement) input.value = value.toFixed(6);
}

if (box && said && "geolocation" in navigator) {
  box.hidden = false;
  box.querySelector("button")?.addEventListener("click", () => {
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
  });
}
