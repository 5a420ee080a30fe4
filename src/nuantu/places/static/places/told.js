// @ts-check
/** Where this phone is, for the forms that tell it. The page works without it. */

const FRESH_MS = 120_000;

/** @type {GeolocationPosition | null} */
let last = null;
if ("geolocation" in navigator) {
  navigator.geolocation.watchPosition(
    (position) => {
      last = position;
    },
    () => undefined,
    { enableHighAccuracy: true, maximumAge: 60_000 },
  );
}

/**
 * Write into the form's fields where the phone is, empty when that is not known of late.
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} more what else the phone says, by the name of its field
 */
export function tell(form, more = {}) {
  const coords = last && Date.now() - last.timestamp < FRESH_MS ? last.coords : null;
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
