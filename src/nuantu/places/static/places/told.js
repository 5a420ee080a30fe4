// @ts-check
/** Where this phone is, for the forms that tell it. The page works without it. */

import { here, watch } from "./here.js";

watch();

/**
 * Write into the form's fields where the phone is, empty when that is not known of late.
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} more what else the phone says, by the name of its field
 */
export function tell(form, more = {}) {
  const coords = here();
  const said = {
    lat: coords ? coords.latitude.toFixed(6) : "",
    lon: coords ? coords.longitude.toFixed(6) : "",
    accuracy: coords ? String(Math.round(coords.accuracy)) : "",
    ...more,
  };
  for (const [name, value] of Object.entries(said)) {
    const field = /** @type {HTMLInputElement | null} */ (form.querySelector(`[name="${name}"]`));
    if (field) field.value = value;
  }
}
