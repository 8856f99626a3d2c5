/* A recovery code in the conversation: to be read, copied, kept as a picture and printed. */

import { copier } from "./devices.js";
import { el, icon, inWeChat } from "./dom.js";
import { say } from "./words.js";

/** The card of a Screen's recovery code, or null. */
export function codeElement(code) {
  if (!code) return null;
  // At an address it can be pressed and kept in any app. Whoever has left has no session that could ask for it: it came
  // along as well.
  const picture = el("img", { class: "code-picture", src: `/resume/code.png?${Date.now()}`, alt: say("code_picture"), width: 720, height: 720 });
  picture.addEventListener("error", () => (picture.src = pictureOf(code.picture)), { once: true });
  return el(
    "section",
    { class: "code-card", "aria-label": code.title },
    el("output", { class: "code long" }, ...groups(code.text)),
    picture,
    el("p", { class: "hint" }, say("code_hold")),
    el(
      "div",
      { class: "code-ways" },
      copier("copy_recovery", code.text, "plain"),
      !inWeChat && el("a", { class: "choice plain", href: pictureOf(code.picture), download: `${code.title}.png` }, icon("down"), say("save_picture")),
      !inWeChat && el("button", { type: "button", class: "choice plain", onclick: () => print() }, icon("file"), say("print_code")),
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
