/* Several people at one browser: one gives way to another. Who stands aside is told by a masked name and comes back by the
   digits they set. */

import { el, icon } from "./dom.js";
import { post } from "./post.js";
import { openSheet } from "./sheet.js";
import { inWords, say } from "./words.js";

/** Let somebody else come: somebody new where `somebodyNew`, or whoever is chosen. `changed()` once they have. */
export async function openPeople({ somebodyNew, changed }) {
  const sheet = openSheet(say("menu_people"));
  const status = el("p", { class: "making", role: "status" }, el("span", { class: "spinner" }));
  sheet.body.append(status);
  try {
    const response = await fetch("/people");
    const people = await response.json().catch(() => ({}));
    if (!response.ok) throw Object.assign(new Error("/people"), { sentence: inWords(people.say) });
    status.remove();
    sheet.body.append(form(people, somebodyNew, changed));
    sheet.body.querySelector("input:checked, .pin-field")?.focus();
  } catch (error) {
    status.replaceChildren(icon("alert"), error.sentence ?? say("failed"));
  }
}

const called = ({ name }) => name || say("people_nameless");

function form({ here, others }, somebodyNew, changed) {
  const choices = [...others.map((person) => choiceOf(person)), choiceOf(null)];
  const first = somebodyNew || !others.length ? choices.at(-1) : choices[0];
  first.radio.checked = true;
  const own = here && pinField("people-own", say("people_own", { name: called(here) }));
  const trouble = el("p", { class: "people-trouble", role: "alert" });
  const go = el("button", { type: "submit", class: "choice primary" }, say("people_go"));
  const made = el(
    "form",
    { class: "people", autocomplete: "off" },
    el("fieldset", {}, el("legend", {}, say("people_who")), choices.map((choice) => choice.element)),
    here &&
      el(
        "fieldset",
        {},
        el("legend", {}, say("people_leaving", { name: called(here) })),
        el("p", { class: "hint", id: "people-own-why" }, say("people_own_why", { name: called(here) })),
        own.element,
      ),
    trouble,
    go,
  );
  own?.field.setAttribute("aria-describedby", "people-own-why");
  const unfold = () => {
    for (const choice of choices) choice.unfold();
  };
  made.addEventListener("change", unfold);
  unfold();
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    const chosen = choices.find((choice) => choice.radio.checked);
    go.disabled = true;
    trouble.replaceChildren();
    try {
      await post("/people", { to: chosen.id, pin: chosen.pin, own: own?.field.value.trim() ?? "" });
      changed();
    } catch (error) {
      trouble.replaceChildren(icon("alert"), error.sentence ?? say("failed"));
      go.disabled = false;
    }
  });
  return made;
}

/* Somebody who stands aside, or (null) somebody new. */
function choiceOf(person) {
  const id = person?.id ?? "";
  const radio = el("input", { type: "radio", name: "people", value: id, id: `people-${id || "new"}` });
  const words = person
    ? [el("span", { class: "people-name" }, called(person)), el("span", { class: "hint" }, person.programme)]
    : [el("span", { class: "people-name" }, say("people_new"))];
  const pin = person?.pin ? pinField(`people-pin-${id}`, say("people_pin_of", { name: called(person) })) : null;
  const more = person && el("div", { class: "people-more" }, pin ? pin.element : el("p", { class: "hint" }, say("people_no_pin")));
  return {
    id,
    radio,
    element: el("div", { class: "people-choice" }, el("label", { for: radio.id }, radio, el("span", {}, words)), more),
    get pin() {
      return pin?.field.value.trim() ?? "";
    },
    unfold: () => more && (more.hidden = !radio.checked),
  };
}

/* No browser is to keep these digits, so it is no password to it. */
function pinField(id, words) {
  const field = el("input", {
    id,
    class: "field pin-field",
    type: "text",
    inputmode: "numeric",
    maxlength: "6",
    autocomplete: "off",
    spellcheck: "false",
    enterkeyhint: "go",
  });
  return { field, element: el("div", { class: "stack" }, el("label", { for: id }, words), field) };
}
