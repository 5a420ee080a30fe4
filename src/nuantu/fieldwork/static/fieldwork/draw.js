// @ts-check
/**
 * Screens are templates that the server rendered, with their words in them; here they are filled in.
 *
 * `data-if="name"` leaves out what does not apply (`!name` turns it round), `<template data-each="name">`
 * repeats, `data-t="name"` puts text (through `data-form="… {name} …"` where there is one), and
 * `data-set="attribute:name …"` puts attributes. Nothing is ever read as HTML.
 */

/** @param {any} data @param {string} path */
function value(data, path) {
  return path.split(".").reduce((here, part) => here?.[part], data);
}

/** @param {any} data @param {string} name */
function holds(data, name) {
  const said = value(data, name.replace("!", ""));
  const is = Array.isArray(said) ? said.length > 0 : said !== null && said !== undefined && said !== false && said !== "" && said !== 0;
  return name.startsWith("!") ? !is : is;
}

/** @param {string} form @param {any} data */
export function said(form, data) {
  return form.replace(/\{(\w+)\}/g, (_all, name) => String(value(data, name) ?? ""));
}

/** @param {DocumentFragment | Element} root @param {any} data */
function fill(root, data) {
  for (const one of root.querySelectorAll("[data-if]")) {
    const names = /** @type {HTMLElement} */ (one).dataset.if || "";
    if (!names.split(" ").every((name) => holds(data, name))) one.remove();
  }
  for (const one of /** @type {NodeListOf<HTMLTemplateElement>} */ (root.querySelectorAll("template[data-each]"))) {
    for (const item of value(data, one.dataset.each || "") || []) {
      const copy = /** @type {DocumentFragment} */ (one.content.cloneNode(true));
      fill(copy, { ...data, ...item });
      one.before(copy);
    }
    one.remove();
  }
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-t]"))) {
    const word = value(data, one.dataset.t || "");
    one.textContent = one.dataset.form ? said(one.dataset.form, data) : String(word ?? "");
    delete one.dataset.t;
  }
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-set]"))) {
    for (const pair of (one.dataset.set || "").split(" ")) {
      const [attribute, name] = pair.split(":");
      const word = value(data, name);
      if (word !== false) one.setAttribute(attribute, word === true ? "" : String(word ?? ""));
    }
    delete one.dataset.set;
  }
}

/** What was typed, opened and focused, by form and name. @param {Element} box */
function typedIn(box) {
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (box.querySelectorAll("form[data-key] [name]:not(button)"));
  const typed = new Map([...fields].map((one) => [keyOf(one), /checkbox|radio/.test(one.type) ? one.checked : one.value]));
  const photos = new Map([...fields].filter((one) => one.type === "file").map((one) => [keyOf(one), one]));
  const opened = new Set([...box.querySelectorAll("details[open][data-key]")].map((one) => one.getAttribute("data-key")));
  const at = document.activeElement instanceof HTMLInputElement || document.activeElement instanceof HTMLTextAreaElement ? keyOf(document.activeElement) : "";
  return { typed, photos, opened, at };
}

/** @param {HTMLInputElement | HTMLTextAreaElement} one */
function keyOf(one) {
  return `${one.form?.dataset.key} ${one.name} ${one instanceof HTMLInputElement && /radio/.test(one.type) ? one.value : ""}`;
}

/** Put a screen up; what stands half typed in the one before, under the same key, stays. @param {Element} box @param {string} name @param {any} data */
export function draw(box, name, data) {
  const screen = /** @type {HTMLTemplateElement | null} */ (document.querySelector(`template[data-screen="${name}"]`));
  if (!screen) throw new Error(`no screen ${name}`);
  const part = /** @type {DocumentFragment} */ (screen.content.cloneNode(true));
  fill(part, data);
  const before = typedIn(box);
  box.replaceChildren(part);
  for (const one of box.querySelectorAll("details[data-key]")) {
    if (before.opened.has(one.getAttribute("data-key"))) one.setAttribute("open", "");
  }
  for (const one of /** @type {NodeListOf<HTMLInputElement>} */ (box.querySelectorAll("form[data-key] [name]:not(button)"))) {
    const was = before.typed.get(keyOf(one));
    const photo = before.photos.get(keyOf(one));
    if (photo) one.replaceWith(photo); // a file cannot be put back, and the camera may still be open: its field stays
    if (one.type === "file" || one.type === "hidden" || was === undefined) continue;
    if (typeof was === "boolean") one.checked = was;
    else one.value = was;
    if (keyOf(one) === before.at) one.focus();
  }
  box.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: box } }));
}
