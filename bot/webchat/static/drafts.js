/* What was typed and not yet taken, by person and question: it waits here while something else is asked, and on the
   device, so that a reload or a crash loses nothing. Nothing private is written there, nothing before consent, and
   nothing of a person stays once another one is here. */

import { joined, samePerson } from "./meaning.js";
import { masked } from "./private.js";

const PREFIX = "unsent/";
const LASTING = 7 * 24 * 3600 * 1000;

/* So many texts at most, and what could not be sent at once is not kept either: some hundred kilobytes in all. */
const MOST = 30;
const LONGEST = Number(document.documentElement.dataset.maxText);

const keyOf = ({ who, question, field, whole }) => `${who}/${question}${field && `.${field}`}${whole ? "~" : ""}`;

let who = "";

/* Each page has entries of its own: pages of one person do not hear at once what the others write. */
const PAGE = `#${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`;

/* By key: the text that waits to be sent, what was sent and is not yet taken, and what the device lacks. */
const texts = new Map();
const sent = new Map();
const unkept = new Set();

/** It is this one who speaks here now: what others left is gone. */
export function turnTo(now) {
  if (now === who && now) return;
  if (who && !samePerson(now, who)) forget();
  who = now;
  for (const [name, { text, at }] of swept()) {
    const key = name.split("#")[0];
    texts.set(key, joined(text, texts.get(key) ?? ""));
    if (write(key, texts.get(key), at) && name !== key + PAGE) erase(name);
  }
}

/** The text that waits for this question, or "". */
export const waiting = (meant) => texts.get(keyOf(meant)) ?? "";

/** Keep a text as it is being typed; an empty one is dropped. Its days count from when it was last changed. */
export function keep(meant, text) {
  const key = keyOf(meant);
  if (texts.get(key) === text && read(key) === text) return;
  if (text.trim()) texts.set(key, text);
  else texts.delete(key);
  store(meant);
}

/** It is on its way. */
export function send(meant, text) {
  const key = keyOf(meant);
  texts.delete(key);
  sent.set(key, [...(sent.get(key) ?? []), text]);
  store(meant);
}

/** It arrived. */
export function taken(meant, text) {
  const key = keyOf(meant);
  const others = (sent.get(key) ?? []).filter((other) => other !== text);
  if (others.length) sent.set(key, others);
  else sent.delete(key);
  store(meant);
}

/** It was not taken and waits for its question again. */
export function returned(meant, text) {
  texts.set(keyOf(meant), joined(text, waiting(meant)));
  taken(meant, text);
}

/** Whether something would be lost with this page. */
export const unsafe = () => unkept.size > 0;

/** Of this application nothing stays but what was typed for `meant`: it was emptied. */
export function emptied(meant) {
  for (const name of [...texts.keys(), ...stored().map(([known]) => known)]) {
    const key = name.split("#")[0];
    if (!key.startsWith(`${meant.who}/`) || key === keyOf(meant)) continue;
    texts.delete(key);
    unkept.delete(key);
    erase(name);
  }
}

/** Nothing typed stays, here and on the device. */
export function forget() {
  for (const known of [texts, sent, unkept]) known.clear();
  for (const [name] of stored()) erase(name);
}

function store(meant) {
  const key = keyOf(meant);
  const text = [...(sent.get(key) ?? []), ...(texts.has(key) ? [texts.get(key)] : [])].join("\n");
  const kept = may(meant, text) && write(key, text);
  if (!text || kept) unkept.delete(key);
  else unkept.add(key);
  if (!may(meant, text)) erase(key + PAGE);
}

const may = (meant, text) => text && meant.who && !meant.private && text.length <= LONGEST && masked(text) === text;

/* The device's storage may be switched off, full, or written by somebody else: none of that is an error. */

function write(key, text, at = Date.now()) {
  const name = PREFIX + key + PAGE;
  try {
    if (localStorage.getItem(name) === null) makeRoom();
    localStorage.setItem(name, JSON.stringify({ text, at }));
    return true;
  } catch {
    return false;
  }
}

function read(key) {
  try {
    return entry(localStorage.getItem(PREFIX + key + PAGE)).text;
  } catch {
    return "";
  }
}

function erase(name) {
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // There is nothing to erase then.
  }
}

function makeRoom() {
  const known = stored().sort(([, one], [, other]) => one.at - other.at);
  for (const [name] of known.slice(0, Math.max(0, known.length + 1 - MOST))) erase(name);
}

/* All texts on the device, as [name, {text, at}]: the name is the key with the page's mark. */
function stored() {
  try {
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(PREFIX))
      .map((name) => [name.slice(PREFIX.length), entry(localStorage.getItem(name))]);
  } catch {
    return [];
  }
}

function entry(raw) {
  try {
    const { text, at } = JSON.parse(raw);
    if (typeof text === "string" && typeof at === "number") return { text, at };
  } catch {
    // Not ours; it goes like what is too old.
  }
  return { text: "", at: 0 };
}

/* What is left for the one who speaks now, latest first, once what is old or of another person has gone. */
function swept() {
  const left = [];
  for (const [name, { text, at }] of stored()) {
    // A clock that was set wrong when it was written must not keep it for ever.
    const old = Math.abs(Date.now() - at) > LASTING;
    if (!who || !samePerson(name, who) || old) erase(name);
    else if (name.startsWith(`${who}/`)) left.push([name, { text, at }]);
  }
  return left.sort(([, one], [, other]) => other.at - one.at);
}
