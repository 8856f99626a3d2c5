/* An invitation to hand on: in words to forward, as a link, as a picture with its QR code. */

import { copier } from "./devices.js";
import { el, icon } from "./dom.js";
import { say } from "./words.js";

/** The card of a Screen's invitation, or null. */
export function invitationElement(invitation) {
  if (!invitation) return null;
  const { title, text, link, telegram, here, reaches } = invitation;
  // At an address it can be pressed, kept and forwarded in any app; whose picture it is follows from who asks.
  const picture = el("img", { class: "code-picture", src: `/i/code.png?${Date.now()}`, alt: say("invite_picture"), width: 720, height: 720 });
  return el(
    "section",
    { class: "invite-card", "aria-label": title },
    el("h2", {}, title),
    !reaches && el("p", { class: "invite-warning" }, icon("alert"), say(telegram || new URL(link).host === "t.me" ? "invite_by_telegram" : "invite_here_only")),
    el("blockquote", { class: "invite-text" }, text),
    el(
      "div",
      { class: "code-ways" },
      copier("copy_invitation", text, "primary"),
      copier("copy_link", link, "plain"),
      navigator.share && el("button", { type: "button", class: "choice plain", onclick: () => share(title, text) }, icon("open"), say("share")),
      telegram && copier("copy_telegram", telegram, "plain"),
    ),
    picture,
    el("p", { class: "hint" }, say("invite_hold")),
    // In the same tab: it asks there who is to go on.
    el("a", { class: "choice plain", href: here }, icon("people"), say("invite_here")),
  );
}

/* Whoever thinks better of it has shared nothing, and that is all right. */
const share = (title, text) => navigator.share({ title, text }).catch(() => {});
