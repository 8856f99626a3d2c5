/* The buttons under the conversation: a question's options, the way on, the ways around. */

import { choice, parted } from "./button.js";
import { el, icon } from "./dom.js";
import { countOf } from "./count.js";
import { written } from "./editor.js";
import { wholly } from "./meaning.js";
import { Picker } from "./picker.js";
import { say } from "./words.js";

const place = document.getElementById("choices");
const picker = new Picker();

/* So long after they are first seen, in milliseconds, buttons are taken for unread: a second tap at where the last
   ones were would answer a question nobody has read. */
const UNREAD = 450;

let readTimer = 0;
let shown = 0;

/** What can be pressed is about to be another thing: it counts as unread from when it is painted, for a moment. */
export function renewChoices() {
  const now = ++shown;
  place.classList.add("unread");
  clearTimeout(readTimer);
  // Of two frames the second begins when the first is on the screen, however long a slow phone took to paint it.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (now === shown) readTimer = setTimeout(() => place.classList.remove("unread"), UNREAD);
    }),
  );
}

/** Whether what can be pressed appeared only just now. */
export const unread = () => place.classList.contains("unread");

/** Show a Screen's buttons. `press` is called with the one pressed, `attach` where a file is the only answer. */
export function showChoices(screen, press, attach, write) {
  const styled = (...styles) => screen.buttons.filter((button) => styles.includes(button.style));
  const [options, ends] = parted(styled("option"));
  const many = Boolean(screen.asks?.many_options) && options.length > 0;
  const focused = place.contains(document.activeElement) ? document.activeElement.textContent : null;
  const groups = [
    many ? opener(options, ends, press) : optionGroup(options, press),
    onward(screen, ends, press, extra(screen, attach, write, styled("primary").length > 0)),
  ];
  // A question's options come first; elsewhere what the Screen names first is what it would rather see pressed.
  if (screen.buttons[0]?.style === "primary" || asksFile(screen)) groups.reverse();
  groups.push(group("ways", styled("plain", "danger"), press));
  place.replaceChildren(...groups.filter(Boolean));
  if (many) picker.update(options, ends, press);
  else picker.close();
  if (focused !== null) refocus(focused);
}

/** Take the buttons away while their answer is on its way. */
export function holdChoices(held) {
  place.inert = held;
  place.classList.toggle("held", held);
}

/** Open the long list of options, where there is one. */
export const openList = () => place.querySelector(".opener")?.click();

/** The first button, for whoever uses the keyboard. */
export const firstChoice = () => place.querySelector("button");

function refocus(label) {
  const again = [...place.querySelectorAll("button")].find((button) => button.textContent === label);
  again?.focus({ preventScroll: true });
}

function opener(options, ends, press) {
  const chosen = options.filter((option) => option.on).length;
  const words = chosen ? say("pick_more", { chosen }) : say("pick", { count: options.length });
  return el(
    "button",
    {
      type: "button",
      class: "choice opener",
      "aria-haspopup": "dialog",
      onclick: () => picker.open(options, ends, press),
    },
    icon("search"),
    el("span", { class: "choice-words" }, words),
    icon("right"),
  );
}

function attacher(attach, more) {
  const button = el(
    "button",
    { type: "button", class: `choice ${more ? "option" : "primary"} attacher`, onclick: attach },
    icon("camera"),
    say("attach_now"),
  );
  return button;
}

/* What is done by more than a press: a picture is taken, a text is written. */
function extra(screen, attach, write, more) {
  if (asksFile(screen)) return attacher(attach, more);
  const { writing } = screen.asks ?? {};
  if (!writing) return null;
  const count = countOf(written(wholly(screen), writing));
  const words = count ? say("write_on", { count }) : say("write");
  return el(
    "button",
    { type: "button", class: `choice ${more ? "option" : "primary"}`, "aria-haspopup": "dialog", onclick: () => write(screen) },
    icon("pen"),
    words,
  );
}

/* A file is the only answer. */
const asksFile = (screen) => Boolean(screen.asks?.files && screen.asks.keyboard === "none");

/* So many ways on keep at the lower edge; more of them would cover what they are about. */
const KEPT = 3;

/* The way on: it stays in sight while the rest scrolls. */
function onward(screen, ends, press, more) {
  const strong = screen.buttons.filter((button) => button.style === "primary");
  // Of nothing ticked the end is an answer among others: “none of these”.
  const end = screen.buttons.some((button) => button.on) ? "primary" : "option";
  const ways = [more, ...ends.map((each) => choice(each, press, end)), ...strong.map((each) => choice(each, press))];
  const shown = ways.filter(Boolean);
  // What is agreed to before anything is kept is to be read first.
  const still = shown.length > KEPT || !screen.who;
  return shown.length ? el("div", { class: `onward${still ? " still" : ""}` }, shown) : null;
}

/* Short labels share a row, so that a thumb need not travel. */
function optionGroup(options, press) {
  if (!options.length) return null;
  const explained = options.some((option) => option.explain);
  const longest = Math.max(...options.map((option) => option.label.length));
  // A box to tick takes room beside its label.
  const short = options[0].on === null ? 5 : 2;
  const width = explained || longest > 9 ? "long" : longest > short ? "middling" : "short";
  return group(`options ${width}`, options, press);
}

function group(name, buttons, press, style) {
  if (!buttons.length) return null;
  return el("div", { class: name }, buttons.map((button) => choice(button, press, style)));
}
