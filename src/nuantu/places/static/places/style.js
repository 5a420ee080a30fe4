/** How the map looks: colours come from the design's tokens, so that both themes are one style. */

const EMPTY = { type: "FeatureCollection", features: [] };
const NEAR_ZOOM = 11;
const ASIDE = 18;
const NAMES = ["ink", "ink-2", "paper", "surface", "edge", "line", "teal", "teal-strong", "on-teal", "amber", "on-amber", "red", "on-red", "map-land", "map-water", "map-line", "way-1", "way-2", "way-3", "way-4", "way-5", "way-6"];
const WARNINGS = ["warn-blue", "warn-yellow", "warn-orange", "warn-red"];

/** @returns {Record<string, string>} every token the map uses, as the page has it now */
export function palette() {
  const computed = getComputedStyle(document.documentElement);
  return Object.fromEntries([...NAMES, ...WARNINGS, ...WARNINGS.map((name) => `on-${name}`)].map((name) => [name, computed.getPropertyValue(`--${name}`).trim()]));
}

/** Tiles of the configured source where there is one, else land, border, towns. No glyph server. */
export function backdrop(settings, colours) {
  const style = {
    version: 8,
    sources: {
      outline: { type: "geojson", data: settings.outline || EMPTY },
      towns: { type: "geojson", data: settings.towns || EMPTY },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colours["map-water"] } },
      { id: "land", type: "fill", source: "outline", paint: { "fill-color": colours["map-land"] } },
    ],
  };
  if (settings.tiles.length) {
    style.sources.tiles = { type: "raster", tiles: settings.tiles, tileSize: 256, maxzoom: 18 };
    style.layers.push({ id: "tiles", type: "raster", source: "tiles" });
  }
  style.layers.push(
    { id: "border", type: "line", source: "outline", paint: { "line-color": colours["map-line"], "line-width": 1.5 } },
    ...(settings.tiles.length ? [] : places(colours, settings.layers.length)),
  );
  return style;
}

function places(colours, layers) {
  const beside = layers > 1 ? ["step", ["zoom"], 2.6, NEAR_ZOOM, 0.6] : layers ? 1.2 : 0.6;
  const isCounty = ["==", ["get", "state"], "county"];
  const label = (size, offset) => ({
    "text-field": ["get", "label"], "text-size": size, "text-variable-anchor": ["top", "bottom", "left", "right", "top-left", "bottom-right"],
    "text-radial-offset": offset, "text-justify": "auto",
  });
  const paint = { "text-color": colours["ink-2"], "text-halo-color": colours["map-land"], "text-halo-width": 1.5 };
  return [
    { id: "town-dots", type: "circle", source: "towns", filter: ["!", isCounty], minzoom: 9, paint: { "circle-radius": 2.5, "circle-color": colours["map-line"] } },
    { id: "county-dots", type: "circle", source: "towns", filter: isCounty, paint: { "circle-radius": 3, "circle-color": colours.edge, "circle-stroke-color": colours["map-land"], "circle-stroke-width": 1 } },
    { id: "town-names", type: "symbol", source: "towns", filter: ["!", isCounty], minzoom: 10, layout: label(11, 0.5), paint },
    { id: "county-names", type: "symbol", source: "towns", filter: isCounty, layout: label(13, beside), paint: { ...paint, "text-color": colours.ink } },
  ];
}

/**
 * Draw a layer: near marks as one with their number, each mark a disc with its character. States:
 * shut is hollow; amber, red and the four colours of a warning fill the disc; the character says it without colour.
 * Seen from far, the layers stand in a circle around the spot, so that none hides another.
 * @returns {string[]} ids that can be clicked
 */
