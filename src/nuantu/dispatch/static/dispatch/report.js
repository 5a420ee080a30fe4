// @ts-check
/** The public report: "where I am" and sharing the receipt. Everything works without it. */

const where = /** @type {HTMLElement | null} */ (document.querySelector("[data-where]"));

/** @param {string} name @returns {HTMLInputElement | null} */
function hidden(name) {
  return document.querySelector(`form.report input[name="${name}"]`);
}

/** @param {HTMLElement} box @param {string} text @param {boolean} has */
function say(box, text, has) {
  const line = box.querySelector("[data-where-said]");
  if (line) line.textContent = text;
  /** @type {HTMLElement | null} */ (box.querySelector("[data-unpin]"))?.toggleAttribute("hidden", !has);
}

/** @param {HTMLElement} box @param {string} lat @param {string} lon @param {string} source */
function put(box, lat, lon, source) {
  for (const [name, value] of [["lat", lat], ["lon", lon], ["position_source", source], ["datum", "wgs84"]]) {
    const field = hidden(name);
    if (field) field.value = value;
  }
}

/** @param {HTMLElement} box */
function locate(box) {
  say(box, box.dataset.looking || "", false);
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      put(box, coords.latitude.toFixed(6), coords.longitude.toFixed(6), "gps");
      say(box, (box.dataset.found || "").replace("{metres}", String(Math.round(coords.accuracy))), true);
    },
    () => say(box, box.dataset.denied || "", false),
    { enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 },
  );
}

if (where) {
  where.hidden = false;
  const button = /** @type {HTMLElement | null} */ (where.querySelector("[data-locate]"));
  if (!("geolocation" in navigator)) button?.setAttribute("hidden", "");
  button?.addEventListener("click", () => locate(where));
  where.querySelector("[data-unpin]")?.addEventListener("click", () => {
    put(where, "", "", "");
    say(where, "", false);
  });
  if (hidden("lat")?.value) say(where, where.dataset.pinned || "", true);
}

const share = /** @type {HTMLElement | null} */ (document.querySelector("[data-share]"));
if (share && ("share" in navigator || navigator.clipboard)) {
  share.hidden = false;
  share.addEventListener("click", async () => {
    const { text = "", url = "", copied = "" } = share.dataset;
    if ("share" in navigator) {
      await navigator.share({ title: text, text, url }).catch(() => undefined);
      return;
    }
    await navigator.clipboard.writeText(`${text} ${url}`);
    document.body.dispatchEvent(new CustomEvent("nuantu:toast", { bubbles: true, detail: { text: copied } }));
  });
}
