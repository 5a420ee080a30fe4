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
/** Its photos and videos, written only when one is added. */
export const DRAFT_FILES = "draft-files";
const GATED = ["to_station", "hospital", "police"];
/** Asked only where a dispatch led there. */
const OF_A_TIP = ["closes_tip", "breach_reason"];
/** Classes of an age that a reporter can tell. */
const OF_AN_AGE = ["minor", "elderly"];
const LONGEST_SIDE = 1600;

/** @typedef {{about: string, visit?: string, dispatch?: string, place: string, form?: string}} Where `form`: the command that another form than the contact makes */
/** @typedef {{name: string, blob: Blob}} Photo a photo, or a video as it was recorded */

/** @typedef {(code: string, data?: any) => void} Complain */

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

/** @param {CryptoKey} key @param {HTMLFormElement} form @param {Where} where @param {boolean} [files] one was added */
async function keepDraft(key, form, where, files = false) {
  await put("sealed", DRAFT, { text: await seal(key, { where, fields: fieldsOf(form) }, DRAFT) });
  if (!files) return;
  const shut = [];
  for (const { name, blob } of photos) shut.push({ name, type: blob.type, sealed: await sealBytes(key, await blob.arrayBuffer(), "draft-photo") });
  await put("sealed", DRAFT_FILES, shut);
}

/** @param {File | Blob} file */
export const isVideo = (file) => file.type.startsWith("video/");

/**
 * A file as it is kept: a photo scaled down, a video as it is. Throws "video" for one too large, "photo" for none.
 *
 * @param {File} file @param {number} most bytes of a video @returns {Promise<Photo>}
 */
export async function shrunk(file, most) {
  if (!isVideo(file)) return { name: "photo.jpg", blob: await scaled(file) };
  if (file.size > most) throw new Error("video");
  return { name: "video", blob: file };
}

/** An entry that was begun and not saved. @param {CryptoKey} key @returns {Promise<{where: Where, fields: [string, string][], photos: Photo[]} | null>} */
export async function draftOf(key) {
  const held = await get("sealed", DRAFT);
  if (!held) return null;
  const kept = [];
  for (const { name, type, sealed } of (await get("sealed", DRAFT_FILES)) || held.photos || []) kept.push({ name, blob: new Blob([await openBytes(key, sealed, "draft-photo")], { type }) });
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

/**
 * What the reporter of the tip took somebody for holds until the team knows an age, as the server judges it.
 *
 * @param {any} bundle @param {Where} where @param {[string, string][]} fields @returns {[string, string][]}
 */
function reported(bundle, where, fields) {
  if (!where.dispatch || fields.some(([name]) => name === "age")) return [];
  const stops = (bundle.runs || []).flatMap((/** @type {any} */ one) => one.stops);
  const run = [...(bundle.dispatches || []), ...stops].find((/** @type {any} */ one) => [one.id, one.dispatch].includes(where.dispatch));
  return (run?.dangers || []).filter((/** @type {string} */ one) => OF_AN_AGE.includes(one)).map((/** @type {string} */ one) => ["classes", one]);
}

/** The way that the form shows: closed ends, whom to call, the gate. @param {HTMLFormElement} form @param {any} bundle @param {Where} where */
function advise(form, bundle, where) {
  const fields = fieldsOf(form);
  const rows = holding(bundle.choices?.closed || [], [...fields, ...reported(bundle, where, fields)]);
  const closed = [...new Set(rows.flatMap((row) => row.ends || []))];
  const calls = [...new Map(rows.flatMap((row) => row.calls || []).map((one) => [one.number, { ...one, tel: `tel:${one.number}` }])).values()];
  const path = form.querySelector("#path");
  const whys = [...new Set(rows.map((row) => row.why).filter(Boolean))].map((why) => ({ why }));
  const says = [...new Set(rows.flatMap((row) => row.says || []))].map((line) => ({ line }));
  const ends = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-end]")]);
  const ways = ends.filter((one) => !closed.includes(one.dataset.end || "")).map((one) => one.textContent?.trim());
  if (path) draw(path, "path", { calls, whys, says, ways: closed.length ? ways.join(path.getAttribute("data-comma") || " ") : "", closed: closed.join(" ") });
  const end = new FormData(form).get("outcome");
  const gate = /** @type {HTMLFieldSetElement | null} */ (form.querySelector("#gate fieldset"));
  if (gate) {
    const mayAgree = !closed.length && form.querySelector(".consent :checked") !== null;
    gate.disabled = mayAgree || !GATED.includes(String(end));
    gate.hidden = gate.disabled;
    form.querySelector(".consent")?.toggleAttribute("hidden", !GATED.includes(String(end)));
    proposed(gate, rows.flatMap((row) => row.bases || []));
  }
  return { closed, end };
}

