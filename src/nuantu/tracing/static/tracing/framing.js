// Shows which part of a photo a notice will show; the server cuts it by the same three figures.
(() => {
  const part = document.querySelector("[data-framing]");
  if (!part) return;
  const canvas = part.querySelector("canvas");
  const picture = new Image();
  let address = "";
  const value = (name) => Number(part.querySelector(`[name=${name}]`).value) / 100;

  const draw = () => {
    canvas.hidden = !picture.naturalWidth;
    if (canvas.hidden) return;
    const { naturalWidth: width, naturalHeight: height } = picture;
    const unit = Math.min(width / 3, height / 4) * value("share");
    const left = (width - unit * 3) * value("across");
    const upper = (height - unit * 4) * value("down");
    canvas.getContext("2d").drawImage(picture, left, upper, unit * 3, unit * 4, 0, 0, canvas.width, canvas.height);
  };

  const choose = () => {
    const which = part.querySelector("[name=photo_which]:checked")?.value;
    const file = part.querySelector("[type=file]").files[0];
    if (address) URL.revokeObjectURL(address);
    address = which === "new" && file ? URL.createObjectURL(file) : "";
    const shown = address || (which === "person" ? part.querySelector("[data-of=person]")?.src : "");
    if (shown) picture.src = shown;
    else canvas.hidden = true;
  };

  picture.addEventListener("load", draw);
  part.addEventListener("input", (event) => ("frame" in event.target.dataset ? draw() : choose()));
  choose();
})();
