/* The page: the line to the server on one side, what is seen and pressed on the other. */

import { arrived, wishOn } from "./arriving.js";
import { OwnBubble } from "./bubbles.js";
import { catchDrops } from "./carried.js";
import { firstChoice, holdChoices, openList, renewChoices, showChoices, unread } from "./choices.js";
import {
  chooseFiles,
  emptyComposer,
  fitComposer,
  focusComposer,
  giveBack,
  nameComposer,
  startComposer,
  takeFiles,
  typed,
} from "./composer.js";
import { askForCode } from "./devices.js";
import { byTouch, el, icon } from "./dom.js";
import * as drafts from "./drafts.js";
import { launched, signIn } from "./launch.js";
import { openEditor } from "./editor.js";
import { meaning, wholly } from "./meaning.js";
import { openMenu } from "./menu.js";
import { Outbox } from "./outbox.js";
import { focusRow, rowKey } from "./rows.js";
import { Sharing } from "./sharing.js";
import { masked } from "./private.js";
import { reopened, sayInSheet } from "./sheet.js";
import { clearStory, tellStory } from "./story.js";
import * as thread from "./thread.js";
import { Wire } from "./wire.js";
import { inWords, say, speak } from "./words.js";

const root = document.documentElement;
const menuButton = document.getElementById("menu");
const line = document.getElementById("line");
const wire = new Wire();
const MAX_TEXT = Number(root.dataset.maxText);

let underWay = false;
let answered = 0;
let edited = null;
let online = false;

const sharing = new Sharing({ wire, left, stand, announce });
const outbox = new Outbox({ wire, place: thread.append, changed: tellWaiting });

/* What is on its way holds the buttons; what waits for files says so. */
function tellWaiting() {
  outbox.tell(online);
  holdChoices(outbox.answering);
  thread.think(online && wire.due);
}

/* An answer belongs to the question on screen: the next one waits until this one has arrived. Behind files that are
   still going up, texts may queue. */
function mayAnswer(what) {
  if (outbox.takes(what)) return true;
  announce(say("one_at_a_time"), 4000);
  return false;
}

function sayText(text, words, meant) {
  if (!mayAnswer("text")) return false;
  const bubble = new OwnBubble(masked(words));
  thread.append(bubble.element);
  if (meant) drafts.send(meant, text);
  outbox.say(text, meant, bubble);
  return true;
}

/* A command of the menu means the same at every question; what was typed answers the one it was typed for. */
const command = (text, words) => sayText(text, words, null);

function sayTyped(words, meant) {
  const count = [...words].length;
  if (count > MAX_TEXT) announce(say("too_long", { count, most: MAX_TEXT }), 8000);
  else if (!meant) announce(say("connecting"), 4000);
  else return sayText(words, words, meant);
  return false;
}

/* All of a long text, in a field of its own. */
function write(screen) {
  const meant = wholly(screen);
  const title = screen.parts.findLast((part) => part.tone === "ask")?.text ?? say("write");
  const send = (text) => sayTyped(text, meant);
  openEditor({ writing: screen.asks.writing, meant, title }, send);
}

/* Gives whether the press was taken. */
function press(button) {
  if (unread() || !mayAnswer("press")) return false;
  let bubble = null;
  if (button.on === null) {
    bubble = new OwnBubble(button.label);
    thread.append(bubble.element);
  }
  outbox.press(button, meaning(thread.current()), bubble);
  return true;
}

/* A row, or a line of the summary; once it is mended the summary opens there again. */
function edit(button) {
  if (!press(button)) return false;
  edited = { label: button.label };
  return true;
}

wire.addEventListener("screen", ({ detail: { screen, message } }) => {
  if (message) hush();
  const bubble = message?.bubble;
  bubble?.delivered();
  if (screen.echo && bubble) bubble.becomes(screen.echo);
  else if (screen.echo) thread.appendRecord(screen.echo);
  // Somebody else is here, or nobody any more: what the one before said is not for them to read.
  const last = thread.current();
  if (last?.who && last.who.slice(0, 8) !== screen.who.slice(0, 8)) left();
  else if (last && last.who !== screen.who && (last.who || screen.title)) turnOver();
  const before = thread.current();
  show(screen, message, place(screen, message, before));
  const wish = wishOn(screen);
  if (wish) command(wish, say("wished"));
  if (!answersTyped(message)) return;
  const { content, meant } = message;
  if (refusedText(screen, before)) giveBack(content.text, meant, true);
  else drafts.taken(meant, content.text);
});

