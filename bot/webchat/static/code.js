/* A recovery code in the conversation: to be read, copied, kept as a picture and printed. */

import { copier } from "./devices.js";
import { el, icon } from "./dom.js";
import { say } from "./words.js";

/** The card of a Screen's recovery code, or null. */
export function codeElement(code) {
  if (!code) return null;
  const picture = pictureOf(code.picture);
  return el(
    "section",
    { class: "code-card", "aria-label": code.title },
    el("output", { class: "code long" }, ...groups(code.text)),
    el("img", { class: "code-picture", src: picture, alt: say("code_picture"), width: 720, height: 720 }),
    el("p", { class: "hint" }, say("code_hold")),
    el(
      "div",
      { class: "code-ways" },
      copier("copy_recovery", code.text, "plain"),
      el("a", { class: "choice plain", href: picture, download: `${code.title}.png` }, icon("down"), say("save_picture")),
      el("button", { type: "button", class: "choice plain", onclick: () => print() }, icon("file"), say("print_code")),
    ),
  );
}

function pictureOf(encoded) {
  const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  return URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
}

/* A line breaks between groups only, and a copied code keeps its hyphens. */
function groups(text) {
  return text.split("-").flatMap((group, at) => [at > 0 && "-", at > 0 && el("wbr"), el("span", {}, group)]);
}
