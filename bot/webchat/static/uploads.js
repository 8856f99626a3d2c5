/* Files on their way up, one after another so that their order holds, each with a preview, progress and a way
   to stop it. Each holds its place in the line's queue: what is said after it stands after it. */

import { OwnBubble } from "./bubbles.js";
import { el, icon, inBytes } from "./dom.js";
import { inWords, say } from "./words.js";

const LIMIT = Number(document.documentElement.dataset.maxFile);
const RETRIES = 3;

/** `wire` takes the messages, `place(element)` shows a bubble, `changed()` hears that something waits no longer. */
export class Uploads {
  #running = false;
  #wire;
  #place;
  #changed;

  constructor({ wire, place, changed }) {
    this.#wire = wire;
    this.#place = place;
    this.#changed = changed;
    addEventListener("online", () => this.#run());
  }

  /** Take what a person chose for what `meant` says. */
  add(files, meant) {
    for (const file of files) {
      const upload = new Upload(file);
      this.#place(upload.bubble.element);
      if (file.size > LIMIT) upload.ends(say("too_large", { name: file.name, most: inBytes(LIMIT) }));
      else this.#queue(upload, meant);
    }
    this.#run();
  }

  /** Stop what is not up yet of these messages. */
  stop(messages) {
    for (const message of messages) if (!message.content) message.upload?.cancel();
  }

  #queue(upload, meant) {
    const message = this.#wire.send(null, { upload, meant, bubble: upload.bubble });
    upload.onstop = () => this.#drop(message);
  }

  #drop(message) {
    this.#wire.drop(message);
    this.#changed();
  }

  async #run() {
    if (this.#running) return;
    this.#running = true;
    for (let message; navigator.onLine && (message = this.#next()); ) {
      const file = await this.#tried(message);
      if (message.upload.stopped) continue;
      const { question, revision, who } = message.meant;
      if (file) this.#wire.fill(message, { file, question, revision, who });
      else this.#wire.drop(message);
      this.#changed();
    }
    this.#running = false;
    for (const message of this.#wire.queue) if (message.upload && !message.content) message.bubble.waiting();
  }

  #next() {
    return this.#wire.queue.find((message) => message.upload && !message.content);
  }

  async #tried({ upload, meant }) {
    for (let attempt = 0; !upload.stopped; attempt++) {
      const { status, answer } = await upload.send();
      if (upload.stopped) return null;
      if (status === 201) return upload.succeeds(answer);
      const again = status === 0 || status === 408 || status === 429 || status >= 500;
      if (!again || attempt >= RETRIES) {
        const why = answer?.say ? inWords(answer.say) : say("upload_failed");
        upload.ends(why, again ? () => this.#again(upload, meant) : null);
        return null;
      }
      upload.bubble.waiting();
      await upload.pauses((answer?.retry ?? 2 ** attempt) * 1000);
    }
    return null;
  }

  #again(upload, meant) {
    upload.begins();
    this.#queue(upload, meant);
    this.#changed();
    this.#run();
  }
}

class Upload {
  stopped = false;
  onstop = () => {};
  #file;
  #request = null;
  #resume = () => {};
  #picture;
  #bar = el("span", {});
  #percent = el("span", { class: "percent" });
  #stop;
  #strip;

  constructor(file) {
    this.#file = file;
    this.#picture = pictureOf(file);
    this.#stop = el(
      "button",
      { type: "button", class: "icon-button small", "aria-label": `${say("cancel")} ${file.name}`, onclick: () => this.cancel() },
      icon("cross"),
    );
    this.#strip = el(
      "div",
      { class: "upload-strip" },
      el("span", { class: "thread" }, this.#bar),
      this.#percent,
      this.#stop,
    );
    const figure = el("div", { class: "upload" }, this.#picture, this.#strip);
    this.bubble = new OwnBubble(`${file.name} · ${inBytes(file.size)}`, figure);
    this.bubble.element.classList.add("with-file");
  }

  begins() {
    this.bubble.sending();
    this.#strip.hidden = false;
    this.#progress(0);
  }

  /** One attempt: {status, answer}; status 0 where the network failed. */
  send() {
    this.begins();
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      this.#request = request;
      request.open("POST", "/files");
      request.responseType = "json";
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.setRequestHeader("X-File-Name", encodeURIComponent(this.#file.name || "photo"));
      request.upload.onprogress = (event) => event.lengthComputable && this.#progress(event.loaded / event.total);
      request.onloadend = () => resolve({ status: request.status, answer: request.response });
      request.send(this.#file);
    });
  }

  /** Wait so many milliseconds before another attempt, no longer where there is to be none. */
  pauses(lasting) {
    return new Promise((resolve) => {
      this.#resume = resolve;
      setTimeout(resolve, lasting);
    });
  }

  succeeds(answer) {
    this.#strip.remove();
    // What the browser cannot draw (HEIC in Chrome) the server may have made a preview of.
    if (answer.media === "image" && this.#picture.matches(".unseen")) {
      const picture = el("img", { class: "shot", alt: say("preview_of", { name: this.#file.name }) });
      picture.onload = () => this.#picture.replaceWith(picture);
      picture.src = `/files/${encodeURIComponent(answer.file)}`;
    }
    return answer.file;
  }

  ends(why, again = null) {
    this.#strip.hidden = true;
    this.bubble.failed(why, again);
  }

  /** It is not to go up after all. */
  cancel() {
    this.stopped = true;
    this.#request?.abort();
    this.#resume();
    this.bubble.element.remove();
    this.onstop();
  }

  #progress(part) {
    const percent = Math.round(part * 100);
    this.#bar.style.width = `${percent}%`;
    this.#percent.textContent = percent < 100 ? say("uploading", { percent }) : say("checking_file");
  }
}

function pictureOf(file) {
  const unseen = el("span", { class: "shot unseen" }, icon(file.type.startsWith("image/") ? "image" : "file"));
  if (!file.type.startsWith("image/")) return unseen;
  const picture = el("img", { class: "shot", alt: say("preview_of", { name: file.name }) });
  picture.onerror = () => {
    picture.classList.add("unseen");
    URL.revokeObjectURL(picture.src);
  };
  picture.src = URL.createObjectURL(file);
  return picture;
}