/* Whether a message is what was typed for a question: neither a command nor a press nor a file. */
const answersTyped = (message) => Boolean(message?.meant && "text" in message.content);

/* A typed answer that was not taken: the same question is asked again, after a word on what is wrong. */
function refusedText(screen, before) {
  const same = !before?.asks || before.asks.question === screen.asks?.question;
  return same && screen.asks && !screen.echo && screen.parts.some((part) => part.tone === "problem");
}

function show(screen, message, how) {
  const before = thread.current();
  if (screen.locale !== before?.locale) spoken(screen.locale);
  wire.locale = screen.who ? "" : screen.locale;
  const listed = how === "in place" && opensList(screen, before);
  if (listed) message?.bubble?.element.remove();
  const ticked = typeof message?.button?.on === "boolean" && how === "in place";
  if (ticked) keepSaid(screen, before);
  else renewChoices();
  thread.show(screen, how, edit, Boolean(message?.content.file));
  header(screen);
  drafts.turnTo(screen.who); // a button tells how much was written
  showChoices(screen, press, chooseFiles, write);
  const saved = !before && screen.progress?.all_done;
  if (saved) announce(say("saved_before", { done: saved }), 6000);
  if (before?.who === screen.who && answered && screen.progress?.all_done === 0) drafts.emptied(meaning(screen));
  answered = screen.progress?.all_done ?? answered;
  outbox.follow(meaning(screen), screen, Boolean(message));
  fitComposer(screen, Boolean(message));
  tellWaiting();
  if (listed) openList();
  if (screen.beside && message) sharing.change(true);
  if (!before && screen.title) tellStory(screen, edit);
  if (how === "in place") return;
  const back = edited && thread.toLine(edited.label);
  if (!back) thread.toLive();
  followEdit(screen, back);
  guideFocus(screen);
}

/* An edit is over when the summary is back, and when another question than the edited one is asked first. At a desk
   nothing is asked: from one answer it may go on to the next before all of them are there again. */
function followEdit(screen, back) {
  if (!edited) return;
  edited.question ??= screen.asks?.question;
  if (back || (edited.question && screen.asks?.question !== edited.question)) edited = null;
}

/* Where a Screen goes: ticking and sending several files change the question on screen, they do not repeat it. */
function place(screen, message, before) {
  const content = message?.content ?? {};
  const spokenTo = "text" in content || "choice" in content || "file" in content;
  if (!before || screen.echo) return "below";
  if (!spokenTo) return "in place";
  if (typeof message.button?.on === "boolean" && ticksRow(screen, before)) return "in place";
  const same = before.asks && screen.asks?.question === before.asks.question;
  if (same && opensList(screen, before)) return "in place";
  if (same && typeof message.button?.on === "boolean") return "in place";
  if (same && content.file && thread.answersFile()) return "moved";
  return "below";
}

/* A row was ticked: its table is there again, and nothing was refused. */
function ticksRow(screen, before) {
  const tables = ({ parts }) => parts.some((part) => part.type === "table");
  return tables(before) && tables(screen) && screen.parts[0]?.tone !== "problem";
}

/* “更多…” is no answer: the long list opens where the short one was. */
function opensList(screen, before) {
  return Boolean(screen.asks?.many_options && before?.asks && !before.asks.many_options);
}

/* What was said of the last answer, verdicts above all, stays while the next one is being ticked. */
function keepSaid(screen, before) {
  const again = new Set(screen.parts.map((part) => part.text));
  const asked = before.parts.findIndex((part) => part.tone === "ask");
  const said = before.kept ?? (before.echo ? before.parts.slice(0, asked) : []);
  screen.kept = said.filter((part) => !again.has(part.text));
  screen.parts = [...screen.kept, ...screen.parts];
}

wire.addEventListener("refused", ({ detail: { message, error } }) => {
  if (message) hush();
  const again = error.error === "broken" ? () => outbox.again(message) : null;
  if (error.screen) show(error.screen, null, "below");
  tellWaiting();
  let sentence = inWords(error.say);
  if (answersTyped(message) && !again) {
    sentence += say(giveBack(message.content.text, message.meant) ? "given_back" : "set_aside");
  }
  if (message?.bubble) message.bubble.failed(sentence, again);
  else announce(sentence, 6000);
});

wire.addEventListener("pause", ({ detail: { seconds } }) => announce(say("wait", { seconds }), seconds * 1000));

