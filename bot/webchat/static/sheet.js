/* Sheets that come up from below. <dialog> brings the focus trap, Esc and the way back of the focus. For each that is
   open the history holds an entry, so that a phone's back button closes the sheet and not the page. */

import { el, icon } from "./dom.js";
import { say } from "./words.js";

/* The open sheets, the uppermost last; how many entries stand in the history, and whether it is on its way elsewhere,
   which takes its time. */
const open = [];
let standing = 0;
let moving = false;

/* The history follows the sheets. One often gives way to another: that one takes over its entry. */
function settle() {
  if (moving) return;
  while (standing < open.length) history.pushState({ sheets: ++standing }, "");
  if (standing === open.length) return;
  moving = true;
  history.go(open.length - standing);
}

addEventListener("popstate", (event) => {
  standing = event.state?.sheets ?? 0;
  if (!moving) while (open.length > standing) open.at(-1).close();
  moving = false;
  settle();
});

/** After a reload nothing is open, whatever the history says. */
export function reopened() {
  standing = history.state?.sheets ?? 0;
  settle();
}

/** Say a word in the uppermost sheet, which covers the page's own place for it. */
export const sayInSheet = (sentence) => open.at(-1)?.say(sentence);

/** Open a sheet; gives {close, body, foot}. `tall` takes the whole height, `onclose` runs however it closes. */
export function openSheet(title, { tall = false, writing = false, onclose = () => {} } = {}) {
  const back = document.activeElement;
  // It scrolls, so the keyboard must reach it.
  const body = el("div", { class: "sheet-body", tabindex: "0", role: "group", "aria-label": title });
  const foot = el("div", { class: "sheet-foot" });
  const line = el("p", { class: "sheet-line", role: "status" });
  const dialog = el(
    "dialog",
    { class: `sheet${tall ? " tall" : ""}${writing ? " writing-sheet" : ""}`, "aria-label": title },
    el(
      "div",
      { class: "sheet-head" },
      el("h2", {}, title),
      el(
        "button",
        { type: "button", class: "icon-button", "aria-label": say("close"), onclick: () => dialog.close() },
        icon("cross"),
      ),
    ),
    line,
    body,
    foot,
  );
  const gone = () => open.includes(sheet) && open.splice(open.indexOf(sheet), 1);
  const sheet = {
    body,
    foot,
    close: () => {
      gone();
      dialog.close();
    },
    open: () => open.includes(sheet),
    say: (sentence) => line.replaceChildren(sentence),
  };
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => {
    gone();
    dialog.remove();
    // What it was opened from may be gone since: a new question has other buttons.
    const next = back?.isConnected && back !== document.body ? back : document.getElementById("scroll");
    next.focus({ preventScroll: true });
    onclose();
    settle();
  });
  document.body.append(dialog);
  dialog.showModal();
  open.push(sheet);
  settle();
  return sheet;
}
