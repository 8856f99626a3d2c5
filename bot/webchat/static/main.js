/* The page: the line to the server on one side, what is seen and pressed on the other. */

import { OwnBubble } from "./bubbles.js";
import { firstChoice, holdChoices, openList, showChoices } from "./choices.js";
import { chooseFiles, fitComposer, focusComposer, nameComposer, startComposer, typed } from "./composer.js";
import { askForCode } from "./devices.js";
import { byTouch, el, icon } from "./dom.js";
import { openMenu } from "./menu.js";
import * as thread from "./thread.js";
import { Uploads } from "./uploads.js";
import { Wire } from "./wire.js";
import { inWords, say, speak } from "./words.js";

const root = document.documentElement;
const menuButton = document.getElementById("menu");
const line = document.getElementById("line");
const wire = new Wire();

/* A person's own bubbles that wait for their answer, and the presses behind messages, by message id. */
const bubbles = new Map();
const presses = new Map();

let underWay = false;
let edited = "";
let online = false;

const uploads = new Uploads({
  place: thread.append,
  done: (file, bubble) => dispatch({ file }, bubble),
});

function dispatch(content, bubble = null, id = undefined) {
  const message = wire.send(content, id);
  if (bubble) {
    bubbles.set(message.id, bubble);
    if (online) bubble.sending();
    else bubble.waiting();
  }
  holdChoices(true);
  thread.think(online);
  return message;
}

/* An answer belongs to the question on screen: the next one waits until this one has arrived. Files may queue. */
function mayAnswer() {
  if (!wire.busy) return true;
  announce(say("one_at_a_time"), 4000);
  return false;
}

function sayText(words) {
  if (!mayAnswer()) return false;
  const bubble = new OwnBubble(words);
  thread.append(bubble.element);
  dispatch({ text: words }, bubble);
  return true;
}

function press(button) {
  if (!mayAnswer()) return;
  let bubble = null;
  if (button.on === null) {
    bubble = new OwnBubble(button.label);
    thread.append(bubble.element);
  }
  presses.set(dispatch({ choice: button.token }, bubble).id, button);
}

/* A line of the summary; once it is mended the summary opens there again. */
function edit(button) {
  edited = button.label;
  press(button);
}

wire.addEventListener("screen", ({ detail: { screen, message } }) => {
  const before = thread.current();
  thread.think(false);
  if (screen.locale !== before?.locale) spoken(screen.locale);
  const bubble = message && bubbles.get(message.id);
  bubble?.delivered();
  if (screen.echo && bubble) bubble.becomes(screen.echo);
  else if (screen.echo) thread.appendRecord(screen.echo);
  else if (bubble && !screen.parts.some((part) => part.tone === "problem")) bubble.masks();
  const how = place(screen, message, before);
  const listed = how === "in place" && opensList(screen, before);
  if (listed) bubble?.element.remove();
  if (how === "in place") keepExplanations(screen, before);
  thread.show(screen, how, edit, Boolean(message?.content.file));
  settle(message);
  header(screen);
  showChoices(screen, press, chooseFiles);
  fitComposer(screen);
  holdChoices(wire.busy);
  if (listed) openList();
  if (!before && screen.progress?.all_done) {
    announce(say("saved_before", { done: screen.progress.all_done }), 6000);
  }
  if (how === "in place") return;
  if (!edited || !thread.toLine(edited)) thread.toLive();
  else edited = "";
  guideFocus(screen);
});

/* Where a Screen goes: ticking and sending several files change the question on screen, they do not repeat it. */
function place(screen, message, before) {
  const content = message?.content ?? {};
  const spokenTo = "text" in content || "choice" in content || "file" in content;
  if (!before || screen.echo) return "below";
  if (!spokenTo) return "in place";
  const same = before.asks && screen.asks?.question === before.asks.question;
  if (same && opensList(screen, before)) return "in place";
  if (same && typeof presses.get(message.id)?.on === "boolean") return "in place";
  if (same && content.file && thread.answersFile()) return "moved";
  return "below";
}

/* “更多…” is no answer: the long list opens where the short one was. */
function opensList(screen, before) {
  return Boolean(screen.asks?.many_options && before?.asks && !before.asks.many_options);
}

/* Options are explained when they are first offered; after a tick their explanations would vanish. */
function keepExplanations(screen, before) {
  for (const button of screen.buttons) {
    button.explain ||= before?.buttons.find((other) => other.label === button.label)?.explain ?? "";
  }
}

function settle(message) {
  if (!message) return;
  bubbles.delete(message.id);
  presses.delete(message.id);
}

wire.addEventListener("refused", ({ detail: { message, error } }) => {
  thread.think(false);
  holdChoices(wire.busy);
  const bubble = message && bubbles.get(message.id);
  settle(message);
  if (!bubble) {
    announce(inWords(error.say), 6000);
    return;
  }
  const again = error.error === "broken" ? () => dispatch(message.content, bubble, message.id) : null;
  bubble.failed(inWords(error.say), again);
});

