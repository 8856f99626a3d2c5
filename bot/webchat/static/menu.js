/* The menu: what can be said from anywhere, and what concerns this device. */

import { askForCode, offerCode } from "./devices.js";
import { el, icon } from "./dom.js";
import { openSheet } from "./sheet.js";
import { say } from "./words.js";

/* Each is said in the conversation as if it had been typed. */
const SAID = [
  ["back", "back"],
  ["help", "info"],
  ["summary", "list"],
  ["verdicts", "scales"],
  ["papers", "folder"],
  ["mine", "file"],
  ["more", "dots"],
];

/** Open it. `command(words)` says something. */
export function openMenu({ underWay, command }) {
  const sheet = openSheet(say("menu"));
  const row = (name, words, action) =>
    el(
      "button",
      {
        type: "button",
        class: "menu-row",
        onclick: () => {
          sheet.close();
          action();
        },
      },
      icon(name),
      el("span", {}, words),
    );
  const said = SAID.map(([key, name]) => row(name, say(`menu_${key}`), () => command(say(`say_${key}`))));
  const device = [
    underWay && row("key", say("menu_recovery"), () => command("/recovery")),
    underWay && row("devices", say("menu_own_devices"), () => command("/devices")),
    underWay && row("open", say("menu_devices"), offerCode),
    row("retry", say("menu_code"), () => askForCode(command)),
    underWay && row("leave", say("menu_leave"), () => command("/leave")),
  ].filter(Boolean);
  // Before a programme is chosen there is nothing to go back to or to check.
  if (underWay) sheet.body.append(el("div", { class: "menu-group" }, said));
  sheet.body.append(el("div", { class: "menu-group" }, device));
}
