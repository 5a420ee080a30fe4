/**
 * The map of Nuantu: one component for every package. It works without tiles and without network.
 *
 * Page side (see templatetags/places.py for the tag that writes it):
 *
 *   {% load places %}
 *   {% map_panel layers="stations,relief_points" %}                     show layers
 *   {% map_panel layers="tips,teams" refresh="nuantu:tips nuantu:teams" %}   load again on live hints
 *   {% map_panel ways=url %}                                             lines, as GeoJSON of the address
 *   {% map_panel pick_lat="id_lat" pick_lon="id_lon" words="id_place_text" %}  drop a pin
 *   <li data-map-key="<public id>">…</li>                               one selection with the list
 *   <li data-map-key="" data-map-lat="26.58" data-map-lon="107.98">…</li>  a place without a mark
 *
 * A layer is registered in Python: `places.selectors.register_layer(Layer(...))`; its features come
 * as GeoJSON from the server, which shows each reader only what he may see.
 *
 * Events, all on the panel's element (they bubble):
 *   in   map:focus    {key} or {lat, lon, zoom}   select a mark or go somewhere
 *   in   map:refresh                               load the layers again
 *   in   map:pin      {lat, lon}                   set the pin
 *   out  map:select   {key, layer, label, url}     somebody chose a mark
 *   out  map:picked   {lat, lon, how}              somebody set the pin (how: map, me, words, typed)
 *   out  map:ready / map:failed
 *
 * Every word comes from data attributes in the language of the page. Without WebGL the panel says so
 * and the form or list beside it goes on working.
 */

import { Map as Chart, AttributionControl, NavigationControl, Popup, ScaleControl, setWorkerUrl } from "../ui/vendor/maplibre-gl/maplibre-gl.mjs";
import { backdrop, drawLayer, drawWays, palette } from "./style.js";
import { Pin } from "./pin.js";

setWorkerUrl(new URL("../ui/vendor/maplibre-gl/maplibre-gl-worker.mjs", import.meta.url).href);

const STILL = matchMedia("(prefers-reduced-motion: reduce)");
const DARK = matchMedia("(prefers-color-scheme: dark)");

