/* A browser that several people share: one gives way to another, on all of its pages. */

import { openPeople } from "./people.js";
import { say } from "./words.js";

/** `left()` takes away what was said here, `stand(sentence, way)` and `announce(sentence, lasting)` tell. */
export class Sharing {
  #page;
  #others = "BroadcastChannel" in window ? new BroadcastChannel("people") : null;

  constructor(page) {
    this.#page = page;
    this.#others?.addEventListener("message", () => this.#anew());
  }

  /** Let somebody else come. What is still on its way is the one's who said it. */
  change(somebodyNew) {
    if (this.#page.wire.busy) this.#page.announce(say("one_at_a_time"), 4000);
    else openPeople({ somebodyNew, changed: () => this.#changed() });
  }

  /** Whoever was here gave way: nothing of theirs stays to be read. The session is another one only once the page where
      it happened has heard so; that one tells the others. */
  gaveWay() {
    this.#page.left();
    document.getElementById("choices").replaceChildren();
    document.getElementById("title").textContent = say("app");
    document.getElementById("where").textContent = "";
    document.getElementById("thread").hidden = true;
    for (const sheet of document.querySelectorAll("dialog[open]:not(:has(.people))")) sheet.close();
    this.#page.stand(say("somebody_else"), [say("reload"), () => location.replace("/")]);
  }

  #changed() {
    this.#others?.postMessage("changed");
    this.#anew();
  }

  #anew() {
    this.#page.wire.close();
    this.gaveWay();
    location.replace("/");
  }
}
