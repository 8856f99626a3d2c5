/* The packet's documents: cards in the conversation, and a viewer that shows the pages as pictures. */

import { openElsewhere } from "./devices.js";
import { el, icon, inWeChat } from "./dom.js";
import { openSheet } from "./sheet.js";
import { inWords, say } from "./words.js";

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
      paper.format === "file" ? elsewhere(paper) : null,
      paper.format === "file" ? null : save(paper, "choice plain"),
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

/* A scan or a film as it was sent: the browser shows it by itself. */
function elsewhere(paper) {
  return el("a", { class: "choice plain", href: paper.address, target: "_blank", rel: "noopener", "aria-label": `${say("view")} ${paper.title}` }, icon("eye"), say("view"));
}

const address = (paper) => `/documents/${encodeURIComponent(paper.document)}`;

function save(paper, style) {
  // An app's browser saves no files: a real one does.
  if (inWeChat) {
    return el("button", { type: "button", class: style, "aria-label": `${say("in_browser")} ${paper.title}`, onclick: openElsewhere }, icon("open"), say("in_browser"));
  }
  return el(
    "a",
    {
      class: style,
      href: paper.address || `${address(paper)}.${paper.format}?save`,
      download: paper.filename,
      "aria-label": `${say("download")} ${paper.title}`,
    },
    icon("down"),
    say("download"),
  );
}

/* The pages are plain pictures by address: where a browser saves nothing else, they can be pressed and kept. */
function view(paper) {
  const stop = new AbortController();
  const sheet = openSheet(paper.title, { tall: true, onclose: () => stop.abort() });
  const making = el("p", { class: "making", role: "status" }, el("span", { class: "spinner" }), say("making"));
  const pages = el("div", { class: "pages" });
  sheet.body.append(making, pages);
  sheet.foot.append(
    el("p", { class: "hint" }, say(inWeChat ? "wechat_pages" : "keep_pages")),
    // In the same tab where there is but one, so that its back button comes back here.
    el("a", { class: "choice plain", href: `${address(paper)}.pdf`, target: inWeChat ? null : "_blank", rel: "noopener" }, icon("open"), say("open_pdf")),
    save(paper, "choice primary"),
  );
  load(`${address(paper)}.pages`, stop.signal)
    .then((count) => {
      const all = Array.from({ length: count }, (_, at) => pageOf(paper, at + 1, count));
      all[0]?.addEventListener("load", () => making.remove(), { once: true });
      pages.append(...all);
    })
    .catch((error) => {
      if (stop.signal.aborted) return;
      making.replaceChildren(icon("alert"), error.sentence ?? say("failed"));
    });
}

async function load(url, signal) {
  const response = await fetch(url, { signal });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw Object.assign(new Error(url), { sentence: inWords(answer.say) });
  return answer.pages;
}

/* So many pages are asked for at once; a whole packet has dozens. */
const AT_ONCE = 6;

/* A page that could not be had is asked for again at a press. */
function pageOf(paper, page, pages) {
  const source = `${address(paper)}/${page}.jpg`;
  const image = el("img", { src: source, alt: say("page_of", { page, pages }), class: "page", width: 1080, height: 1527, loading: page > AT_ONCE ? "lazy" : null });
  let tried = 0;
  image.onerror = () => {
    const again = el("button", { type: "button", class: "choice plain" }, icon("retry"), `${say("page_of", { page, pages })} · ${say("retry")}`);
    again.onclick = () => {
      image.src = `${source}?again=${++tried}`;
      again.replaceWith(image);
    };
    image.replaceWith(again);
  };
  return image;
}
