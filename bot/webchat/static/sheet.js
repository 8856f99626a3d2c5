/* Sheets that come up from below. <dialog> brings the focus trap, Esc and the way back of the focus. */

import { el, icon } from "./dom.js";
import { say } from "./words.js";

/** Open a sheet; gives {close, body, foot}. `tall` takes the whole height, `onclose` runs however it closes. */
export function openSheet(title, { tall = false, onclose = () => {} } = {}) {
  const back = document.activeElement;
  const body = el("div", { class: "sheet-body" });
  const foot = el("div", { class: "sheet-foot" });
  const dialog = el(
    "dialog",
    { class: tall ? "sheet tall" : "sheet", "aria-label": title },
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
    body,
    foot,
  );
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (back?.isConnected) back.focus({ preventScroll: true });
    onclose();
  });
  document.body.append(dialog);
  dialog.showModal();
  return { body, foot, close: () => dialog.close() };
}
