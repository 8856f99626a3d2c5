/* What was sent and has not arrived: texts, presses and files in the order in which they were sent. What waits goes by
   the question it was sent for. */

import { followed, same } from "./meaning.js";
import { Uploads } from "./uploads.js";
import { say } from "./words.js";

/** `wire` carries, `place(element)` shows a bubble, `changed()` hears of whatever goes, comes or waits no longer. */
export class Outbox {
  #wire;
  #uploads;
  #changed;

  constructor({ wire, place, changed }) {
    this.#wire = wire;
    this.#changed = changed;
    this.#uploads = new Uploads({ wire, place, changed });
  }

  /** Whether an answer is on its way, so that what can be pressed is about to change. */
  get answering() {
    return this.#wire.due || this.#wire.queue.some((message) => said(message) && !message.upload);
  }

  /** Whether a further "text" or "press" may be sent now. Behind a press everything may be another thing. */
  takes(what) {
    const [head, ...rest] = this.#wire.queue.filter(said);
    const behindFiles = !head || head.upload;
    if (what === "press") return !this.answering;
    return behindFiles && !rest.some((message) => message.button);
  }

  /** Send a text; `meant` is null for a command. */
  say(text, meant, bubble) {
    const whole = meant?.whole ? { whole: true } : {};
    const content = meant ? { text, question: meant.question, revision: meant.revision, who: meant.who, ...whole } : { text };
    this.#wire.send(content, { meant, bubble });
    this.#changed();
  }

  press(button, meant, bubble) {
    this.#wire.send({ choice: button.token }, { meant, bubble, button });
    this.#changed();
  }

  upload(files, meant) {
    this.#uploads.add(files, meant);
    this.#changed();
  }

  /** Send again what the server could not take, under its own id, so that it counts once. */
  again({ id, content, meant, bubble, button }) {
    this.#wire.send(content, { id, meant, bubble, button });
    this.#changed();
  }

  /** Nothing that waits is to be sent any more. */
  clear() {
    for (const message of [...this.#wire.queue]) this.#lose(message);
  }

  /** Another Screen is shown: what waits for the same question goes by it, and what waits for nothing more is dropped.
      `own`: the Screen answers something of this page. */
  follow(now, screen, own) {
    for (const message of [...this.#wire.queue]) {
      if (!message.meant || message.sent) continue;
      if (message.meant.who && message.meant.who !== now.who) {
        this.#lose(message);
        message.bubble?.failed(say("someone_else"));
      } else if (message.button) {
        this.#renew(message, screen, same(message.meant, now));
      } else if (!message.upload && same(message.meant, now)) {
        message.meant = followed(message.meant, now, own);
        message.content.revision = message.meant.revision;
      }
    }
  }

  /* The same button of a later Screen has a token of its own. */
  #renew(message, screen, asked) {
    const buttons = [...screen.buttons, ...screen.parts.flatMap(edits)];
    const again = asked && buttons.find((button) => mark(button.token) === mark(message.content.choice));
    if (again) {
      message.content.choice = again.token;
      return;
    }
    this.#wire.drop(message);
    message.bubble?.failed(say("not_needed"));
  }

  /** Let every bubble say what it waits for. */
  tell(online) {
    const files = [];
    for (const message of [...this.#wire.queue]) {
      const { bubble, upload, content } = message;
      if (upload) files.push(message);
      if (upload && !content) continue; // it tells of its own progress
      const ahead = [...files];
      if (files.length && !upload) {
        const stop = () => this.#uploads.stop(ahead);
        bubble?.waits(say("uploads_ahead", { count: files.length }), say("stop_uploads"), stop);
      } else if (online) bubble?.sending();
      else bubble?.waiting();
    }
  }

  #lose(message) {
    if (message.upload && !message.content) message.upload.cancel();
    else this.#wire.drop(message);
  }
}

/* A wish to see the Screen says nothing. */
const said = ({ content, upload }) => Boolean(upload || Object.keys(content).length);

/* A token is the Screen's revision and the mark of what is pressed. */
const mark = (token) => token.split(".")[1];

const edits = (part) => (part.groups ?? []).flatMap((group) => group.lines.map((line) => line.edit));
