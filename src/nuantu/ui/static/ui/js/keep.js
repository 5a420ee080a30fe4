// @ts-check
/**
 * What is typed is not lost: each post form is kept in this browser while it is filled in, and
 * put back after a lost line, an ended session, a crash or an error. Cleared when it was sent.
 *
 * In the tab (sessionStorage), for a day at most: on the device it would lie in clear, and the field
 * app keeps sealed what has to outlive the tab. Passwords, hidden fields, files and fields with
 * data-sealed are never kept; data-keep="off" switches a form off.
 */

const words = JSON.parse(document.body.dataset.words || "{}");
const PREFIX = "nuantu:keep:";
const DAY = 86_400_000;
const isLogin = location.pathname.startsWith(document.body.dataset.login || "none");
const hasFailed = document.body.hasAttribute("data-failed");

/**
 * @typedef {{at: number, sent: boolean, base: Record<string, string[]>, now: Record<string, string[]>}} Kept
 */

/** @param {HTMLFormElement} form */
function keyOf(form) {
  const name = form.id || form.getAttribute("name") || form.getAttribute("action") || "form";
  return `${PREFIX}${document.body.dataset.who}:${location.pathname}:${name}`;
}

/** @param {HTMLFormElement} form */
function isKept(form) {
  return form.method === "post" && form.dataset.keep !== "off" && !isLogin;
}

/** @param {HTMLFormElement} form @returns {(HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement)[]} */
function fieldsOf(form) {
  return /** @type {any[]} */ ([...form.elements]).filter(
    (one) =>
      one.name &&
      one.matches("input, select, textarea") &&
      !one.matches("[type=hidden], [type=password], [type=file], [type=submit], [data-sealed]"),
  );
}

/** @param {HTMLFormElement} form @returns {Record<string, string[]>} */
function valuesOf(form) {
  /** @type {Record<string, string[]>} */
  const values = {};
  for (const one of fieldsOf(form)) {
    const list = (values[one.name] ||= []);
    if (one instanceof HTMLInputElement && /checkbox|radio/.test(one.type)) {
      if (one.checked) list.push(one.value);
    } else if (one instanceof HTMLSelectElement && one.multiple) {
      list.push(...[...one.selectedOptions].map((option) => option.value));
    } else list.push(one.value);
  }
  return values;
}

/** @param {HTMLFormElement} form @returns {Kept | null} */
function read(form) {
  try {
    // An earlier version kept it on the device.
    const kept = JSON.parse(sessionStorage.getItem(keyOf(form)) || localStorage.getItem(keyOf(form)) || "null");
    return kept && Date.now() - kept.at < DAY ? kept : null;
  } catch {
    return null;
  }
}

/** @param {HTMLFormElement} form @param {Kept | null} kept */
function write(form, kept) {
  try {
    localStorage.removeItem(keyOf(form));
    if (kept) sessionStorage.setItem(keyOf(form), JSON.stringify(kept));
    else sessionStorage.removeItem(keyOf(form));
  } catch {
    /* storage full or forbidden: the form still works */
  }
}

/** @type {WeakMap<HTMLFormElement, Record<string, string[]>>} what the server put in */
const bases = new WeakMap();

/** @param {HTMLFormElement} form @param {boolean} sent */
function save(form, sent) {
  const now = valuesOf(form);
  const base = bases.get(form) || {};
  if (JSON.stringify(now) === JSON.stringify(base)) write(form, null);
  else write(form, { at: Date.now(), sent, base, now });
}

/** @param {HTMLFormElement} form @param {Kept} kept @returns {boolean} whether anything changed */
function putBack(form, kept) {
  const current = valuesOf(form);
  let changed = false;
  for (const one of fieldsOf(form)) {
    const wanted = kept.now[one.name];
    const untouched = JSON.stringify(current[one.name]) === JSON.stringify(kept.base[one.name]);
    if (!wanted || !untouched || JSON.stringify(wanted) === JSON.stringify(current[one.name])) continue;
    if (one instanceof HTMLInputElement && /checkbox|radio/.test(one.type)) one.checked = wanted.includes(one.value);
    else if (one instanceof HTMLSelectElement && one.multiple) {
      for (const option of one.options) option.selected = wanted.includes(option.value);
    } else {
      const same = fieldsOf(form).filter((other) => other.name === one.name);
      one.value = wanted[same.indexOf(one)] ?? one.value;
    }
    one.dispatchEvent(new Event("change", { bubbles: true }));
    changed = true;
  }
  return changed;
}

