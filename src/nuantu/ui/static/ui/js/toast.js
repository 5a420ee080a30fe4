// @ts-check
/**
 * Toasts: those the server drew, and those an htmx answer or another module asks for by
 * `nuantu:toast` with {text, undo, error}. With an undo they stay ten seconds, errors until closed.
 */

const words = JSON.parse(document.body.dataset.words || "{}");
const region = document.querySelector("[data-toasts]");

/** @param {HTMLElement} toast */
function live(toast) {
  if (!toast.querySelector(".toast__close")) {
    const close = document.createElement("button");
    close.type = "button";
    close.className = "toast__close";
    close.textContent = "×";
    close.setAttribute("aria-label", words.close);
    close.addEventListener("click", () => toast.remove());
    toast.append(close);
  }
  if (toast.classList.contains("toast--error")) return;
  const seconds = toast.hasAttribute("data-undo") ? 10 : 6;
  let timer = setTimeout(() => toast.remove(), seconds * 1000);
  const wait = () => clearTimeout(timer);
  const go = () => {
    wait();
    timer = setTimeout(() => toast.remove(), seconds * 1000);
  };
  toast.addEventListener("pointerenter", wait);
  toast.addEventListener("focusin", wait);
  toast.addEventListener("pointerleave", go);
  toast.addEventListener("focusout", go);
}

/** @param {{text: string, undo?: string, error?: boolean}} detail */
function show({ text, undo, error }) {
  if (!region || !text) return;
  const toast = document.createElement("div");
  toast.className = error ? "toast toast--error" : "toast";
  toast.append(Object.assign(document.createElement("p"), { textContent: text }));
  if (undo && undo.startsWith("/")) {
    toast.dataset.undo = "";
    const form = Object.assign(document.createElement("form"), { method: "post", action: undo });
    const token = /** @type {HTMLInputElement | null} */ (
      document.querySelector("[name=csrfmiddlewaretoken]")
    );
    if (token) form.append(token.cloneNode());
    form.append(Object.assign(document.createElement("button"), { textContent: words.undo }));
    toast.append(form);
  }
  region.append(toast);
  live(toast);
}

region?.querySelectorAll("[data-toast]").forEach((one) => live(/** @type {HTMLElement} */ (one)));
document.addEventListener("nuantu:toast", (event) => show(/** @type {CustomEvent} */ (event).detail));
