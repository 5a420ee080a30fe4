// @ts-check
/** The team's phone on patrol says where it is with a step. The page works without it. */

import { tell } from "../places/told.js";

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.matches("[data-place]")) tell(form);
}, true);
