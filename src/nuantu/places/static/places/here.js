// @ts-check
/** Where this phone is, as far as it knows: asked for once, believed for two minutes. */

const FRESH_MS = 120_000;

/** @type {GeolocationPosition | null} */
let last = null;
let isWatching = false;

/** Ask the phone for its place from now on. It may refuse, and everything works without. */
export function watch() {
  if (isWatching || !("geolocation" in navigator)) return;
  isWatching = true;
  navigator.geolocation.watchPosition(
    (position) => {
      last = position;
    },
    () => undefined,
    { enableHighAccuracy: true, maximumAge: 60_000 },
  );
}

/** @returns {GeolocationCoordinates | null} WGS-84 degrees, accuracy in metres */
export function here() {
  return last && Date.now() - last.timestamp < FRESH_MS ? last.coords : null;
}
