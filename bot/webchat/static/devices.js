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

/* What an app's own “open in browser” takes along is the address on the page; it reads nothing behind “#” by itself. */
const HERE = "/";

/** Show how to go on in a real browser: the address holds a code that joins it to this seat, once. */
export async function openElsewhere() {
  const sheet = openSheet(say("in_browser"), { onclose: () => history.replaceState(history.state, "", HERE) });
  const status = el("p", { class: "making", role: "status" }, el("span", { class: "spinner" }));
  sheet.body.append(status);
  try {
    const { code } = await post("/resume/code");
    const link = `${location.origin}/resume#${code}`;
    if (!sheet.open()) return;
    history.replaceState(history.state, "", `/resume#${code}`);
    status.remove();
    const field = el("input", { class: "field link-field", id: "link", readonly: true, value: link });
    field.addEventListener("focus", () => field.select());
    sheet.body.append(
      el(
        "div",
        { class: "stack" },
        el("p", {}, say("in_browser_how")),
        el("p", { class: "hint" }, say("in_browser_else")),
        el("label", { class: "off-screen", for: "link" }, say("link_label")),
        field,
        el("p", { class: "hint" }, say("in_browser_once")),
      ),
    );
    sheet.foot.append(copier("copy_link", link, "primary"));
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
    tell(button, say("copied"));
  };
  const button = el("button", { type: "button", class: `choice ${style}`, onclick: copy }, icon("copy"), label);
  return button;
}

/* Whoever hears the page does not hear that the words on a button have changed. */
function tell(button, sentence) {
  const status = el("span", { class: "off-screen", role: "status" });
  if (button.nextElementSibling?.matches(".off-screen[role=status]")) button.nextElementSibling.remove();
  button.after(status);
  setTimeout(() => status.append(sentence), 50);
}

/* The clipboard interface exists only over https, and not in every app; where it is, it may refuse. */
async function copied(content) {
  try {
    await navigator.clipboard.writeText(content);
    return;
  } catch {
    // The old way, then.
  }
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
