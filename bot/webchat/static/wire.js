/* The line to the server. A message stays in the queue until it is answered and is sent again after a lost
   connection under its own id, so it arrives once. Messages go out in the order in which they were said: one whose
   file is still being uploaded holds its place, and those behind it wait. */

const BACKOFF = [400, 1000, 2000, 4000, 8000, 15000];
const PING_EVERY = 25000;
const PONG_WITHIN = 8000;
const ANSWER_WITHIN = 30000;
const NO_SESSION = 4401;
const TOO_MANY = 4408;
const NOT_UNDERSTOOD = 4400;
const TOO_FAST = 4429;
const SOMEBODY_ELSE = 4409;
const REST = 60000; // before a line that was closed for being too fast is tried again

/** Random, as a UUID; `crypto.randomUUID` is missing where the page is opened over plain http. */
function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Events: "screen" {screen, message}, "refused" {message, error}, "pause" {seconds}, "state" {state},
    "build" {build}. States: connecting, open, offline, resting, elsewhere, no-session, not-understood, somebody-else. */
export class Wire extends EventTarget {
  #socket = null;
  #queue = [];
  #failures = 0;
  #timer = 0;
  #ping = 0;
  #deadline = 0;
  #stopped = false;
  #pausedUntil = 0;
  #state = "";

  /** The language spoken to somebody of whom nothing is kept yet, or "". */
  locale = "";

  constructor() {
    super();
    setInterval(() => this.#socket?.readyState === WebSocket.OPEN && this.#check(), PING_EVERY);
    addEventListener("online", () => this.#hurry());
    addEventListener("offline", () => this.#turn("offline"));
    document.addEventListener("visibilitychange", () => document.hidden || this.#hurry());
  }

  /** Whether something is on its way, or waits to be. */
  get busy() {
    return this.#queue.length > 0;
  }

  /** What is on its way and waits, first said first. Nobody else changes it. */
  get queue() {
    return this.#queue;
  }

  /** Whether something said can go now, or has gone: its answer is due. */
  get due() {
    const head = this.#queue[0];
    return Boolean(head?.content && Object.keys(head.content).length);
  }

  connect() {
    this.#stopped = false;
    clearTimeout(this.#timer);
    this.#turn("connecting");
    const spoken = this.locale && `?locale=${this.locale}`;
    const socket = new WebSocket(`${location.protocol.replace("http", "ws")}//${location.host}/chat${spoken}`);
    this.#socket = socket;
    socket.addEventListener("message", (event) => this.#hear(socket, JSON.parse(event.data)));
    socket.addEventListener("close", (event) => socket === this.#socket && this.#lost(event.code));
  }

  /** Nothing is said here any more, and nothing heard. */
  close() {
    this.#stopped = true;
    this.#queue = [];
    clearTimeout(this.#timer);
    this.#socket?.close();
    this.#socket = null;
  }

  /** Queue a message {text, question, revision} | {choice} | {file, question, revision} and give it back with its
      id. `about` is what the page knows of it; where `content` is null, its place is held until it is filled. */
  send(content, about = {}) {
    const message = { id: freshId(), ...about, content, sent: false };
    this.#queue.push(message);
    this.#pump();
    return message;
  }

  /** A message whose place was held can go. */
  fill(message, content) {
    message.content = content;
    this.#pump();
  }

  /** A message that was not sent yet is not to be. */
  drop(message) {
    this.#queue = this.#queue.filter((other) => other !== message);
    this.#pump();
  }

  /** Ask for the Screen as it stands; that need not wait for anything. */
  look() {
    const at = this.#queue[0]?.sent ? 1 : 0;
    this.#queue.splice(at, 0, { id: freshId(), content: {}, sent: false });
    this.#pump();
  }

  #pump() {
    const next = this.#queue[0];
    if (!next?.content || next.sent || Date.now() < this.#pausedUntil || this.#socket?.readyState !== WebSocket.OPEN) return;
    next.sent = true;
    const spoken = this.locale ? { locale: this.locale } : {};
    this.#socket.send(JSON.stringify({ id: next.id, ...next.content, ...spoken }));
    this.#watch(ANSWER_WITHIN);
  }

  #hear(socket, heard) {
    if (socket !== this.#socket) return;
    clearTimeout(this.#deadline);
    this.#deadline = 0;
    // A line that survived a short break opens no second time, but whatever is heard on it says that it holds.
    if (this.#state !== "open") this.#turn("open");
    if ("build" in heard) {
      this.#failures = 0;
      this.#say("build", { build: heard.build });
    }
    if (heard.changed) this.look();
    const message = heard.for && this.#queue[0]?.id === heard.for ? this.#queue[0] : null;
    if (heard.error) this.#refused(message, heard);
    else if (heard.screen) this.#shown(message, heard.screen);
    this.#pump();
  }

  #shown(message, screen) {
    if (message) this.#queue.shift();
    // What can go now brings its own Screen; showing an older one first would only flicker.
    if (message || !this.#queue[0]?.content) this.#say("screen", { screen, message });
  }

  #refused(message, heard) {
    if (heard.error === "too_fast") {
      if (message) message.sent = false;
      this.#pausedUntil = Date.now() + heard.retry * 1000;
      this.#say("pause", { seconds: heard.retry });
      setTimeout(() => (message ? this.#pump() : this.look()), heard.retry * 1000 + 50);
      return;
    }
    if (message) this.#queue.shift();
    this.#say("refused", { message, error: heard });
  }

  #check() {
    this.#socket.send(JSON.stringify({ ping: ++this.#ping }));
    this.#watch(PONG_WITHIN);
  }

  /** If nothing at all is heard in time the line is dead, whatever the browser believes. */
  #watch(within) {
    if (this.#deadline) return;
    const socket = this.#socket;
    this.#deadline = setTimeout(() => {
      socket.close();
      if (socket === this.#socket) this.#lost(0);
    }, within);
  }

  #hurry() {
    if (this.#stopped) return;
    if (this.#socket?.readyState === WebSocket.OPEN) this.#check();
    else if (this.#socket?.readyState !== WebSocket.CONNECTING) this.connect();
  }

  #lost(code) {
    this.#socket = null;
    clearTimeout(this.#deadline);
    this.#deadline = 0;
    for (const message of this.#queue) message.sent = false;
    const ended = { [NO_SESSION]: "no-session", [TOO_MANY]: "elsewhere", [NOT_UNDERSTOOD]: "not-understood", [SOMEBODY_ELSE]: "somebody-else" }[code];
    if (ended) {
      this.#stopped = true;
      this.#turn(ended);
      return;
    }
    this.#turn(code === TOO_FAST ? "resting" : "offline");
    const wait = code === TOO_FAST ? REST : BACKOFF[Math.min(this.#failures++, BACKOFF.length - 1)];
    this.#timer = setTimeout(() => this.connect(), wait * (0.7 + Math.random() * 0.6));
  }

  #turn(state) {
    this.#state = state;
    this.#say("state", { state });
  }

  #say(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
