/* The conversation as it grows: what was said stays, only the last block is live. */

import { partElements, record } from "./bubbles.js";
import { codeElement } from "./code.js";
import { el } from "./dom.js";
import { invitationElement } from "./invitation.js";
import { cardElements } from "./papers.js";
import { heldRow } from "./rows.js";
import { forgetRow } from "./table.js";
import { say } from "./words.js";

const log = document.getElementById("log");
const scroll = document.getElementById("scroll");
const typing = document.getElementById("typing");
const emblem = document.querySelector(".emblem").src;

let live = null;
let typingTimer = 0;

/* At the end we stay there while pictures load and the keyboard comes up, until the person scrolls away. */
let atEnd = false;
for (const moved of ["wheel", "touchmove", "keydown"]) {
  scroll.addEventListener(moved, () => (atEnd = false), { passive: true });
}
const growth = new ResizeObserver(() => atEnd && scroll.scrollTo({ top: scroll.scrollHeight, behavior: "instant" }));
for (const growing of [document.getElementById("talk"), scroll]) growth.observe(growing);

/** Something of the person's own, below everything. */
export function append(element) {
  log.append(element);
  toEnd();
}

/** An answer given elsewhere: another page of the same session. */
export const appendRecord = (text) => append(record(text));

/** The live block's Screen, or null before the first. */
export const current = () => live?.screen ?? null;

/** Nothing was said yet: another interview begins here. */
export function clear() {
  log.replaceChildren();
  forgetRow();
  live = null;
}

/** Show a Screen. `how` is "below" (a new block), "moved" (in place of the live one, below what came since) or
    "in place". `press` is called with the button of a summary line or a row, and gives whether it was taken. */
export function show(screen, how, press, byFile = false) {
  const again = live && asked(live.screen) === asked(screen);
  let shown = live && how === "below" ? withoutNews(screen, live.screen) : screen;
  if (again && how === "below") shown = withoutGreeting(shown, live.screen);
  const block = blockOf(shown, press);
  if (again) block.classList.add("again");
  if (how !== "below" && live) {
    if (how === "moved") {
      live.block.remove();
      log.append(block);
    } else {
      block.classList.add("still");
      keepSaid(block, live.block);
      const onRow = heldRow();
      live.block.replaceWith(block);
      onRow();
    }
  } else {
    freeze();
    log.append(block);
  }
  live = { screen, block, byFile };
}

/* What is said again in place was read out already: only what is new there is read. */
function keepSaid(block, before) {
  const bubbles = (within) => [...within.querySelectorAll(":scope > .bubble")];
  const said = new Set(bubbles(before).map((bubble) => bubble.textContent));
  for (const bubble of bubbles(block)) {
    if (said.has(bubble.textContent)) bubble.setAttribute("aria-live", "off");
  }
}

/** Whether the live block answers a file, so that the next file's answer may take its place. */
export const answersFile = () => Boolean(live?.byFile);

const asked = (screen) => screen.parts.find((part) => part.tone === "ask")?.text;

/* What waited for this person stands on every Screen until they do something: what is just above is not said again. */
function withoutNews(screen, before) {
  const said = new Set(before.parts.slice(0, before.waited).map((part) => part.text));
  return { ...screen, parts: screen.parts.filter((part, at) => at >= screen.waited || !said.has(part.text)) };
}

/* Before consent the greeting stands above already; what is new is not to drown in it. */
function withoutGreeting(screen, before) {
  if (screen.who || screen.title) return screen;
  const said = new Set(before.parts.filter((part) => part.tone !== "ask").map((part) => part.text));
  return { ...screen, parts: screen.parts.filter((part) => !said.has(part.text) || part.tone === "problem") };
}

function blockOf(screen, press) {
  return el(
    "div",
    { class: "block", tabindex: "-1" },
    el("img", { class: "avatar", src: emblem, alt: "" }),
    bubblesOf(screen, press),
    invitationElement(screen.invitation),
    cardElements(screen.cards),
  );
}

/* A recovery code stands below the bubble that announces it, else below all. */
function bubblesOf({ parts, code, buttons }, press) {
  if (!code) return partElements(parts, press, buttons.some((button) => button.key));
  const below = parts.findIndex((part) => part.text === code.below) + 1 || parts.length;
  return [
    ...partElements(parts.slice(0, below), press),
    codeElement(code),
    ...partElements(parts.slice(below), press),
  ];
}

/* What can no longer be pressed goes: old edit links, rows and cards, and with the summary the answers it showed. */
function freeze() {
  if (!live) return;
  for (const summary of live.block.querySelectorAll(".summary")) {
    summary.replaceWith(el("p", { class: "remark" }, say("looked_through")));
  }
  live.block.querySelector(".table")?.remove();
  live.block.querySelector(".cards")?.remove();
  live.block.querySelector(".code-card")?.remove();
  live.block.querySelector(".invite-card")?.remove();
}

/** Scroll so that the live block is read from its beginning, or to the end where all of it fits. */
export function toLive() {
  const from = live.block.previousElementSibling?.matches(".own") ? live.block.previousElementSibling : live.block;
  if (scroll.scrollHeight - from.offsetTop <= scroll.clientHeight) {
    toEnd();
    return;
  }
  atEnd = false;
  scroll.scrollTo({ top: from.offsetTop - 12, behavior: pace() });
}

/** Scroll to the summary's line that was just edited; false where there is none. */
export function toLine(label) {
  const row = [...live.block.querySelectorAll(".line-row")].find((each) => each.dataset.edit === label);
  if (!row) return false;
  atEnd = false;
  const section = row.closest("details");
  if (section) section.open = true;
  row.classList.add("just-edited");
  row.scrollIntoView({ block: "center", behavior: "instant" });
  return true;
}

/** Scroll to the end. */
export function toEnd() {
  atEnd = true;
  scroll.scrollTo({ top: scroll.scrollHeight, behavior: pace() });
}

/** Whatever grows from now on, the person reads elsewhere. */
export const leaveEnd = () => (atEnd = false);

/** The live block takes the focus, so that what was pressed does not lose it to nowhere. */
export const focusLive = () => live?.block.focus({ preventScroll: true });

/** Show that an answer is being made, if it takes long enough to notice. */
export function think(on) {
  clearTimeout(typingTimer);
  if (!on) {
    typing.hidden = true;
    return;
  }
  typingTimer = setTimeout(() => {
    typing.setAttribute("aria-label", say("typing"));
    typing.hidden = false;
    toEnd();
  }, 350);
}

const pace = () =>
  matchMedia("(prefers-reduced-motion: reduce)").matches || log.children.length < 3 ? "instant" : "smooth";
