/* A longer text in one field: all of it, its count against the limit, steps back and forward, an outline to start from.
   What stands in it is kept on the device, by its question, until it is sent. */

import { countOf } from "./count.js";
import { el, icon } from "./dom.js";
import * as drafts from "./drafts.js";
import { openSheet } from "./sheet.js";
import { say } from "./words.js";

/* A step back goes to where the writing last paused for so long, in milliseconds; so many steps are kept. */
const PAUSE = 600;
const STEPS = 200;

/** What was written and not yet sent for this question, else what stands there. */
export const written = (meant, writing) => drafts.waiting(meant) || writing.text;

/** Open it. `send(text)` gives whether the text was taken. */
export function openEditor({ writing, meant, title }, send) {
  const sheet = openSheet(title, { tall: true, writing: true, onclose: () => clearTimeout(timer) });
  const field = el("textarea", { class: "field writing-field", "aria-label": title, spellcheck: "false", "aria-describedby": "stands" });
  const stands = el("p", { class: "writing-count", id: "stands" });
  const back = tool("undo", "undo", () => go(-1));
  const forth = tool("redo", "redo", () => go(1));
  const outline = writing.outline.length > 0 && tool("outline", "list", startFromOutline);
  const done = el("button", { type: "submit", class: "choice primary" }, say("written_all"));
  const form = el("form", { class: "writing" }, field);
  sheet.body.append(form);
  sheet.foot.append(stands, el("div", { class: "writing-tools" }, [outline, back, forth].filter(Boolean)), done);
  done.addEventListener("click", submit);

  field.value = written(meant, writing);
  let steps = [field.value];
  let at = 0;
  let timer = 0;

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(step, PAUSE);
    keep();
  });
  field.addEventListener("paste", paste);
  refresh();
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);

  function keep() {
    drafts.keep(meant, field.value === writing.text ? "" : field.value);
    refresh();
  }

  function step() {
    clearTimeout(timer);
    if (steps[at] === field.value) return;
    steps = [...steps.slice(0, at + 1), field.value].slice(-STEPS);
    at = steps.length - 1;
    refresh();
  }

  function go(by) {
    step();
    at = Math.min(steps.length - 1, Math.max(0, at + by));
    field.value = steps[at];
    keep();
    field.focus();
  }

  function startFromOutline() {
    const prompts = writing.outline.map((prompt) => `【${prompt}】`);
    const missing = prompts.filter((prompt) => !field.value.includes(prompt));
    if (!missing.length) return;
    const end = field.value.length;
    field.setSelectionRange(end, end);
    insert(field, (field.value.trim() ? "\n" : "") + missing.map((prompt) => `${prompt}\n`).join("\n"));
    step();
    const first = field.value.indexOf(missing[0]) + missing[0].length + 1;
    field.focus();
    field.setSelectionRange(first, first);
  }

  function refresh() {
    const count = countOf(bare(field.value, writing.outline));
    stands.textContent = [say("written", { count }), standing(count, writing)].filter(Boolean).join(" · ");
    stands.classList.toggle("over", writing.most > 0 && count > writing.most);
    back.disabled = at === 0 && steps[0] === field.value;
    forth.disabled = at >= steps.length - 1;
    done.disabled = !bare(field.value, writing.outline).trim();
  }

  function submit(event) {
    event.preventDefault();
    const text = bare(field.value, writing.outline).trim();
    if (text && send(text)) sheet.close();
  }
}

const tool = (words, name, onclick) =>
  el("button", { type: "button", class: "choice plain", onclick }, icon(name), el("span", {}, say(words)));

/* A prompt of the outline that was left as it is, is no part of the text. */
function bare(text, outline) {
  const prompts = new Set(outline.map((prompt) => `【${prompt}】`));
  return text.split("\n").filter((line) => !prompts.has(line.trim())).join("\n");
}

function standing(count, { least, most }) {
  if (count < least) return say("chars_short", { count: least - count });
  if (most && count > most) return say("chars_over", { count: count - most });
  if (least || most) return say(most && !least ? "chars_left" : "chars_right", { count: most - count });
  return "";
}

/* What Word and WeChat put beside the words: marks nobody sees, blanks that do not break, tabs, empty lines. */
function paste(event) {
  const words = event.clipboardData?.getData("text/plain") ?? "";
  if (!words) return;
  event.preventDefault();
  insert(event.target, cleaned(words));
}

/** The words of a text from a clipboard. */
export const cleaned = (words) =>
  words
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, "\n")
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff\ufffc\u202a-\u202e]/g, "")
    .replace(/[\t\u00a0]+/g, " ")
    .replace(/[ \u3000]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n");

/* As if it were typed, so that the browser's own undo knows it. */
function insert(field, words) {
  field.focus();
  if (document.execCommand?.("insertText", false, words)) return;
  field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
