/* What is said is meant for what was asked when it was begun, and of the one it was asked of. */

/** What a Screen asks, and of whom. `ask` is the sentence itself. */
export const meaning = (screen) => ({
  who: screen.who,
  question: screen.asks?.question ?? "",
  field: screen.asks?.field ?? "",
  private: Boolean(screen.asks?.private),
  revision: screen.revision,
  ask: screen.parts.findLast((part) => part.tone === "ask")?.text ?? "",
});

/** The same for a text that is all of the answer. */
export const wholly = (screen) => ({ ...meaning(screen), whole: true });

/** Whether two stand for one person; before consent nobody is known yet. */
export const samePerson = (who, other) => person(who) === person(other);

const person = (who) => who.slice(0, 8);

/** Whether the same is asked, of the same one in the same application. */
export const same = (meant, now) =>
  (meant.who === now.who || !meant.who) && meant.question === now.question && meant.field === now.field;

/** What was meant for the same question's earlier Screen, as it stands on a later one. `own`: that is the answer to
    something of this page. What another page changed so that the question reads otherwise has not been read here. */
export const followed = (meant, now, own) => (own || meant.ask === now.ask ? now : meant);

/** Two texts for one question: neither is lost, nor said twice where the later one goes on from the earlier. */
export const joined = (earlier, later) =>
  later.startsWith(earlier) ? later : [earlier, later].filter((text) => text.trim()).join("\n");