/** @param {HTMLFormElement} form */
function tell(form) {
  const line = document.createElement("p");
  line.className = "kept-mark";
  line.setAttribute("role", "status");
  line.append(Object.assign(document.createElement("span"), { textContent: words.restored }));
  if (form.querySelector("[type=file]")) line.append(` ${words.again_photo}`);
  const clear = Object.assign(document.createElement("button"), { type: "button", textContent: words.discard });
  clear.className = "button button--small";
  clear.addEventListener("click", () => {
    write(form, null);
    location.reload();
  });
  line.append(clear);
  form.prepend(line);
}

/** Whether the last sending of this form was received: we arrived here by it, and nothing failed. */
function wasReceived() {
  const entry = /** @type {PerformanceNavigationTiming | undefined} */ (performance.getEntriesByType("navigation")[0]);
  return entry?.type === "navigate" && !hasFailed && !isLogin;
}

/** @param {ParentNode} root */
function ready(root) {
  for (const form of root.querySelectorAll("form")) {
    if (!isKept(form) || bases.has(form)) continue;
    bases.set(form, valuesOf(form));
    const kept = read(form);
    if (!kept) continue;
    if (kept.sent && wasReceived() && !form.querySelector(".field--bad")) write(form, null);
    else if (putBack(form, kept)) tell(form);
  }
}

/** Sent records of other pages: received when we arrived somewhere well, else still to send. */
function settle() {
  for (const store of [sessionStorage, localStorage]) {
    for (const key of Object.keys(store).filter((one) => one.startsWith(PREFIX))) {
      const kept = JSON.parse(store.getItem(key) || "null");
      if (!kept?.sent || key.includes(`:${location.pathname}:`)) {
        if (!kept || Date.now() - kept.at > DAY) store.removeItem(key);
        else if (kept.sent && (hasFailed || isLogin)) store.setItem(key, JSON.stringify({ ...kept, sent: false }));
      } else if (hasFailed || isLogin) store.setItem(key, JSON.stringify({ ...kept, sent: false }));
      else if (wasReceived()) store.removeItem(key);
    }
  }
}

/** The server carried the form through the log-in and it is now on its way. @param {string} path */
function markSent(path) {
  for (const store of [sessionStorage, localStorage]) {
    for (const key of Object.keys(store).filter((one) => one.startsWith(PREFIX) && one.includes(`:${path}:`))) {
      store.setItem(key, JSON.stringify({ ...JSON.parse(store.getItem(key) || "{}"), sent: true }));
    }
  }
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** @param {Event} event */
function typed(event) {
  const form = /** @type {HTMLInputElement} */ (event.target).form;
  if (!form || !isKept(form) || !bases.has(form)) return;
  clearTimeout(timer);
  timer = setTimeout(() => save(form, false), 250);
}

settle();
ready(document);
document.addEventListener("htmx:load", (event) => ready(/** @type {CustomEvent} */ (event).detail.elt));
document.addEventListener("input", typed);
document.addEventListener("change", typed);
document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.matches("[data-resume]")) markSent(new URL(form.action).pathname);
  if (!isKept(form) || !bases.has(form)) return;
  clearTimeout(timer);
  save(form, navigator.onLine);
  if (!navigator.onLine) {
    event.preventDefault();
    event.stopImmediatePropagation();
    form.dispatchEvent(new CustomEvent("nuantu:unsent", { bubbles: true }));
    document.body.dispatchEvent(
      new CustomEvent("nuantu:toast", { bubbles: true, detail: { text: words.failed, error: true } }),
    );
  }
}, true);
document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, successful } = /** @type {CustomEvent} */ (event).detail;
  if (elt instanceof HTMLFormElement && isKept(elt)) {
    if (successful) write(elt, null);
    else save(elt, false);
  }
});
document.addEventListener("click", (event) => {
  if (!(/** @type {Element} */ (event.target).closest("[data-forget]"))) return;
  for (const store of [sessionStorage, localStorage]) {
    Object.keys(store).filter((one) => one.startsWith(PREFIX)).forEach((key) => store.removeItem(key));
  }
});
