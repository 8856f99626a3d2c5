/* The keyboard at a table: rows are gone through, opened and left without a pointer. */

const text = document.getElementById("text");
const choices = document.getElementById("choices");

const rows = () => [...document.querySelectorAll(".row-open")];
const focused = () => rows().indexOf(document.activeElement);

/* Which way a key goes through the rows. A Chinese keyboard writes “、” where the slash is. */
const STEPS = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 };
const SEARCHES = new Set(["/", "、", "／"]);

/** The row that was left off takes the focus, else the first one; false where there is none. */
export function focusRow() {
  const row = document.querySelector(".left-off .row-open") ?? rows()[0];
  row?.focus({ preventScroll: true });
  return Boolean(row);
}

/** Before rows are drawn anew: gives what to do afterwards, so that whoever stands on one stands there still. */
export function heldRow() {
  const held = rows()[focused()]?.dataset.about;
  return () => held && rows().find((row) => row.dataset.about === held)?.focus({ preventScroll: true });
}

/** A key that means something at a table: it is done, and gives true. */
export function rowKey(event) {
  const held = event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.keyCode === 229;
  if (held || !document.querySelector(".table") || event.target.closest("dialog")) return false;
  const done = event.target.closest("input, textarea") ? inField(event) : onPage(event);
  if (done) event.preventDefault();
  return done;
}

/* Out of an empty field the arrows lead into the rows; Escape does out of any. */
function inField(event) {
  if (event.target !== text) return false;
  if (event.key === "Escape") return focusRow() || back();
  return (event.key === "ArrowDown" || event.key === "ArrowUp") && !text.value && focusRow();
}

function onPage(event) {
  if (event.key === "Escape") return back();
  if (SEARCHES.has(event.key)) {
    text.focus();
    return true;
  }
  if (event.key in STEPS) return step(STEPS[event.key]);
  const way = choices.querySelector(`[aria-keyshortcuts="${CSS.escape(event.key)}"]`);
  if (!event.repeat) way?.click(); // a key that is held turns one page
  return Boolean(way);
}

/* From one row to the next, and from anywhere else to where the rows were left. */
function step(by) {
  const all = rows();
  const at = focused();
  if (at < 0) return focusRow() && show(document.activeElement);
  all[Math.min(Math.max(at + by, 0), all.length - 1)].focus({ preventScroll: true });
  return show(document.activeElement);
}

/* The row is seen whole, clear of the head that stays above it. */
function show(row) {
  row.closest("tr").scrollIntoView({ block: "nearest" });
  return true;
}

/* To the way on, or else the first of the ways around: it is pressed by who means it, not by Escape. */
function back() {
  const way = choices.querySelector(".choice.primary") ?? choices.querySelector("button");
  way?.focus();
  return Boolean(way);
}
