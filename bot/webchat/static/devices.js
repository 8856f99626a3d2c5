/* Going on at another device by a code. */

import { el, icon } from "./dom.js";
import { post } from "./post.js";
import { openSheet } from "./sheet.js";
import { say } from "./words.js";

/** Show a code that opens this interview elsewhere. */
export async function offerCode() {
  const sheet = openSheet(say("menu_devices"));
  const status = el("p", { class: "making", role: "status" }, el("span", { class: "spinner" }));
  sheet.body.append(status);
  try {
    const { code, telegram } = await post("/resume/code");
    const below = el("div", { class: "stack" }, el("p", { class: "hint" }, say("devices_once")));
    if (telegram) {
      const link = { class: "choice plain", href: telegram, target: "_blank", rel: "noopener" };
      below.append(el("a", link, say("in_telegram")));
    }
    status.remove();
    sheet.body.append(
      el("p", {}, say("devices_explain", { home: location.host })),
      el("output", { class: "code" }, code),
      below,
    );
    sheet.foot.append(
      copier("copy_code", code, "plain"),
      // After the # it stays in the browser: no server on the way writes it into a log.
      copier("copy_link", `${location.origin}/resume#${code}`, "primary"),
    );
  } catch (error) {
    status.replaceChildren(icon("alert"), error.sentence ?? say("failed"));
  }
}

/** A button that copies `content`. */
export function copier(words, content, style) {
  const label = el("span", {}, say(words));
  const copy = async () => {
    await copied(content);
    label.textContent = say("copied");
  };
  return el("button", { type: "button", class: `choice ${style}`, onclick: copy }, icon("copy"), label);
}

/* The clipboard interface exists only over https. */
async function copied(content) {
  if (navigator.clipboard) return navigator.clipboard.writeText(content);
  const field = el("textarea", { class: "off-screen", readonly: true }, content);
  (document.querySelector("dialog[open]") ?? document.body).append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

/** Ask for a code and say it in the conversation: there it is asked what is to become of this device. */
export function askForCode(command) {
  const sheet = openSheet(say("menu_code"));
  const field = el("input", {
    class: "field code-field",
    id: "code",
    maxlength: "120",
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    enterkeyhint: "go",
  });
  const form = el(
    "form",
    { class: "stack" },
    el("p", {}, say("code_explain")),
    el("label", { for: "code", class: "hint" }, say("code_label")),
    field,
    el("button", { type: "submit", class: "choice primary" }, say("code_go")),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = field.value.trim();
    if (!code) return;
    sheet.close();
    command(`/resume ${code}`, say("given_code"));
  });
  sheet.body.append(form);
  field.focus();
}
