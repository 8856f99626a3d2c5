/* Going on at another device by a code, and leaving this one. */

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

function copier(words, content, style) {
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
  document.querySelector("dialog[open]").append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

/** Ask for a code; `redeemed` runs once it opened its interview here. */
export function askForCode(redeemed, known = "") {
  const sheet = openSheet(say("menu_code"));
  const field = el("input", {
    class: "field code-field",
    id: "code",
    value: known,
    maxlength: "32",
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    enterkeyhint: "go",
  });
  const status = el("p", { class: "sorry", role: "alert" });
  const form = el(
    "form",
    { class: "stack" },
    el("p", {}, say("code_explain")),
    el("label", { for: "code", class: "hint" }, say("code_label")),
    field,
    status,
    el("button", { type: "submit", class: "choice primary" }, say("code_go")),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!field.value.trim()) return;
    try {
      await post("/resume", { code: field.value.trim() });
      sheet.close();
      redeemed();
    } catch (error) {
      status.replaceChildren(icon("alert"), error.sentence ?? say("failed"));
      field.select();
    }
  });
  sheet.body.append(form);
  field.focus();
}

/** Leave this device, after a word of warning. */
export function leaveDevice() {
  const sheet = openSheet(say("menu_leave"));
  const status = el("p", { class: "sorry", role: "alert" });
  const go = async () => {
    try {
      await post("/leave");
      dispatchEvent(new Event("left"));
      location.replace("/");
    } catch (error) {
      status.replaceChildren(icon("alert"), error.sentence);
    }
  };
  sheet.body.append(el("p", {}, say("leave_explain")), status);
  sheet.foot.append(
    el("button", { type: "button", class: "choice plain", onclick: () => sheet.close() }, say("cancel")),
    el("button", { type: "button", class: "choice danger", onclick: go }, say("leave_go")),
  );
}
