/* A long list of options as a sheet that can be searched: 56 peoples, dozens of trades. */

import { choice } from "./button.js";
import { el, icon } from "./dom.js";
import { openSheet } from "./sheet.js";
import { say } from "./words.js";

/** Stays open while options are ticked and follows the Screens that come back. */
export class Picker {
  #sheet = null;
  #list = null;
  #found = null;
  #query = null;
  #options = [];
  #ends = [];
  #press = () => false;

  open(options, ends, press) {
    this.#options = options;
    this.#ends = ends;
    this.#press = press;
    this.#sheet = openSheet(say("pick", { count: options.length }), { tall: true, onclose: () => this.#gone() });
    this.#query = el("input", {
      type: "search",
      class: "field",
      "aria-label": say("search"),
      placeholder: say("search"),
      enterkeyhint: "search",
      oninput: () => this.#show(),
      onkeydown: (event) => event.key === "Enter" && this.#enter(event),
    });
    this.#found = el("p", { class: "found", role: "status" });
    this.#list = el("div", { class: "picker-list" });
    this.#sheet.body.append(el("div", { class: "search" }, icon("search"), this.#query), this.#found, this.#list);
    this.#show();
  }

  /** The options as they stand after a tick. */
  update(options, ends, press) {
    if (!this.#sheet) return;
    this.#options = options;
    this.#ends = ends;
    this.#press = press;
    this.#show();
  }

  close() {
    this.#sheet?.close();
  }

  #gone() {
    this.#sheet = null;
  }

  #enter(event) {
    if (event.isComposing) return;
    event.preventDefault();
    const found = this.#matching();
    if (found.length === 1) this.#chosen(found[0]);
  }

  #matching() {
    const query = this.#query.value.trim().toLowerCase();
    return this.#options.filter((option) => option.label.toLowerCase().includes(query) || option.explain.includes(query));
  }

  #chosen(option) {
    if (this.#press(option) && option.on === null) this.close();
  }

  #show() {
    const found = this.#matching();
    const focused = this.#list.contains(document.activeElement) ? document.activeElement.textContent : null;
    const buttons = found.map((option) => choice(option, () => this.#chosen(option), "option"));
    this.#list.replaceChildren(...buttons);
    this.#sheet.foot.replaceChildren(...this.#ends.map((end) => choice(end, () => this.#chosen(end), "primary")));
    this.#found.textContent = found.length
      ? say("found", { count: found.length })
      : say("nothing_found", { query: this.#query.value.trim() });
    if (focused !== null) buttons.find((button) => button.textContent === focused)?.focus({ preventScroll: true });
  }
}
