/**
 * Drop a pin: by a tap, by "where I am", by address words, or by typing the numbers.
 *
 * Two inputs hold latitude and longitude (WGS-84, six decimals); they go with the form and work without
 * this script. The pin and the inputs always say the same.
 */

import { Marker } from "../ui/vendor/maplibre-gl/maplibre-gl.mjs";

const DIGITS = 6;

export class Pin {
  constructor(panel) {
    this.panel = panel;
    const { lat, lon, words } = panel.settings.pick;
    this.lat = document.getElementById(lat);
    this.lon = document.getElementById(lon);
    this.address = words ? document.getElementById(words) : null;
    this.isArmed = true;
    this.listen();
    this.fromInputs(false);
  }

  listen() {
    const { chart, element } = this.panel;
    chart.on("click", (event) => this.set(event.lngLat.lat, event.lngLat.lng, "map"));
    element.addEventListener("map:pin", (event) => this.set(event.detail.lat, event.detail.lon, "typed", true));
    element.querySelector("[data-map-me]")?.addEventListener("click", (event) => this.me(event.currentTarget));
    element.querySelector("[data-map-here]")?.addEventListener("click", () => {
      const { lat, lng } = chart.getCenter();
      this.set(lat, lng, "map");
    });
    for (const input of [this.lat, this.lon]) input?.addEventListener("change", () => this.fromInputs(true));
    if (this.address) this.watchWords();
  }

  /** Put the pin and the numbers there and tell the page. */
  set(lat, lon, how, fly = false) {
    this.place(lat, lon, fly);
    for (const [input, value] of [[this.lat, lat], [this.lon, lon]]) {
      if (!input) continue;
      input.value = value.toFixed(DIGITS);
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.panel.tell("map:picked", { lat, lon, how });
  }

  place(lat, lon, fly) {
    if (!this.marker) {
      const colour = getComputedStyle(document.documentElement).getPropertyValue("--red").trim();
      this.marker = new Marker({ draggable: true, color: colour });
      this.marker.getElement().setAttribute("aria-label", this.panel.words.pin);
      this.marker.on("dragend", () => {
        const { lat: north, lng: east } = this.marker.getLngLat();
        this.set(north, east, "map");
      });
    }
    this.marker.setLngLat([lon, lat]).addTo(this.panel.chart);
    if (fly) this.panel.focus({ lat, lon, zoom: 15 });
  }

  /** The numbers were typed: the pin follows; half a pair or nonsense moves nothing. */
  fromInputs(fly) {
    const lat = Number.parseFloat(this.lat?.value);
    const lon = Number.parseFloat(this.lon?.value);
    if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) return;
    this.place(lat, lon, true);
    if (fly) this.panel.tell("map:picked", { lat, lon, how: "typed" });
  }

  me(button) {
    const { words } = this.panel;
    if (!navigator.geolocation) return this.panel.say(words.no_position);
    button.setAttribute("aria-busy", "true");
    this.panel.say(words.locating);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        button.removeAttribute("aria-busy");
        this.panel.say(words.accuracy.replace("{metres}", Math.round(coords.accuracy)));
        this.set(coords.latitude, coords.longitude, "me", true);
      },
      () => {
        button.removeAttribute("aria-busy");
        this.panel.say(words.no_position);
      },
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 30000 },
    );
  }

  /** Address words beside the map: places that they may mean are offered as buttons. */
  watchWords() {
    let waiting = 0;
    this.address.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => this.offer(), 400);
    });
    if (this.address.value.trim() && !this.marker) this.offer();
  }

  async offer() {
    const text = this.address.value.trim();
    const list = this.panel.element.querySelector("[data-map-candidates]");
    if (text.length < 2) return list.replaceChildren();
    this.asked = text;
    let found = [];
    try {
      const answer = await fetch(`${this.panel.settings.pick.url}?${new URLSearchParams({ q: text })}`);
      if (answer.ok) found = (await answer.json()).candidates;
    } catch {
      found = [];
    }
    if (this.asked !== text) return;
    list.replaceChildren(...found.map((candidate) => this.button(candidate)));
  }

  button(candidate) {
    const item = document.createElement("li");
    const button = item.appendChild(document.createElement("button"));
    button.type = "button";
    button.className = "chip";
    button.textContent = candidate.label;
    const why = button.appendChild(document.createElement("small"));
    why.textContent = candidate.reasons.join(" · ");
    button.addEventListener("click", () => {
      this.set(candidate.lat, candidate.lon, "words", true);
      this.panel.say(candidate.is_approximate ? this.panel.words.approximate_pin : "");
    });
    return item;
  }
}
