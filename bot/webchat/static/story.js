/* The story so far: what was asked and answered before this page was opened. It stands above the conversation and is
   read backwards, page by page. */

import { el, icon } from "./dom.js";
import { leaveEnd } from "./thread.js";
import { say } from "./words.js";

const log = document.getElementById("log");
const scroll = document.getElementById("scroll");

/* Within the log, but no news: nothing of it is read out as it comes. */
const place = el("div", { id: "story", class: "story", role: "group", "aria-live": "off" });
log.prepend(place);

/* So near to its top, in pixels, scrolling up asks for more. */
const NEAR = 80;

let press = () => {};
let earlier = null;
let more = null;
let loading = null;
let top = 0;

scroll.addEventListener(
  "scroll",
  () => {
    const up = scroll.scrollTop < top;
    top = scroll.scrollTop;
    if (up && top < NEAR && more) goBack();
  },
  { passive: true },
);

/** Tell what comes before the question on screen; `pressed` is called with the button of an entry. */
export function tellStory(screen, pressed) {
  press = pressed;
  place.setAttribute("aria-label", say("story"));
  earlier = screen.asks?.question ?? "";
  load();
}

/** Nothing is told any more: another interview begins here. */
export function clearStory() {
  loading?.abort();
  loading = null;
  earlier = null;
  more = null;
  place.replaceChildren();
  log.prepend(place);
}

function goBack() {
  leaveEnd();
  load();
}

async function load() {
  if (loading) return;
  const stop = (loading = new AbortController());
  try {
    const response = await fetch(`/story?before=${encodeURIComponent(earlier)}`, { signal: stop.signal });
    if (response.ok) show(await response.json());
    else again();
  } catch {
    if (!stop.signal.aborted) again();
  } finally {
    if (loading === stop) loading = null;
  }
}

function show(told) {
  earlier = told.earlier;
  const focused = more !== null && document.activeElement === more;
  const entries = told.entries.flatMap(entryElements);
  const way = earlier === null ? null : wayBack();
  keeping(() => {
    more?.remove();
    place.prepend(...[way, ...entries].filter(Boolean));
  });
  more = way;
  if (focused) (way ?? place.querySelector("button"))?.focus({ preventScroll: true });
}

/* It could not be had; the button asks again. */
function again() {
  if (more) return;
  more = wayBack();
  keeping(() => place.prepend(more));
}

const wayBack = () =>
  el("button", { type: "button", class: "link story-more", onclick: goBack }, icon("clock"), say("story_more"));

/* What is on the screen stays where it is, whatever comes above it. */
function keeping(change) {
  const anchor = place.nextElementSibling ?? place;
  const still = place.firstElementChild?.matches(".story-more") ? place.children[1] ?? anchor : anchor;
  const before = still.getBoundingClientRect().top;
  scroll.style.overflowAnchor = "none";
  change();
  scroll.scrollBy({ top: still.getBoundingClientRect().top - before, behavior: "instant" });
  requestAnimationFrame(() => (scroll.style.overflowAnchor = ""));
}

function entryElements(entry) {
  return [
    entry.section && el("h2", { class: "story-section" }, entry.section),
    el("p", { class: "past-ask" }, entry.ask),
    el(
      "button",
      { type: "button", class: `past-answer state-${entry.state}`, onclick: () => press(entry.edit) },
      el("span", { class: "words" }, entry.value),
      entry.remark && el("span", { class: "past-remark" }, entry.remark),
      el("span", { class: "off-screen" }, ` ${entry.edit.label}`),
    ),
  ].filter(Boolean);
}
