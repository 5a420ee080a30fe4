// @ts-check
/** The board: a card dropped on a team is sent there. Keys and plain buttons do the same. */

const NO_TIP = "00000000-0000-0000-0000-000000000000";
const TYPE = "text/x-nuantu-tip";

// After a refusal the page has the address of the deed; loaded again, it must not press it again.
const home = /** @type {HTMLElement | null} */ (document.querySelector(".board[data-home]"))?.dataset.home;
if (home) history.replaceState(history.state, "", home);

document.addEventListener("dragstart", (event) => {
  const card = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest?.("[data-tip]"));
  if (!card || !event.dataTransfer) return;
  event.dataTransfer.setData(TYPE, card.dataset.tip || "");
  event.dataTransfer.effectAllowed = "move";
});

/** @param {DragEvent} event @returns {HTMLElement | null} */
function teamUnder(event) {
  return event.dataTransfer?.types.includes(TYPE)
    ? /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest?.("[data-team]"))
    : null;
}

document.addEventListener("dragover", (event) => {
  const team = teamUnder(event);
  if (!team) return;
  event.preventDefault();
  team.setAttribute("data-over", "");
});
for (const name of ["dragleave", "drop", "dragend"]) {
  document.addEventListener(name, () => document.querySelectorAll("[data-over]").forEach((one) => one.removeAttribute("data-over")));
}
document.addEventListener("drop", (event) => {
  const team = teamUnder(event);
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("#drop"));
  if (!team || !form || !event.dataTransfer) return;
  event.preventDefault();
  const field = /** @type {HTMLInputElement} */ (form.querySelector("[name=team]"));
  field.value = team.dataset.team || "";
  form.action = (form.dataset.url || "").replace(NO_TIP, event.dataTransfer.getData(TYPE));
  form.requestSubmit();
});