wire.addEventListener("build", ({ detail: { build } }) => {
  // A new version is running. Its page may differ from this one, and there is nothing here to lose.
  if (build !== root.dataset.build && !typed() && !wire.busy) location.reload();
});

wire.addEventListener("state", ({ detail: { state } }) => {
  online = state === "open";
  tellWaiting();
  clearTimeout(stateTimer);
  if (state === "open") stand("");
  // A short break heals by itself; telling of every one would only worry people.
  if (state === "offline") stateTimer = setTimeout(() => stand(say("offline")), 1200);
  if (state === "no-session") stand(say("no_cookies"), [say("reload"), () => location.reload()]);
  if (state === "resting") stand(say("resting"), [say("try_now"), () => wire.connect()]);
  if (state === "not-understood") stand(say("not_understood"), [say("reload"), () => location.reload()]);
  if (state === "somebody-else") sharing.gaveWay();
  if (state === "elsewhere") stand(say("elsewhere"), [say("here_again"), () => wire.connect()]);
});

let stateTimer = 0;
let lineTimer = 0;
let standing = [];

/* The sentence under the header that tells the state of the line, with a way out of it where there is one. */
function stand(sentence, way = null) {
  standing = [sentence, way && el("button", { type: "button", class: "link", onclick: way[1] }, way[0])].filter(Boolean);
  hush();
}

/* A sentence in its place, for `lasting` milliseconds. */
function announce(sentence, lasting) {
  clearTimeout(lineTimer);
  line.classList.remove("state");
  line.replaceChildren(sentence);
  sayInSheet(sentence);
  lineTimer = setTimeout(hush, lasting);
}

/* Nothing passing is to be told any more, only the state. */
function hush() {
  clearTimeout(lineTimer);
  line.classList.add("state");
  line.replaceChildren(...standing);
  sayInSheet("");
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
  const later = progress?.put_off;
  document.getElementById("where").textContent = later ? say("progress_later", { where, later }) : (where ?? "");
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
  else if (typed() || (screen.asks && !options && screen.asks.keyboard !== "none")) focusComposer();
  else if (!focusRow()) firstChoice()?.focus({ preventScroll: true });
}

/* Whoever begins to type means the text field, wherever the focus is. */
function typeAnywhere(event) {
  if (rowKey(event)) return;
  const plain = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (plain && !event.target.closest("input, textarea, dialog")) focusComposer();
}

/* Another application begins here: what was said in the last one is no part of it. */
function turnOver() {
  thread.clear();
  clearStory();
}

/* This device was left, or somebody else goes on here: nothing stays on it. */
function left() {
  turnOver();
  drafts.forget();
  emptyComposer();
  outbox.clear();
}

/* As it is said in the conversation, marked for what it is; what is no token is told so there, too. */
const marked = (mark, token) => `${mark}_${token.replace(/^[is]_/, "").slice(0, 100)}`;

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
  menuButton.addEventListener("click", () => openMenu({ underWay, command, changePeople: () => sharing.change(false) }));
  startComposer({
    text: sayTyped,
    files: (files, meant) => outbox.upload(files, meant),
    tell: (sentence) => announce(sentence, 8000),
  });
  catchDrops(takeFiles);
  reopened();
  fitViewport();
  document.addEventListener("keydown", typeAnywhere);
  addEventListener("beforeunload", (event) => {
    if (wire.busy || drafts.unsafe()) event.preventDefault();
  });
  const homes = root.dataset.origins.split(" ");
  if (!homes.includes(location.origin)) {
    const there = homes[0] + (location.pathname + location.hash).replace(/^\/$/, ""); // a link stays what it is
    line.replaceChildren(say("wrong_home"), el("a", { href: there }, homes[0]));
    return;
  }
  const launch = launched();
  if (launch) {
    signIn(launch).then(({ code, sentence }) => {
      if (sentence) wire.addEventListener("screen", () => announce(sentence, 60000), { once: true });
      wire.connect();
      if (code) command(`/resume ${code}`, say("given_code"));
    });
    return;
  }
  wire.connect();
  const { code, invitation, seat } = arrived();
  if (code) command(`/resume ${code}`, say("given_code"));
  else if (invitation !== undefined) command(marked("i", invitation), say("given_invitation"));
  else if (seat !== undefined) command(marked("s", seat), say("given_invitation"));
  else if (code === "") askForCode(command);
}

start();
