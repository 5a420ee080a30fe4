// @ts-check
/**
 * The contact form without a line: the server's own form from the bundle. What would need the server is
 * shown from the start where it may apply (the gate) or follows its table (which ends are closed).
 * What is typed is kept sealed while it is typed; photos are scaled down before they are kept.
 */

import { open, openBytes, seal, sealBytes } from "./seal.js";
import { get, put } from "./store.js";
import { draw, said } from "./draw.js";

export const DRAFT = "draft";
const GATED = ["to_station", "hospital", "police"];
/** Asked only where a dispatch led there. */
const OF_A_TIP = ["closes_tip", "breach_reason"];
const LONGEST_SIDE = 1600;

/** @typedef {{about: string, visit?: string, dispatch?: string, place: string}} Where */
/** @typedef {{name: string, blob: Blob}} Photo */

/** @type {Photo[]} */
let photos = [];
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** The draft being written; an entry is saved after it, so that no draft comes back from behind. */
let writing = Promise.resolve();

/** A photo no larger than the office needs; what cannot be read as a picture is refused. @param {Blob} file @returns {Promise<Blob>} */
export async function scaled(file) {
  const image = await createImageBitmap(file);
  const factor = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.width * factor);
  canvas.height = Math.round(image.height * factor);
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("photo"))), "image/jpeg", 0.8));
}

/** @param {HTMLFormElement} form @returns {[string, string][]} what is said, hidden and switched-off fields left out */
function fieldsOf(form) {
  return /** @type {[string, string][]} */ ([...new FormData(form)].filter(([, value]) => typeof value === "string" && value !== ""));
}

/** @param {CryptoKey} key @param {HTMLFormElement} form @param {Where} where */
async function keepDraft(key, form, where) {
  const shut = [];
  for (const { name, blob } of photos) shut.push({ name, type: blob.type, sealed: await sealBytes(key, await blob.arrayBuffer(), "draft-photo") });
  await put("sealed", DRAFT, { text: await seal(key, { where, fields: fieldsOf(form) }, DRAFT), photos: shut });
}

/** An entry that was begun and not saved. @param {CryptoKey} key @returns {Promise<{where: Where, fields: [string, string][], photos: Photo[]} | null>} */
export async function draftOf(key) {
  const held = await get("sealed", DRAFT);
  if (!held) return null;
  const kept = [];
  for (const { name, type, sealed } of held.photos) kept.push({ name, blob: new Blob([await openBytes(key, sealed, "draft-photo")], { type }) });
  return { ...(await open(key, held.text, DRAFT)), photos: kept };
}

/** @param {HTMLFormElement} form @param {[string, string][]} fields */
function putBack(form, fields) {
  for (const one of /** @type {HTMLInputElement[]} */ ([...form.elements])) {
    const values = fields.filter(([name]) => name === one.name).map(([, value]) => value);
    if (!one.name || one.type === "file") continue;
    if (/checkbox|radio/.test(one.type)) one.checked = values.includes(one.value);
    else if (values.length) one.value = values[0];
  }
}

/** Which rows of the server's table hold for what stands in the form. @param {any[]} table @param {[string, string][]} fields */
function holding(table, fields) {
  return table.filter((row) =>
    fields.some(([name, value]) => {
      if (name !== row.name) return false;
      if ("below" in row) return Number(value) < row.below;
      return "from" in row ? Number(value) >= row.from : value === row.value;
    }),
  );
}

/** The way that the form shows: closed ends, whom to call, the gate. @param {HTMLFormElement} form @param {any} bundle */
function advise(form, bundle) {
  const fields = fieldsOf(form);
  const rows = holding(bundle.choices?.closed || [], fields);
  const closed = [...new Set(rows.flatMap((row) => row.ends || []))];
  const calls = [...new Map(rows.flatMap((row) => row.calls || []).map((one) => [one.number, { ...one, tel: `tel:${one.number}` }])).values()];
  const path = form.querySelector("#path");
  const whys = [...new Set(rows.map((row) => row.why).filter(Boolean))].map((why) => ({ why }));
  if (path) draw(path, "path", { calls, whys, closed: closed.join(" ") });
  const end = new FormData(form).get("outcome");
  const gate = /** @type {HTMLFieldSetElement | null} */ (form.querySelector("#gate fieldset"));
  if (gate) {
    const mayAgree = !rows.length && form.querySelector(".consent :checked") !== null;
    gate.disabled = mayAgree || !GATED.includes(String(end));
    gate.hidden = gate.disabled;
    form.querySelector(".consent")?.toggleAttribute("hidden", !GATED.includes(String(end)));
  }
  return { closed, end };
}

/** @param {HTMLFormElement} form */
function showPhotos(form) {
  const line = /** @type {HTMLElement | null} */ (form.querySelector("[data-photos]"));
  if (!line) return;
  line.hidden = !photos.length;
  line.textContent = said(line.dataset.form || "", { n: photos.length });
}

/** @param {HTMLFormElement} form @param {HTMLInputElement} input @param {(words: string) => void} complain */
async function takePhotos(form, input, complain) {
  for (const file of input.files || []) {
    try {
      photos.push({ name: "photo.jpg", blob: await scaled(file) });
    } catch {
      complain("photo");
    }
  }
  input.value = "";
  showPhotos(form);
}

/**
 * Put the form up. `save` gets what was said and throws where the phone could not keep it: the form stays.
 *
 * @param {Element} box
 * @param {{key: CryptoKey, bundle: any, where: Where}} at
 * @param {(fields: [string, string][], photos: Photo[]) => Promise<void>} save
 * @param {(code: string) => void} complain
 */
export async function openForm(box, { key, bundle, where }, save, complain) {
  const draft = await draftOf(key);
  draw(box, "contact", { place: where.place, restored: draft });
  const form = /** @type {HTMLFormElement} */ (box.querySelector("#contact"));
  const fragment = new DOMParser().parseFromString(bundle.forms?.contact || "", "text/html");
  form.querySelector("[data-fragment]")?.replaceWith(...document.adoptNode(fragment.body).childNodes);
  photos = draft?.photos || [];
  if (!where.dispatch) {
    for (const name of OF_A_TIP) form.querySelector(`[name="${name}"]`)?.closest(".field")?.remove();
  }
  const place = form.elements.namedItem("place");
  if (place instanceof HTMLInputElement && !place.value) place.value = where.place;
  if (draft) putBack(form, draft.fields);
  form.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: form } }));
  advise(form, bundle);
  showPhotos(form);
  const kept = () => (writing = writing.then(() => keepDraft(key, form, where)).catch(() => complain("draft")));
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(kept, 300);
  });
  form.addEventListener("change", async (event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    if (input.type === "file") await takePhotos(form, input, complain);
    advise(form, bundle);
    clearTimeout(timer);
    await kept();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    await writing;
    const { closed, end } = advise(form, bundle);
    if (!end) complain("outcome");
    else if (closed.includes(String(end))) complain("closed");
    else await save(fieldsOf(form), photos);
    form.dispatchEvent(new CustomEvent("nuantu:unsent", { bubbles: true }));
  });
}

/** The entry is not wanted, or was saved. */
export async function dropDraft() {
  clearTimeout(timer);
  await writing;
  photos = [];
  await put("sealed", DRAFT, null);
}