wire.addEventListener("pause", ({ detail: { seconds } }) => announce(say("wait", { seconds }), seconds * 1000));

wire.addEventListener("build", ({ detail: { build } }) => {
  // A new version is running. Its page may differ from this one, and there is nothing here to lose.
  if (build !== root.dataset.build && !typed() && !wire.busy && !uploads.busy) location.reload();
});

wire.addEventListener("state", ({ detail: { state } }) => {
  online = state === "open";
  for (const bubble of bubbles.values()) {
    if (online) bubble.sending();
    else bubble.waiting();
  }
  if (!online) thread.think(false);
  clearTimeout(stateTimer);
  if (state === "open") announce("");
  // A short break heals by itself; telling of every one would only worry people.
  if (state === "offline") stateTimer = setTimeout(() => announce(say("offline")), 1200);
  if (state === "no-session") announce(say("no_cookies"), 0, [say("reload"), () => location.reload()]);
  if (state === "elsewhere") announce(say("elsewhere"), 0, [say("here_again"), () => wire.connect()]);
});

let stateTimer = 0;
let lineTimer = 0;

/* A sentence under the header; gone after `lasting` milliseconds where that is given, else it is a state. */
function announce(sentence, lasting = 0, way = null) {
  clearTimeout(lineTimer);
  line.classList.toggle("state", !lasting);
  line.replaceChildren(sentence);
  if (way) line.append(el("button", { type: "button", class: "link", onclick: way[1] }, way[0]));
  if (lasting) lineTimer = setTimeout(() => announce(""), lasting);
}

function spoken(locale) {
  speak(locale);
  nameComposer();
  menuButton.setAttribute("aria-label", say("menu"));
  document.getElementById("log").setAttribute("aria-label", say("conversation"));
  document.getElementById("choices").setAttribute("aria-label", say("choices"));
}

function header(screen) {
  const { progress } = screen;
  underWay = Boolean(screen.title);
  const title = screen.title || say("app");
  document.getElementById("title").textContent = title;
  document.title = title;
  const where = progress && say(progress.section ? "progress" : "progress_all", {
    section: progress.section,
    done: progress.section ? progress.done : progress.all_done,
    of: progress.section ? progress.of : progress.all_of,
  });
  document.getElementById("where").textContent = where ?? "";
  const bar = document.getElementById("thread");
  bar.hidden = !progress;
  if (!progress) return;
  bar.setAttribute("aria-valuemax", progress.all_of);
  bar.setAttribute("aria-valuenow", progress.all_done);
  bar.setAttribute("aria-label", say("progress_all", { done: progress.all_done, of: progress.all_of }));
  bar.firstElementChild.style.width = `${(100 * progress.all_done) / Math.max(1, progress.all_of)}%`;
}

/* What was pressed is gone; the focus goes on to where the next answer is given. */
function guideFocus(screen) {
  const now = document.activeElement;
  if (now?.id === "text" || document.querySelector("dialog[open]")) return;
  const options = screen.buttons.some((button) => button.style === "option");
  if (byTouch()) thread.focusLive();
  else if (screen.asks && !options && screen.asks.keyboard !== "none") focusComposer();
  else firstChoice()?.focus({ preventScroll: true });
}

/* Whoever begins to type means the text field, wherever the focus is. */
function typeAnywhere(event) {
  const plain = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (plain && !event.target.closest("input, textarea, dialog")) focusComposer();
}

function redeemed() {
  thread.clear();
  history.replaceState(null, "", "/");
  wire.send({});
}

/* iOS lays its keyboard over the page: keep the composer above it. */
function fitViewport() {
  const seen = window.visualViewport;
  if (!seen) return;
  const fit = () => {
    root.style.setProperty("--height", `${seen.height}px`);
    scrollTo(0, 0);
  };
  seen.addEventListener("resize", fit);
  fit();
}

function start() {
  speak("zh");
  menuButton.append(icon("dots"));
  menuButton.addEventListener("click", () => openMenu({ underWay, command: sayText, redeemed }));
  startComposer({ text: sayText, files: (files) => uploads.add(files) });
  fitViewport();
  document.addEventListener("keydown", typeAnywhere);
  addEventListener("beforeunload", (event) => {
    if (wire.busy || uploads.busy) event.preventDefault();
  });
  const homes = root.dataset.origins.split(" ");
  if (!homes.includes(location.origin)) {
    line.replaceChildren(say("wrong_home"), el("a", { href: homes[0] }, homes[0]));
    return;
  }
  wire.connect();
  if (location.pathname === "/resume") {
    const known = location.hash.slice(1);
    history.replaceState(null, "", "/resume");
    askForCode(redeemed, known);
  }
}

start();