class Panel {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.settings = JSON.parse(element.dataset.map || "{}");
    this.words = this.settings.words;
    this.layers = this.settings.layers;
    this.marks = new Map();
    this.selected = this.settings.chosen || "";
    this.chart = this.draw();
    this.pin = this.settings.pick ? new Pin(this) : null;
    this.listen();
  }

  draw() {
    const { centre, zoom } = this.settings;
    const chart = new Chart({
      container: this.element.querySelector("[data-map-canvas]"),
      style: backdrop(this.settings, palette()),
      center: [centre[1], centre[0]],
      zoom,
      minZoom: 4,
      maxZoom: 18,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      cooperativeGestures: this.settings.cooperative,
      locale: this.words.controls,
      localIdeographFontFamily: getComputedStyle(document.body).fontFamily,
    });
    chart.touchZoomRotate.disableRotation();
    chart.addControl(new NavigationControl({ showCompass: false }), "top-right");
    chart.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");
    chart.addControl(new AttributionControl({ compact: true, customAttribution: this.settings.attribution }));
    chart.on("style.load", () => this.begin());
    chart.once("idle", () => this.tell("map:ready", {}));
    chart.once("load", () => this.element.querySelector(".maplibregl-compact-show")?.classList.remove("maplibregl-compact-show"));
    return chart;
  }

  listen() {
    this.element.addEventListener("map:focus", (event) => this.focus(event.detail || {}));
    this.element.addEventListener("map:refresh", () => this.load());
    this.element.addEventListener("change", (event) => this.toggle(event.target));
    document.addEventListener("click", (event) => this.fromList(event));
    document.addEventListener("focusin", (event) => this.fromList(event));
    for (const name of this.settings.refresh) document.body.addEventListener(name, () => this.load());
    const restyle = () => this.chart.setStyle(backdrop(this.settings, palette()), { diff: false });
    DARK.addEventListener("change", restyle);
    new MutationObserver(restyle).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  }

  /** The layers in their order, still empty: the last lies on top whichever answers first. */
  begin() {
    const colours = palette();
    this.layers.forEach((layer, index) => {
      for (const id of drawLayer(this.chart, layer, { index, count: this.layers.length }, colours)) {
        this.chart.on("click", id, (event) => this.clicked(layer, event));
        this.chart.on("mouseenter", id, () => { this.chart.getCanvas().style.cursor = "pointer"; });
        this.chart.on("mouseleave", id, () => { this.chart.getCanvas().style.cursor = ""; });
      }
    });
    this.drawWays(colours);
    this.load();
  }

  /** The ways that the page names, below every mark; a way is chosen like a mark. */
  async drawWays(colours) {
    if (!this.settings.ways) return;
    this.ways ||= await this.fetched({ url: this.settings.ways, label: this.words.ways });
    if (!this.ways || this.chart.getSource("ways")) return;
    for (const id of drawWays(this.chart, this.ways, colours)) this.chart.on("click", id, (event) => this.clicked({ key: "ways" }, event));
    for (const feature of this.ways.features) {
      if (feature.geometry.type === "LineString") this.marks.set(feature.properties.key, { layer: null, feature });
    }
    this.fit();
    this.show(this.selected);
  }

  /** Load every layer that is switched on; one that does not answer leaves the others standing. */
  async load() {
    await Promise.all(this.layers.map(async (layer) => {
      const data = layer.on ? await this.fetched(layer) : { type: "FeatureCollection", features: [] };
      if (!data) return;
      for (const [key, mark] of this.marks) if (mark.layer === layer) this.marks.delete(key);
      for (const feature of data.features) this.marks.set(feature.properties.key, { layer, feature });
      this.chart.getSource(layer.key)?.setData(data);
    }));
    this.fit();
    this.show(this.selected);
    this.focusMarked(document);
  }

  /** @returns {Promise<object|null>} */
  async fetched(layer) {
    try {
      const answer = await fetch(layer.url, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      this.say("");
      return await answer.json();
    } catch {
      this.say(this.words.failed.replace("{layer}", layer.label));
      return null;
    }
  }

  /** Once, when the page did not say where to look: around what it named, else around everything that is shown. */
  fit() {
    if (this.hasFitted || !this.settings.fit || document.querySelector("[data-map-focus]")) return;
    const { around = [] } = this.settings;
    const points = around.length ? around : [...this.marks.values()].flatMap((mark) => pointsOf(mark.feature));
    if (!points.length) return;
    this.hasFitted = true;
    this.chart.fitBounds(boundsOf(points), { padding: 48, maxZoom: 13, animate: false });
  }

  clicked(layer, event) {
    if (this.pin?.isArmed) return;
    const feature = event.features[0];
    event.originalEvent.stopPropagation();
    if (feature.properties.point_count) return this.open(layer, feature);
    this.show(feature.properties.key);
    this.popup(feature);
    this.tell("map:select", { layer: layer.key, ...feature.properties });
    const row = document.querySelector(`[data-map-key="${CSS.escape(feature.properties.key)}"]`);
    row?.scrollIntoView({ block: "nearest", behavior: STILL.matches ? "auto" : "smooth" });
  }

  async open(layer, feature) {
    const zoom = await this.chart.getSource(layer.key).getClusterExpansionZoom(feature.properties.cluster_id);
    this.chart.easeTo({ center: feature.geometry.coordinates, zoom, animate: !STILL.matches });
  }

  popup(feature) {
    this.balloon?.remove();
    const { label, note, url } = feature.properties;
    const body = document.createElement("div");
    const title = body.appendChild(document.createElement(url ? "a" : "b"));
    title.textContent = label;
    if (url) title.href = url;
    if (note) body.appendChild(document.createElement("p")).textContent = note;
    if (feature.properties.approximate) body.appendChild(document.createElement("p")).textContent = this.words.approximate;
    this.balloon = new Popup({ maxWidth: "280px", focusAfterOpen: false })
      .setLngLat(pointsOf(feature)[0]).setDOMContent(body).addTo(this.chart);
  }

  /** Mark one thing on the map and in every list that names it. */
  show(key) {
    this.selected = key;
    for (const layer of this.layers) {
      if (this.chart.getLayer(`${layer.key}-chosen`)) this.chart.setFilter(`${layer.key}-chosen`, ["==", ["get", "key"], key]);
    }
    this.showWay(key);
    for (const row of document.querySelectorAll("[data-map-key]")) {
      if (row.dataset.mapKey === key && key) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
  }

  showWay(key) {
    if (!this.chart.getLayer("ways-chosen")) return;
    const isWay = ["==", ["geometry-type"], "LineString"];
    const chosen = ["==", ["get", "key"], key];
    this.chart.setFilter("ways-chosen", ["all", isWay, chosen]);
    for (const id of ["ways-stop", "ways-number"]) this.chart.setFilter(id, ["all", ["!", isWay], chosen]);
  }

  focus({ key, lat, lon, zoom }) {
    const mark = key && this.marks.get(key);
    if (mark && mark.feature.geometry.type === "LineString") {
      this.show(key);
      return this.chart.fitBounds(boundsOf(pointsOf(mark.feature)), { padding: 56, maxZoom: 14, animate: !STILL.matches });
    }
    const centre = mark ? mark.feature.geometry.coordinates : lat !== undefined ? [lon, lat] : null;
    if (!centre) return;
    this.show(mark ? key : "");
    this.chart.easeTo({ center: centre, zoom: zoom || Math.max(this.chart.getZoom(), 12), animate: !STILL.matches });
  }

  /** Go to what a search has just put first in the list. */
  focusMarked(root) {
    const row = root.querySelector("[data-map-focus]");
    if (!row || row === this.gone) return;
    this.gone = row;
    const { mapKey: key, mapLat: lat, mapLon: lon } = row.dataset;
    this.focus({ key, lat: Number(lat), lon: Number(lon), zoom: 13 });
  }

  fromList(event) {
    const row = event.target.closest?.("[data-map-key]");
    if (!row || this.element.contains(row)) return;
    const { mapKey: key, mapLat: lat, mapLon: lon } = row.dataset;
    if (event.type === "click" && event.target.closest("a, button, summary, input")) return this.show(key);
    if (key && key === this.selected) return;
    this.focus({ key, ...(lat ? { lat: Number(lat), lon: Number(lon) } : {}) });
  }

  /** A tick in the legend shows or hides a layer. */
  toggle(box) {
    const layer = this.layers.find((one) => one.key === box.dataset?.mapLayer);
    if (!layer) return;
    layer.on = box.checked;
    this.load();
  }

  say(text) {
    const line = this.element.querySelector("[data-map-message]");
    line.textContent = text;
    line.hidden = !text;
  }

  tell(name, detail) {
    this.element.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }
}

/** @returns {number[][]} the points of a mark or a way */
function pointsOf(feature) {
  return feature.geometry.type === "LineString" ? feature.geometry.coordinates : [feature.geometry.coordinates];
}

function boundsOf(points) {
  const lons = points.map((point) => point[0]);
  const lats = points.map((point) => point[1]);
  return [[Math.min(...lons), Math.min(...lats)], [Math.max(...lons), Math.max(...lats)]];
}

/** Make every panel on the page (again after htmx has brought new ones). */
export function mount(root = document) {
  for (const element of root.querySelectorAll("[data-map]:not([data-map-mounted])")) {
    element.dataset.mapMounted = "yes";
    try {
      element.nuantuMap = new Panel(element);
    } catch (error) {
      const line = element.querySelector("[data-map-message]");
      line.textContent = JSON.parse(element.dataset.map).words.unavailable;
      line.hidden = false;
      element.classList.add("map-panel--off");
      element.dispatchEvent(new CustomEvent("map:failed", { bubbles: true, detail: { reason: String(error) } }));
    }
  }
}

mount();
document.body.addEventListener("htmx:load", (event) => {
  mount(event.target);
  for (const element of document.querySelectorAll("[data-map-mounted]")) element.nuantuMap?.focusMarked(document);
});
