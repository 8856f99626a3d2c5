/* Where answers are typed. */

import { countOf } from "./count.js";
import { byTouch, el, icon } from "./dom.js";
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

let asks = null;
let returned = null;
let handlers = { text: () => false, files: () => {} };

/** Wire up. `text(words)` gives whether the message was taken; `files(list)` takes what was chosen. */
export function startComposer(given) {
  handlers = given;
  sendButton.append(icon("send"));
  attachButton.append(icon("plus"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  text.addEventListener("input", refresh);
  text.addEventListener("keydown", onKey);
  attachButton.addEventListener("click", chooseFiles);
  text.addEventListener("paste", (event) => offer(event, event.clipboardData));
  document.addEventListener("dragover", (event) => asks?.files && event.preventDefault());
  document.addEventListener("drop", (event) => offer(event, event.dataTransfer));
  refresh();
}

/** Fit the composer to what is asked now. */
export function fitComposer(screen) {
  // What was given back to be mended is no answer to another question.
  if (returned && screen.asks && screen.asks.question !== returned.question) {
    if (text.value === returned.words) text.value = "";
    returned = null;
  }
  asks = screen.asks;
  const options = screen.buttons.some((button) => button.style === "option");
  text.inputMode = INPUT_MODES[asks?.keyboard ?? "text"];
  text.enterKeyHint = asks?.multiline ? "enter" : "send";
  text.placeholder = asks?.placeholder || say(placeholderFor(options));
  attachButton.hidden = !asks?.files;
  form.dataset.question = asks?.question ?? "";
  refresh();
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

/** Whether something is typed that would be lost. */
export const typed = () => text.value.trim() !== "";

/** Give back what was not taken; false where something new is typed already. `mend`: it is of use for this question
    only. */
export function giveBack(words, mend) {
  if (typed()) return false;
  text.value = words;
  returned = mend ? { words, question: asks.question } : null;
  refresh();
  return true;
}

/** The text field takes the focus. */
export const focusComposer = () => text.focus({ preventScroll: true });

function submit() {
  const words = text.value.trim();
  if (!words || !handlers.text(words)) return;
  text.value = "";
  returned = null;
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

function offer(event, carried) {
  if (!asks?.files || !carried?.files.length) return;
  event.preventDefault();
  handlers.files([...carried.files]);
}

function input(properties) {
  const field = el("input", { type: "file", ...properties });
  field.addEventListener("change", () => handlers.files([...field.files]));
  return field;
}

/** Let the person choose files. A phone's own chooser hides the camera in some browsers: ask which way first. */
export function chooseFiles() {
  if (!byTouch()) {
    input({ multiple: true }).click();
    return;
  }
  const sheet = openSheet(say("attach"));
  const way = (name, words, properties) =>
    el(
      "button",
      {
        type: "button",
        class: "menu-row",
        onclick: () => {
          input(properties).click();
          sheet.close();
        },
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
