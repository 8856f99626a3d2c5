/* Rows at a desk: a table where there is room for columns, a card for each row where there is none. */

import { el, icon, inWeChat } from "./dom.js";
import { say } from "./words.js";

/* A mark never speaks by colour alone. */
const MARKS = { new: "mark_new", overdue: "mark_overdue" };

/* Nothing stands in such a cell. */
const BLANK = new Set(["", "—"]);

/* A table of more columns takes all the room that a desk has. */
const NARROW = 4;

/* Cells no wider than this keep to one line, counted in columns of which a Chinese character takes two. */
const SHORT = 16;
/* So many columns of long texts want more room than a conversation. */
const WORDY = 3;

/* What the row that was opened last is about: whoever comes back to the table goes on from there. */
let opened = "";

/* A press may mean something else each time; what it is about stays. */
const about = ({ token }) => token.slice(token.lastIndexOf("~") + 1);

/** A table as the wire has it. `title` is what it is called, `press` is called with the button of a row, `next` tells
    whether a key turns the page. */
export function tableElement({ heads, rows }, title, press, next) {
  const opens = rows.some((row) => row.opens);
  const short = heads.map((_, at) => rows.every((row) => columns(row.cells[at]) <= SHORT));
  const wordy = short.filter((each) => !each).length >= WORDY;
  const width = heads.length > NARROW ? " many" : wordy ? " wordy" : "";
  const cells = (row) => row.cells.map((cell, at) => cellElement(row, cell, at, heads[at], short[at]));
  return el(
    "div",
    { class: `table${width}${opens ? " opens" : ""}` },
    el(
      "table",
      { role: "table" },
      el("caption", {}, title),
      el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, heads.map(headElement))),
      el("tbody", { role: "rowgroup" }, rows.map((row) => rowElement(row, cells(row), press))),
    ),
    el(
      "div",
      { class: "table-foot" },
      opens && el("p", { class: "table-keys", "aria-hidden": "true" }, keysOf(next)),
      !inWeChat && el("button", { type: "button", class: "link", onclick: () => print() }, say("print_code")),
    ),
  );
}

const columns = (words) => [...words].reduce((sum, char) => sum + (char > "\u2e7f" ? 2 : 1), 0);

/** Whoever goes leaves nothing behind. */
export const forgetRow = () => (opened = "");

const headElement = (head) => el("th", { scope: "col", role: "columnheader" }, head);

/* All of a row is pressed by a pointer; the button in its first cell is for everything else. */
function rowElement(row, cells, press) {
  const mark = row.mark ? ` mark-${row.mark}` : "";
  let chosen = "";
  const down = () => (chosen = String(getSelection()));
  const open = (event) => {
    // Who has just marked words with the pointer, to copy them, opens nothing.
    const now = String(getSelection());
    if (event.detail && now && now !== chosen) return;
    if (press(row.opens)) opened = about(row.opens);
  };
  const left = row.opens && about(row.opens) === opened ? " left-off" : "";
  return el("tr", { role: "row", class: `row${mark}${left}`, onpointerdown: row.opens && down, onclick: row.opens && open }, cells);
}

function cellElement(row, cell, at, head, short) {
  const words = el("span", { class: "cell-words" }, cell);
  const blank = BLANK.has(cell);
  const named = el("span", { class: "cell-head", "aria-hidden": "true" }, say("cell_head", { head }));
  const fits = short ? "short" : "long";
  if (at) return el("td", { role: "cell", class: `${fits}${blank ? " blank" : ""}` }, named, words);
  return el(
    "td",
    { role: "cell", class: `first ${fits}` },
    el(
      "div",
      { class: "row-name" },
      row.opens
        ? el("button", buttonOf(row.opens), words)
        : words,
      row.mark && el("span", { class: "row-mark" }, say(MARKS[row.mark])),
    ),
    row.opens && icon("right"),
  );
}

function buttonOf(opens) {
  const pressed = typeof opens.on === "boolean" ? { "aria-pressed": String(opens.on) } : {};
  return { type: "button", class: "row-open", "aria-label": opens.label, "data-about": about(opens), ...pressed };
}

function keysOf(next) {
  const keys = [["↑ ↓", "key_move"], ["Enter", "key_open"], ["/", "key_search"]];
  if (next) keys.push(["n", "key_next"]);
  keys.push(["Esc", "key_back"]);
  return keys.map(([key, words]) => el("span", {}, el("kbd", {}, key), say(words)));
}
