/* The packet's documents: cards in the conversation, and a viewer that shows the pages as pictures. */

import { el, icon } from "./dom.js";
import { openSheet } from "./sheet.js";
import { inWords, say } from "./words.js";

const inWeChat = /MicroMessenger/i.test(navigator.userAgent);

const FORMATS = { pdf: "PDF", xlsx: "Excel", zip: "ZIP" };

/** The cards of a Screen. */
export function cardElements(cards) {
  if (!cards.length) return null;
  return el("div", { class: "cards", role: "group", "aria-label": say("documents") }, cards.map(card));
}

function card(paper) {
  return el(
    "article",
    { class: "card" },
    el("span", { class: "card-icon" }, icon("file")),
    el(
      "div",
      { class: "card-words" },
      el("h2", {}, paper.title),
      el("p", {}, [paper.note, FORMATS[paper.format]].filter(Boolean).join(" · ")),
    ),
    el(
      "div",
      { class: "card-ways" },
      paper.format === "pdf" ? look(paper) : null, // nothing else has pages to look at
      save(paper, "choice plain"),
    ),
  );
}

function look(paper) {
  return el(
    "button",
    { type: "button", class: "choice plain", "aria-label": `${say("view")} ${paper.title}`, onclick: () => view(paper) },
    icon("eye"),
    say("view"),
  );
}

const address = (paper) => `/documents/${encodeURIComponent(paper.document)}`;

function save(paper, style) {
  return el(
    "a",
    {
      class: style,
      href: `${address(paper)}.${paper.format}?save`,
      download: paper.filename,
      "aria-label": `${say("download")} ${paper.title}`,
    },
    icon("down"),
    say("download"),
  );
}

function view(paper) {
  const stop = new AbortController();
  const pictures = [];
  const sheet = openSheet(paper.title, {
    tall: true,
    onclose: () => {
      stop.abort();
      pictures.forEach((picture) => URL.revokeObjectURL(picture));
    },
  });
  const making = el("p", { class: "making", role: "status" }, el("span", { class: "spinner" }), say("making"));
  const pages = el("div", { class: "pages" });
  sheet.body.append(making, pages);
  sheet.foot.append(
    el("a", { class: "choice plain", href: `${address(paper)}.pdf`, target: "_blank", rel: "noopener" }, icon("open"), say("open_pdf")),
    save(paper, "choice primary"),
  );
  if (inWeChat) sheet.foot.prepend(el("p", { class: "hint" }, say("wechat_pdf")));
  load(`${address(paper)}.pages`, stop.signal, (picture, page, count) => {
    making.remove();
    pictures.push(picture);
    pages.append(el("img", { src: picture, alt: say("page_of", { page, pages: count }), class: "page" }));
  }).catch((error) => {
    if (stop.signal.aborted) return;
    making.replaceChildren(icon("alert"), error.sentence ?? say("failed"));
  });
}

/* Pages arrive one JSON line each and are shown as they come. */
async function load(url, signal, show) {
  const response = await fetch(url, { signal });
  if (!response.ok) {
    const refusal = await response.json().catch(() => ({}));
    throw Object.assign(new Error(url), { sentence: inWords(refusal.say) });
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let count = 0;
  let page = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const lines = (rest + value).split("\n");
    rest = lines.pop();
    for (const line of lines.map((text) => JSON.parse(text))) {
      if (line.pages) count = line.pages;
      else show(pictureOf(line.image), ++page, count);
    }
  }
}

function pictureOf(encoded) {
  const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  return URL.createObjectURL(new Blob([bytes], { type: "image/webp" }));
}
