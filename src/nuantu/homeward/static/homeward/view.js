/**
 * The map of wearers asks the server for the part that is looked at, and again whenever it has moved.
 *
 *   <div data-wearers-view="address">{% map_panel layers="wearers" %}</div>
 */

const WAIT = 200;

function follow(box) {
  const panel = box.querySelector("[data-map]")?.nuantuMap;
  const layer = panel?.layers.find((one) => one.key === "wearers");
  if (!layer) return false;
  let waiting = 0;
  const ask = () => {
    const bounds = panel.chart.getBounds();
    const part = [bounds.getSouth(), bounds.getWest(), bounds.getNorth(), bounds.getEast()];
    layer.url = `${box.dataset.wearersView}?view=${part.map((value) => value.toFixed(5)).join(",")}`;
    panel.load();
  };
  panel.chart.on("moveend", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, WAIT);
  });
  ask();
  return true;
}

for (const box of document.querySelectorAll("[data-wearers-view]")) {
  if (!follow(box)) box.addEventListener("map:ready", () => follow(box), { once: true });
}
