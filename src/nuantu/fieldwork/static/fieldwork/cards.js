// @ts-check
/** The code on a card opens this page at a resident, a bed or a room; no PIN is asked at each bed. */

/** What the code of a card names, as its address says. @param {string} path @returns {import("./house.js").At | null} */
export function spotIn(path) {
  const [, kind, id] = path.match(/^\/field\/at\/(\w+)\/([\w-]+)\/$/) || [];
  return kind ? (kind === "room" ? { kind, room: id } : { kind, id }) : null;
}

const channel = new BroadcastChannel("nuantu-field-open");

/** The page that is open hands its key to the one that a card opened. @param {() => import("./lock.js").Opened | null} give what is open here; it is not open here any more */
export function hand(give) {
  channel.addEventListener("message", ({ data }) => {
    const opened = data === "who is open?" && give();
    if (opened) channel.postMessage(opened);
  });
}

/** @returns {Promise<import("./lock.js").Opened | null>} what another page of this phone had open */
export function handed() {
  return new Promise((resolve) => {
    channel.addEventListener("message", ({ data }) => data?.key && resolve(data));
    channel.postMessage("who is open?");
    setTimeout(() => resolve(null), 700);
  });
}
