/* The menu: what can be said from anywhere, and what concerns this device. */

import { askForCode, leaveDevice, offerCode } from "./devices.js";
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

/* These too, and before anything is kept as well. */
const OWN = [
  ["privacy", "info"],
  ["mydata", "down"],
  ["delete", "trash"],
];

/** Open it. `command(words)` says something; `redeemed()` runs after a code opened another interview here. */
export function openMenu({ underWay, command, redeemed }) {
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
  const spoken = ([key, name]) => row(name, say(`menu_${key}`), () => command(say(`say_${key}`)));
  const said = SAID.map(spoken);
  const device = [
    underWay && row("devices", say("menu_devices"), offerCode),
    row("key", say("menu_code"), () => askForCode(redeemed)),
    underWay && row("leave", say("menu_leave"), leaveDevice),
  ].filter(Boolean);
  // Before a programme is chosen there is nothing to go back to or to check.
  if (underWay) sheet.body.append(el("div", { class: "menu-group" }, said));
  sheet.body.append(el("div", { class: "menu-group" }, device));
  sheet.body.append(el("div", { class: "menu-group beside" }, OWN.map(spoken)));
}
