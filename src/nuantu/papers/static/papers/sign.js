// @ts-check
/** A signature drawn with finger, pen or mouse; it leaves as a PNG in a hidden field. */

const INK = "#111111";

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("[data-sign]"))) {
  const pad = /** @type {HTMLCanvasElement | null} */ (form.querySelector("[data-pad]"));
  const field = /** @type {HTMLInputElement | null} */ (form.querySelector("[name=drawn]"));
  const pen = pad?.getContext("2d");
  if (pad && field && pen) ready(form, pad, pen, field);
}

/**
 * @param {HTMLFormElement} form @param {HTMLCanvasElement} pad
 * @param {CanvasRenderingContext2D} pen @param {HTMLInputElement} field
 */
function ready(form, pad, pen, field) {
  let isDown = false;
  let isDrawn = false;
  pen.lineWidth = 7;
  pen.lineCap = "round";
  pen.lineJoin = "round";
  pen.strokeStyle = INK;

  /** @param {PointerEvent} event */
  const place = (event) => {
    const box = pad.getBoundingClientRect();
    return [
      ((event.clientX - box.left) * pad.width) / box.width,
      ((event.clientY - box.top) * pad.height) / box.height,
    ];
  };
  pad.addEventListener("pointerdown", (event) => {
    isDown = true;
    pad.setPointerCapture(event.pointerId);
    const [x, y] = place(event);
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(x + 0.1, y);
    pen.stroke();
    isDrawn = true;
  });
  pad.addEventListener("pointermove", (event) => {
    if (!isDown) return;
    const [x, y] = place(event);
    pen.lineTo(x, y);
    pen.stroke();
  });
  for (const end of ["pointerup", "pointercancel"]) pad.addEventListener(end, () => (isDown = false));
  form.querySelector("[data-pad-clear]")?.addEventListener("click", () => {
    pen.clearRect(0, 0, pad.width, pad.height);
    isDrawn = false;
  });
  form.addEventListener("submit", () => {
    field.value = isDrawn ? pad.toDataURL("image/png") : "";
  });
}
