// Shows which part of a photo a notice will show, before it is saved; the server cuts it by the same three figures.
// The frame is dragged with finger or mouse and moved with the keys; the sliders say the same in figures.
(() => {
  const part = document.querySelector("[data-framing]");
  if (!part) return;
  const find = (name) => part.querySelector(`[${name}]`);
  const [stage, whole, box, cut] = ["data-framing-stage", "data-whole", "data-frame-box", "data-cut"].map(find);
  const picture = new Image();
  let address = "";
  let drag = null;
  const field = (name) => part.querySelector(`[name=${name}]`);
  const value = (name) => Number(field(name).value) / 100;
  const put = (name, share) => {
    const { min, max } = field(name);
    field(name).value = Math.round(Math.min(Number(max), Math.max(Number(min), share * 100)));
  };

  // In pixels of the photo: the part that is cut out, and what is left over beside it.
  const frame = () => {
    const { naturalWidth: width, naturalHeight: height } = picture;
    const unit = Math.min(width / 3, height / 4) * value("share");
    const [wide, high] = [unit * 3, unit * 4];
    const [spareX, spareY] = [width - wide, height - high];
    return { width, height, wide, high, spareX, spareY, left: spareX * value("across"), upper: spareY * value("down") };
  };

  const draw = () => {
    const { width, height, wide, high, left, upper } = frame();
    const scale = 480 / Math.max(width, height);
    [whole.width, whole.height] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
    whole.getContext("2d").drawImage(picture, 0, 0, whole.width, whole.height);
    cut.getContext("2d").drawImage(picture, left, upper, wide, high, 0, 0, cut.width, cut.height);
    const percent = (share) => `${(share * 100).toFixed(2)}%`;
    Object.assign(box.style, {
      left: percent(left / width), top: percent(upper / height), width: percent(wide / width), height: percent(high / height),
    });
  };

  const show = (state) => {
    stage.hidden = state !== "cut" && state !== "kept";
    box.hidden = whole.parentElement.hidden = find("data-framing-sliders").hidden = state === "kept";
    find("data-framing-kept").hidden = state !== "kept";
    find("data-framing-broken").hidden = state !== "broken";
    if (state === "none") find("data-framing-sliders").hidden = true;
    if (state === "cut") draw();
    if (state === "kept") cut.getContext("2d").drawImage(picture, 0, 0, cut.width, cut.height);
  };

  const chosen = () => part.querySelector("[name=photo_which]:checked")?.value;
  const choose = () => {
    const file = part.querySelector("[type=file]").files[0];
    if (address) URL.revokeObjectURL(address);
    address = chosen() === "new" && file ? URL.createObjectURL(file) : "";
    const shown = address || part.querySelector(`[data-of=${chosen()}]`)?.src;
    if (shown) picture.src = shown;
    else show("none");
  };

  const move = (across, down) => {
    const { spareX, spareY, left, upper } = frame();
    if (spareX > 0) put("across", (left + across) / spareX);
    if (spareY > 0) put("down", (upper + down) / spareY);
    draw();
  };

  const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  box.addEventListener("keydown", (event) => {
    const way = KEYS[event.key];
    const size = { "+": 1, "=": 1, "-": -1, _: -1 }[event.key];
    if (!way && !size) return;
    event.preventDefault();
    const step = (event.shiftKey && way ? 0.1 : 0.02);
    if (size) {
      put("share", value("share") + size * step);
      draw();
    } else {
      // At least one hundredth of what is left over, or a small photo would not move at all.
      const { width, height, spareX, spareY } = frame();
      move(way[0] * Math.max(width * step, spareX / 100), way[1] * Math.max(height * step, spareY / 100));
    }
  });
  box.addEventListener("pointerdown", (event) => {
    box.setPointerCapture(event.pointerId);
    const { left, upper } = frame();
    drag = { x: event.clientX, y: event.clientY, left, upper };
  });
  box.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const { width, left, upper } = frame();
    const scale = width / whole.getBoundingClientRect().width;
    move(drag.left + (event.clientX - drag.x) * scale - left, drag.upper + (event.clientY - drag.y) * scale - upper);
  });
  for (const end of ["pointerup", "pointercancel"]) box.addEventListener(end, () => { drag = null; });

  picture.addEventListener("load", () => show(chosen() === "kept" ? "kept" : "cut"));
  picture.addEventListener("error", () => show("broken"));
  part.addEventListener("input", (event) => {
    if (!("frame" in event.target.dataset)) choose();
    else if (!stage.hidden) draw();
  });
  choose();
})();
