/* What stands in the conversation: bubbles by tone, the summary of answers, a person's own bubbles. */

import { el, icon } from "./dom.js";
import { tableElement } from "./table.js";
import { say } from "./words.js";

/* A tone never speaks by colour alone: those that weigh something carry an icon and a word. */
const BADGES = {
  met: ["check", "tone_met"],
  not_met: ["cross", "tone_not_met"],
  verify: ["ask", "tone_verify"],
  pending: ["hourglass", "tone_pending"],
  problem: ["alert", "tone_problem"],
  help: ["info", "tone_help"],
};

const VERDICTS = new Set(["met", "not_met", "verify", "pending"]);

/* So many verdicts in a row are a list, not a pile of bubbles. */
const LISTED_FROM = 3;

/** The parts of a Screen. `press` is called with the button of a summary line or a row, `next` tells whether a key turns
    the page of its rows. */
export function partElements(parts, press, next = false) {
  const elements = [];
  for (let at = 0; at < parts.length; ) {
    let end = at;
    while (VERDICTS.has(parts[end]?.tone)) end++;
    if (end - at >= LISTED_FROM) {
      elements.push(el("ul", { class: "verdicts", "aria-label": say("speaks_ours") }, parts.slice(at, end).map(verdict)));
      at = end;
    } else {
      const title = parts[at - 1]?.text ?? say("app");
      const table = parts[at].type === "table";
      elements.push(table ? tableElement(parts[at], title, press, next) : partElement(parts[at], press));
      at++;
    }
  }
  return elements;
}

function partElement(part, press) {
  if (part.type === "summary") return summary(part, press);
  if (part.tone === "record") return record(part.text);
  const words = el("p", { class: "words" }, part.dials ? dialled(part.text, part.dials) : lines(part.text));
  if (!(part.tone in BADGES)) return el("div", { class: `bubble tone-${part.tone}` }, speaker("ours"), words);
  // A verdict ends with its clause in brackets. Good news without one (“都填好了”) is no verdict: no word for it.
  const plain = part.tone === "met" && !/[）)]\s*$/.test(part.text);
  return el("div", { class: `bubble tone-${part.tone}${plain ? " plain" : ""}` }, speaker("ours"), badge(part.tone, !plain), words);
}

/* Who speaks is seen by where a bubble stands; whoever hears the page is told. */
const speaker = (whose) => el("span", { class: "off-screen speaker" }, say(`speaks_${whose}`));

/* The telephone numbers that a sentence gives are called by a tap. */
function dialled(text, dials) {
  let pieces = [text];
  for (const { shown, href } of dials) {
    pieces = pieces.flatMap((piece) => {
      if (typeof piece !== "string") return [piece];
      return piece.split(shown).flatMap((words, at) => (at ? [el("a", { href, class: "dial" }, shown), words] : [words]));
    });
  }
  return pieces.flatMap((piece) => (typeof piece === "string" ? lines(piece) : [piece]));
}

/* A list's indented lines keep their indent where they wrap, and its marks (“[已收到]”) do not break. */
function lines(text) {
  return text.split(/^( +.*)(?:\n|$)/m).flatMap((piece, at) => {
    if (at % 2) return el("span", { class: "indented" }, piece.trim());
    return piece.split(/(\[[^\]\n]{1,20}\])/).map((part, mark) => (mark % 2 ? el("span", { class: "mark" }, part) : part));
  });
}

function badge(tone, inWords = true) {
  const [name, key] = BADGES[tone];
  return el("p", { class: "badge" }, icon(name), inWords && el("span", {}, say(key)));
}

function verdict(part) {
  return el("li", { class: `tone-${part.tone}` }, badge(part.tone), el("p", { class: "words" }, part.text));
}

/** An answer as it stands in the record. */
export function record(text) {
  const bubble = new OwnBubble("");
  bubble.becomes(text);
  return bubble.element;
}

/* What is longer than this is folded. */
const FOLDED_FROM = 180;

/** A person's own bubble, from the moment it is sent. */
export class OwnBubble {
  #words;
  #caption;
  #state;

  constructor(text, picture = null) {
    this.#words = el("p", { class: "words" });
    this.#caption = el("div", { class: "caption" }, this.#words);
    this.#state = el("p", { class: "delivery" });
    const bubble = el("div", { class: "bubble mine" }, speaker("own"), picture, this.#caption);
    this.element = el("div", { class: "own" }, bubble, this.#state);
    this.#says(text);
  }

  /** How the answer reads in the record, in place of what was typed. */
  becomes(echo) {
    const plain = echo.replace(/^✓\s*/, "");
    this.#says(plain);
    this.#caption.querySelector(".icon")?.remove();
    this.#caption.classList.toggle("recorded", plain !== echo);
    if (plain !== echo) this.#words.before(icon("check"));
  }

  #says(text) {
    this.#words.textContent = text;
    this.#caption.querySelector(".link")?.remove();
    const long = text.length > FOLDED_FROM;
    this.#words.classList.toggle("folded", long);
    if (!long) return;
    const unfold = el("button", { type: "button", class: "link" }, say("unfold"));
    unfold.addEventListener("click", () => {
      const folded = this.#words.classList.toggle("folded");
      unfold.textContent = say(folded ? "unfold" : "fold");
    });
    this.#words.after(unfold);
  }

  waiting() {
    this.#state.replaceChildren(icon("clock"), say("waiting"));
  }

  /** It waits for what was sent before it; `stop` makes that stop. */
  waits(why, words, stop) {
    const way = el("button", { type: "button", class: "link", onclick: stop }, words);
    this.#state.replaceChildren(icon("clock"), why, way);
  }

  sending() {
    this.#state.replaceChildren();
  }

  failed(why, again) {
    const retry = again && el("button", { type: "button", class: "link", onclick: again }, say("retry"));
    this.#state.replaceChildren(icon("alert"), why, ...(retry ? [retry] : []));
    this.#state.classList.add("failed");
  }

  delivered() {
    this.#state.remove();
  }
}

function summary(part, press) {
  return el("div", { class: "summary" }, part.groups.map((group) => summaryGroup(group, press)));
}

function summaryGroup(group, press) {
  const lines = el("ul", {}, group.lines.map((line) => el("li", {}, summaryLine(line, press))));
  const title = el("h2", {}, group.title, group.note && el("span", { class: "group-note" }, group.note));
  if (!group.folded) return el("section", { class: "group" }, title, lines);
  return el("details", { class: "group" }, el("summary", {}, title, icon("right")), lines);
}

const STATES = { missing: "alert", wrong: "cross", skipped: null, ok: null };

/* What pressing a line does: its button says it, and names the line again, which stands beside it already. */
function does({ label, edit }) {
  const named = [`：${label}`, `: ${label}`].find((end) => edit.label.endsWith(end));
  return named ? edit.label.slice(0, -named.length) : edit.label;
}

/* The engine writes “（还没填）” as the value of an empty line; the mark beside the label says it already. */
function summaryLine(line, press) {
  const mark = STATES[line.state];
  return el(
    "button",
    {
      type: "button",
      class: `line-row state-${line.state}`,
      "data-edit": line.edit.label,
      onclick: () => press(line.edit),
    },
    el(
      "span",
      { class: "line-label" },
      line.label,
      mark && el("span", { class: "line-state" }, icon(mark), say(`state_${line.state}`)),
    ),
    el("span", { class: "line-value" }, line.value),
    line.remark && el("span", { class: "line-remark" }, line.remark),
    el("span", { class: "line-edit" }, does(line), icon("right")),
  );
}