/** The law of the class at the gate, as the page online puts it in. @param {HTMLFieldSetElement} gate @param {string[]} bases */
function proposed(gate, bases) {
  const basis = gate.elements.namedItem("legal_basis");
  gate.querySelector("datalist")?.replaceChildren(...[...new Set(bases)].map((value) => Object.assign(document.createElement("option"), { value })));
  if (!(basis instanceof HTMLInputElement) || (basis.value && basis.value !== basis.dataset.proposed)) return;
  basis.value = basis.dataset.proposed = gate.disabled ? "" : bases[0] || "";
}

/** The first field that an answer asks for, or the form always, and that is empty; questions that are not asked are put away. @param {HTMLFormElement} form */
function lacking(form) {
  const told = fieldsOf(form).map(([name, value]) => `${name}=${value}`);
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-asked]"))) one.hidden = !(one.dataset.asked || "").split(" ").some((answer) => told.includes(answer));
  const asked = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[data-asked]:not([hidden], [data-optional]) [name], [required]"));
  return [...asked].find((one) => !one.value.trim());
}

/** @param {HTMLFormElement} form */
function showPhotos(form) {
  const line = /** @type {HTMLElement | null} */ (form.querySelector("[data-photos]"));
  if (!line) return;
  const videos = photos.filter((one) => isVideo(one.blob)).length;
  line.hidden = !photos.length;
  line.textContent = said((videos ? line.dataset.both : line.dataset.form) || "", { n: photos.length - videos, videos });
}

/** @param {HTMLFormElement} form @param {HTMLInputElement} input @param {number} most @param {Complain} complain */
async function takePhotos(form, input, most, complain) {
  for (const file of input.files || []) {
    try {
      photos.push(await shrunk(file, most));
    } catch (/** @type {any} */ error) {
      complain(error?.message === "video" ? "video" : "photo", { n: Math.floor(most / 1_000_000) });
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
 * @param {Complain} complain
 */
export async function openForm(box, { key, bundle, where }, save, complain) {
  const draft = await draftOf(key);
  draw(box, where.form ? "errand" : "contact", { place: where.place, restored: draft });
  const form = /** @type {HTMLFormElement} */ (box.querySelector("#contact, #errand"));
  const fragment = new DOMParser().parseFromString(bundle.forms?.[where.form || "contact"] || "", "text/html");
  form.querySelector("[data-fragment]")?.replaceWith(...document.adoptNode(fragment.body).childNodes);
  photos = draft?.photos || [];
  if (!where.dispatch) {
    for (const name of OF_A_TIP) form.querySelector(`[name="${name}"]`)?.closest(".field")?.remove();
  }
  const place = form.elements.namedItem("place");
  if (!where.form && place instanceof HTMLInputElement && !place.value) place.value = where.place;
  if (draft) putBack(form, draft.fields);
  form.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: form } }));
  advise(form, bundle, where);
  lacking(form);
  showPhotos(form);
  const kept = (files = false) => (writing = writing.then(() => keepDraft(key, form, where, files)).catch(() => complain("draft")));
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => kept(), 300);
  });
  form.addEventListener("change", async (event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    if (input.type === "file") await takePhotos(form, input, bundle.limits?.video_bytes ?? 0, complain);
    advise(form, bundle, where);
    lacking(form);
    clearTimeout(timer);
    await kept(input.type === "file");
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    await writing;
    const { closed, end } = advise(form, bundle, where);
    const empty = where.form ? lacking(form) : undefined;
    if (empty) {
      complain("need_field", { what: empty.labels?.[0]?.firstChild?.textContent?.trim() || empty.name });
      empty.focus();
    } else if (where.form) await save(fieldsOf(form), photos);
    else if (!end) complain("outcome");
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
  await put("sealed", DRAFT_FILES, null);
}