export function drawLayer(chart, layer, place, colours) {
  const { key } = layer;
  const full = colours[layer.colour] || colours.ink;
  const one = ["!", ["has", "point_count"]];
  const many = ["has", "point_count"];
  const hollow = ["==", ["get", "state"], "shut"];
  const fill = ["match", ["get", "state"], "shut", colours.surface, "amber", colours.amber, "red", colours.red, ...WARNINGS.flatMap((name) => [name, colours[name]]), full];
  const ink = ["match", ["get", "state"], "shut", full, "amber", colours["on-amber"], "red", colours["on-red"], ...WARNINGS.flatMap((name) => [name, colours[`on-${name}`]]), colours.surface];
  const halo = { "text-color": colours.ink, "text-halo-color": colours["map-land"], "text-halo-width": 1.5 };
  const aside = offset(place);
  const disc = (id, filter, paint) => chart.addLayer({ id: `${key}-${id}`, type: "circle", source: key, filter, paint: { "circle-translate": aside, ...paint } });
  const sign = (id, text, paint) => chart.addLayer({ id: `${key}-${id}`, type: "symbol", source: key, filter: id === "count" ? many : one,
    layout: { "text-field": text, "text-size": id === "count" ? 11 : 12, "text-allow-overlap": true, "text-padding": 8 },
    paint: { "text-translate": aside, ...paint } });
  chart.addSource(key, { type: "geojson", data: EMPTY, cluster: layer.cluster, clusterRadius: 26, clusterMaxZoom: NEAR_ZOOM - 1 });
  disc("chosen", ["==", ["get", "key"], ""], { "circle-radius": 17, "circle-color": colours.surface, "circle-stroke-color": colours.ink, "circle-stroke-width": 3 });
  disc("many", many, { "circle-radius": 13, "circle-color": colours.surface, "circle-stroke-color": full, "circle-stroke-width": 3 });
  sign("count", ["concat", layer.mark, ["get", "point_count_abbreviated"]], { "text-color": colours.ink });
  disc("one", one, { "circle-radius": 11, "circle-color": fill, "circle-stroke-color": ["case", hollow, full, colours.surface], "circle-stroke-width": 2,
    "circle-opacity": ["case", ["get", "approximate"], 0.75, 1] });
  sign("mark", layer.mark, { "text-color": ink });
  chart.addLayer({ id: `${key}-name`, type: "symbol", source: key, filter: one, minzoom: 12.5,
    layout: { "text-field": ["get", "label"], "text-size": 12, "text-offset": [0, 1.1], "text-anchor": "top", "text-optional": true }, paint: halo });
  return [`${key}-one`, `${key}-many`];
}

/** The layer's place in the circle: pixels aside while the map shows a whole prefecture. */
function offset({ index, count }) {
  if (count < 2) return [0, 0];
  const angle = (2 * Math.PI * index) / count - Math.PI / 2;
  const aside = [Math.round(ASIDE * Math.cos(angle)), Math.round(ASIDE * Math.sin(angle))];
  return ["step", ["zoom"], ["literal", aside], NEAR_ZOOM, ["literal", [0, 0]]];
}

const DASHES = [[1, 0], [3, 1.6], [0.4, 1.8], [4, 1.4, 0.4, 1.4]];

/**
 * Draw ways: `style` is colour 1 to 6, `dash` 0 to 3, so that colour never speaks alone; the label stands on
 * the way. The stops of the chosen way are numbered.
 * @returns {string[]} ids that can be clicked
 */
export function drawWays(chart, data, colours) {
  const isWay = ["==", ["geometry-type"], "LineString"];
  const colour = ["match", ["get", "style"], ...[1, 2, 3, 4, 5, 6].flatMap((n) => [n, colours[`way-${n}`]]), colours.ink];
  const chosen = ["==", ["get", "key"], ""];
  chart.addSource("ways", { type: "geojson", data });
  const line = (id, filter, paint) => chart.addLayer({ id: `ways-${id}`, type: "line", source: "ways", filter,
    layout: { "line-join": "round" }, paint });
  line("chosen", ["all", isWay, chosen], { "line-color": colours.ink, "line-width": 9, "line-opacity": 0.35 });
  line("edge", isWay, { "line-color": colours["map-land"], "line-width": 6 });
  const ids = DASHES.map((dash, index) => {
    line(`dash-${index}`, ["all", isWay, ["==", ["get", "dash"], index]], { "line-color": colour, "line-width": 3, "line-dasharray": dash });
    return `ways-dash-${index}`;
  });
  const halo = { "text-color": colour, "text-halo-color": colours["map-land"], "text-halo-width": 2 };
  chart.addLayer({ id: "ways-name", type: "symbol", source: "ways", filter: isWay,
    layout: { "symbol-placement": "line", "symbol-spacing": 160, "text-field": ["get", "mark"], "text-size": 13, "text-keep-upright": true, "text-rotation-alignment": "viewport" }, paint: halo });
  chart.addLayer({ id: "ways-stop", type: "circle", source: "ways", filter: ["all", ["!", isWay], chosen],
    paint: { "circle-radius": 10, "circle-color": colours.surface, "circle-stroke-color": colour, "circle-stroke-width": 3 } });
  chart.addLayer({ id: "ways-number", type: "symbol", source: "ways", filter: ["all", ["!", isWay], chosen],
    layout: { "text-field": ["to-string", ["get", "number"]], "text-size": 12, "text-allow-overlap": true }, paint: { "text-color": colours.ink } });
  return ids;
}
