/* Where answers are typed. What stands in the field is meant for one question: when another is asked it is put aside
   and comes back with its own. */

import { carriedFiles, carriedText } from "./carried.js";
import { countOf } from "./count.js";
import { byTouch, el, icon } from "./dom.js";
import * as drafts from "./drafts.js";
import { followed, meaning, same, samePerson } from "./meaning.js";
import { openSheet } from "./sheet.js";
import { say } from "./words.js";

const form = document.getElementById("composer");
const text = document.getElementById("text");
const count = document.getElementById("count");
const sendButton = document.getElementById("send");
const attachButton = document.getElementById("attach");

const INPUT_MODES = { text: "text", number: "numeric", tel: "tel", none: "text" };

/* Shorter texts need no count. */
const COUNTED_FROM = 60;

/* What is asked now, and what the text in the field is meant for: mostly the same. */
let asks = null;
let now = null;
let meant = null;

/* What was refused and given back to be mended: unchanged, it is worth nothing elsewhere. */
let refused = "";

/* The Screen came while an input method was composing, whose text belongs to the one before. */
let composing = false;
let turning = null;

let handlers = { text: () => false, files: () => {}, tell: () => {} };

/** Wire up. `text(words, meant)` gives whether the message was taken; `files(list, meant)` takes what was chosen;
    `tell(sentence)` says a word in passing. */
export function startComposer(given) {
  handlers = given;
  sendButton.append(icon("send"));
  attachButton.append(icon("plus"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  text.addEventListener("input", typing);
  text.addEventListener("keydown", onKey);
  text.addEventListener("compositionstart", () => (composing = true));
  text.addEventListener("compositionend", composed);
  text.addEventListener("paste", paste);
  attachButton.addEventListener("click", chooseFiles);
  refresh();
}

/** Fit the composer to what is asked now. `own`: the Screen answers something that was said on this page. */
export function fitComposer(screen, own) {
  asks = screen.asks;
  now = meaning(screen);
  drafts.turnTo(now.who);
  const options = screen.buttons.some((button) => button.style === "option");
  text.readOnly = false;
  text.inputMode = INPUT_MODES[asks?.keyboard ?? "text"];
  text.enterKeyHint = asks?.multiline ? "enter" : "send";
  text.placeholder = asks?.placeholder || say(placeholderFor(options));
  attachButton.hidden = !asks?.files;
  form.dataset.question = asks?.question ?? "";
  turn(now, own);
  refresh();
}

/* The field goes over to what is asked now. */
function turn(next, own) {
  const here = meant && typed();
  if (here && meant.who && !samePerson(meant.who, next.who)) return fill(next);
  if (here && same(meant, next)) {
    return pin(followed(meant, next, own));
  }
  if (here && composing) {
    turning = next;
    return undefined;
  }
  if (here) {
    const worthless = text.value === refused;
    drafts.keep(meant, worthless ? "" : text.value);
    if (!worthless) handlers.tell(say("put_aside"));
  }
  return meant && same(meant, next) ? pin(next) : fill(next);
}

function pin(next) {
  meant = next;
  turning = null;
}

/* With what waits for this question, or empty. */
function fill(next) {
  pin(next);
  refused = "";
  text.value = drafts.waiting(next);
  if (!text.value) return;
  text.setSelectionRange(text.value.length, text.value.length);
  handlers.tell(say("came_back"));
}

function composed() {
  composing = false;
  // Some browsers put the composed text into the field only after this.
  setTimeout(() => {
    if (turning) turn(turning, false);
    refresh();
  });
}

function placeholderFor(options) {
  if (!asks) return "placeholder_idle";
  if (options || (asks.keyboard === "none" && !asks.files)) return "placeholder_choose";
  return asks.files ? "placeholder_file" : "placeholder";
}

/** Put the page's words on it again, after the language changed. */
export function nameComposer() {
  text.setAttribute("aria-label", say("compose"));
  sendButton.setAttribute("aria-label", say("send"));
  attachButton.setAttribute("aria-label", say("attach"));
}

/** Whether something is typed. */
export const typed = () => text.value.trim() !== "";

/** Nothing stands in the field any more. */
export function emptyComposer() {
  text.value = "";
  refresh();
}

/** Give back a text that was not taken: into the field where its question is asked, else it waits for that. Gives
    whether it is in the field. `mend`: as it is, it is of use for nothing. */
export function giveBack(words, whose, mend = false) {
  const alone = !typed();
  drafts.returned(whose, words);
  if (whose.whole || !meant || !same(whose, meant)) return false;
  if (same(meant, now)) meant = now;
  text.value = drafts.waiting(meant);
  refused = mend && alone ? words : "";
  refresh();
  return true;
}

/** The text field takes the focus. */
export const focusComposer = () => text.focus({ preventScroll: true });

function submit() {
  const words = text.value.trim();
  if (!words || !handlers.text(words, meant)) return;
  text.value = "";
  refused = "";
  if (now) fill(now);
  refresh();
}

function typing() {
  if (meant) drafts.keep(meant, text.value);
  if (!typed() && now) turn(now, true);
  refresh();
}

function onKey(event) {
  // While an input method is composing, Enter picks a word; Safari says so only by the key code.
  if (event.key !== "Enter" || event.isComposing || event.keyCode === 229 || event.shiftKey) return;
  if (asks?.multiline && !event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  submit();
}

function refresh() {
  sendButton.disabled = !text.value.trim();
  // Grow with the text: the natural height is only known once the old one is gone.
  text.style.height = "auto";
  if (text.value) text.style.height = `${text.scrollHeight}px`;
  const counted = asks?.multiline || text.value.length > COUNTED_FROM;
  count.hidden = !counted || !text.value;
  if (count.hidden) return;
  const hint = asks?.multiline && !byTouch() ? ` · ${say("ctrl_enter")}` : "";
  count.textContent = say("written", { count: countOf(text.value) }) + hint;
}

/** Take files for what is asked now, or say that none are asked for. */
export function takeFiles(files) {
  if (asks?.files) handlers.files(files, now);
  else handlers.tell(say(now ? "no_files_here" : "connecting"));
}

/* Word and Excel put a picture beside the text: the text is meant. */
function paste(event) {
  const { words, plain } = carriedText(event.clipboardData);
  if (plain) return; // the field takes it as it is
  const files = carriedFiles(event.clipboardData);
  if (!words && !files.length) return;
  event.preventDefault();
  if (words) document.execCommand("insertText", false, words);
  else takeFiles(files);
}

function input(properties, chosenFor, chosen = () => {}) {
  const field = el("input", { type: "file", ...properties });
  field.addEventListener("change", () => {
    chosen();
    handlers.files([...field.files], chosenFor);
  });
  return field;
}

/** Let the person choose files. A phone's own chooser hides the camera in some browsers: ask which way first. */
export function chooseFiles() {
  const chosenFor = now;
  if (!byTouch()) {
    input({ multiple: true }, chosenFor).click();
    return;
  }
  const sheet = openSheet(say("attach"));
  const way = (name, words, properties) =>
    el(
      "button",
      {
        type: "button",
        class: "menu-row",
        // Whoever chooses nothing there may go another way.
        onclick: () => input(properties, chosenFor, sheet.close).click(),
      },
      icon(name),
      el("span", {}, say(words)),
    );
  sheet.body.append(
    way("camera", "take_photo", { accept: "image/*", capture: "environment" }),
    way("image", "from_album", { accept: "image/*,video/*", multiple: true }),
    way("file", "from_files", { multiple: true }),
  );
}
