/* One button of a Screen. */

import { el, icon } from "./dom.js";

/** A choice; one that can be ticked is a checkbox to whoever hears the page. `style` defaults to its own. */
export function choice(button, press, style = button.style) {
  const ticks = button.on !== null;
  return el(
    "button",
    {
      type: "button",
      class: `choice ${style}${button.on ? " on" : ""}`,
      role: ticks ? "checkbox" : null,
      "aria-checked": ticks ? String(button.on) : null,
      "aria-keyshortcuts": button.key || null,
      onclick: () => press(button),
    },
    ticks && el("span", { class: "tick" }, button.on && icon("check")),
    el(
      "span",
      { class: "choice-words" },
      el("span", { class: "choice-label" }, button.label),
      button.explain && el("span", { class: "explain" }, button.explain),
    ),
  );
}

/** What can be ticked, and what ends the ticking: that is a way on and looks like one. */
export function parted(options) {
  const ticks = options.filter((option) => option.on !== null);
  return ticks.length ? [ticks, options.filter((option) => option.on === null)] : [options, []];
}
