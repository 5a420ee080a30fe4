/** A corner of a polygon is where the pin stands: the button adds it to the list of corners. */

const button = document.querySelector("[data-add-corner]");
const corners = document.getElementById("id_corners");
const [lat, lon] = ["id_lat", "id_lon"].map((id) => document.getElementById(id));

button?.addEventListener("click", () => {
  if (!lat.value || !lon.value) return;
  const before = corners.value.trim();
  corners.value = `${before ? `${before}\n` : ""}${lat.value},${lon.value}`;
  corners.dispatchEvent(new Event("input", { bubbles: true }));
});
if (button) button.hidden = false;
