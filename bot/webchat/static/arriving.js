/* The links that bring people here: a code that opens what they have, an invitation, a seat, a programme they would like to begin. */

const KEPT = "wish";

/** What the address asks for: {code}, an {invitation}'s or a {seat}'s token behind “#”, or {}. The address bar then shows none. */
export function arrived() {
  // Some apps spell “#” as %23 in links that they hand on.
  const [pathname, hash] = parted(decoded(location.pathname) + location.hash);
  const programme = /^\/p\/([\w.-]{1,64})$/.exec(pathname)?.[1];
  if (programme) keep(programme);
  const behind = { "/resume": "code", "/i": "invitation", "/s": "seat" }[pathname];
  if (programme || behind) history.replaceState(history.state, "", "/");
  return behind ? { [behind]: decoded(hash) } : {};
}

function parted(address) {
  const at = address.indexOf("#");
  return at < 0 ? [address, ""] : [address.slice(0, at), address.slice(at + 1)];
}

let here = "";

/* Of whom it was asked: null of nobody yet, "" of somebody who has not agreed. */
let asked = null;

/** What is to be said of the programme wished for on this Screen, or "". It is said to somebody new, and once they have
    agreed, unless their consent began with it; it outlives a reload until then. */
export function wishOn({ who, title }) {
  const programme = wish();
  if (!programme || asked === who) return "";
  const begun = asked === "" && title;
  asked = who;
  if (who) granted();
  return begun ? "" : `/p ${programme}`;
}

function wish() {
  try {
    return sessionStorage.getItem(KEPT) ?? here;
  } catch {
    return here;
  }
}

function granted() {
  here = "";
  try {
    sessionStorage.removeItem(KEPT);
  } catch {
    // Nothing was kept then.
  }
}

function keep(programme) {
  here = programme;
  try {
    sessionStorage.setItem(KEPT, programme);
  } catch {
    // Without storage it holds until a reload.
  }
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
