/** How the map looks: colours come from the design's tokens, so that both themes are one style. */

const EMPTY = { type: "FeatureCollection", features: [] };
const NAMES = ["ink", "ink-2", "paper", "surface", "edge", "line", "teal", "teal-strong", "on-teal", "amber", "on-amber", "red", "on-red", "map-land", "map-water", "map-line"];

/** @returns {Record<string, string>} every token the map uses, as the page has it now */
export function palette() {
  const computed = getComputedStyle(document.documentElement);
  return Object.fromEntries(NAMES.map((name) => [name, computed.getPropertyValue(`--${name}`).trim()]));
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
    ...(settings.tiles.length ? [] : places(colours)),
  );
  return style;
}

function places(colours) {
  const isCounty = ["==", ["get", "state"], "county"];
  const label = (size, offset) => ({
    "text-field": ["get", "label"], "text-size": size, "text-offset": [0, offset], "text-anchor": "top", "text-optional": true,
  });
  const paint = { "text-color": colours["ink-2"], "text-halo-color": colours["map-land"], "text-halo-width": 1.5 };
  return [
    { id: "town-dots", type: "circle", source: "towns", filter: ["!", isCounty], minzoom: 9, paint: { "circle-radius": 2.5, "circle-color": colours["map-line"] } },
    { id: "county-dots", type: "circle", source: "towns", filter: isCounty, paint: { "circle-radius": 3, "circle-color": colours.edge, "circle-stroke-color": colours["map-land"], "circle-stroke-width": 1 } },
    { id: "town-names", type: "symbol", source: "towns", filter: ["!", isCounty], minzoom: 10, layout: label(11, 0.4), paint },
    { id: "county-names", type: "symbol", source: "towns", filter: isCounty, layout: label(13, 0.5), paint: { ...paint, "text-color": colours.ink } },
  ];
}

/**
 * Draw a layer: near marks as one with their number, each mark a disc with its character. States:
 * shut is hollow, amber and red are filled with those colours; the character says it without colour.
 * @returns {string[]} ids that can be clicked
 */
export function drawLayer(chart, layer, data, colours) {
  const { key } = layer;
  const full = colours[layer.colour] || colours.ink;
  const one = ["!", ["has", "point_count"]];
  const hollow = ["==", ["get", "state"], "shut"];
  const fill = ["match", ["get", "state"], "shut", colours.surface, "amber", colours.amber, "red", colours.red, full];
  const ink = ["match", ["get", "state"], "shut", full, "amber", colours["on-amber"], "red", colours["on-red"], colours.surface];
  chart.addSource(key, { type: "geojson", data, cluster: layer.cluster, clusterRadius: 26, clusterMaxZoom: 11 });
  chart.addLayer({ id: `${key}-chosen`, type: "circle", source: key, filter: ["==", ["get", "key"], ""],
    paint: { "circle-radius": 17, "circle-color": colours.surface, "circle-stroke-color": colours.ink, "circle-stroke-width": 3 } });
  chart.addLayer({ id: `${key}-many`, type: "circle", source: key, filter: ["has", "point_count"],
    paint: { "circle-radius": 13, "circle-color": colours.surface, "circle-stroke-color": full, "circle-stroke-width": 3 } });
  chart.addLayer({ id: `${key}-count`, type: "symbol", source: key, filter: ["has", "point_count"],
    layout: { "text-field": ["concat", layer.mark, ["get", "point_count_abbreviated"]], "text-size": 11, "text-allow-overlap": true },
    paint: { "text-color": colours.ink } });
  chart.addLayer({ id: `${key}-one`, type: "circle", source: key, filter: one,
    paint: { "circle-radius": 11, "circle-color": fill, "circle-stroke-color": ["case", hollow, full, colours.surface], "circle-stroke-width": 2,
      "circle-opacity": ["case", ["get", "approximate"], 0.75, 1] } });
  chart.addLayer({ id: `${key}-mark`, type: "symbol", source: key, filter: one,
    layout: { "text-field": layer.mark, "text-size": 12, "text-allow-overlap": true }, paint: { "text-color": ink } });
  chart.addLayer({ id: `${key}-name`, type: "symbol", source: key, filter: one, minzoom: 12.5,
    layout: { "text-field": ["get", "label"], "text-size": 12, "text-offset": [0, 1.1], "text-anchor": "top", "text-optional": true },
    paint: { "text-color": colours.ink, "text-halo-color": colours["map-land"], "text-halo-width": 1.5 } });
  return [`${key}-one`, `${key}-many`];
}
