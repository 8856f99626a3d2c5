/* The menu: what can be said from anywhere, and what concerns this device. */

import { askForCode, offerCode, openElsewhere } from "./devices.js";
import { el, icon } from "./dom.js";
import { openSheet } from "./sheet.js";
import { say } from "./words.js";

/* Each is said in the conversation by a command, which nobody can take for the answer to a question. */
const SAID = [
  ["back", "back", "/back"],
  ["help", "info", "/help"],
  ["summary", "list", "/review"],
  ["verdicts", "scales", "/verdicts"],
  ["papers", "folder", "/papers"],
  ["mine", "file", "/mine"],
  ["more", "dots", "/menu"],
];

/* These too, and before anything is kept as well. */
const OWN = [
  ["privacy", "info", "/privacy"],
  ["mydata", "down", "/mydata"],
  ["delete", "trash", "/delete"],
];

/** Open it. `command(text, words)` says something, which reads as `words`; `changePeople()` lets somebody else come. */
export function openMenu({ underWay, command, changePeople }) {
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
  const spoken = ([key, name, text]) => row(name, say(`menu_${key}`), () => command(text, say(`say_${key}`)));
  const said = SAID.map(spoken);
  const device = [
    underWay && row("key", say("menu_recovery"), () => command("/recovery", say("menu_recovery"))),
    underWay && row("devices", say("menu_own_devices"), () => command("/devices", say("menu_own_devices"))),
    underWay && row("open", say("in_browser"), openElsewhere),
    underWay && row("retry", say("menu_devices"), offerCode),
    row("key", say("menu_code"), () => askForCode(command)),
    row("people", say("menu_people"), changePeople),
    underWay && row("leave", say("menu_leave"), () => command("/leave", say("menu_leave"))),
  ].filter(Boolean);
  // Before a programme is chosen there is nothing to go back to or to check.
  if (underWay) sheet.body.append(el("div", { class: "menu-group" }, said));
  sheet.body.append(el("div", { class: "menu-group beside" }, device));
  sheet.body.append(el("div", { class: "menu-group beside" }, OWN.map(spoken)));
}
