/* The page inside Telegram: who opened it stands in the address's fragment, signed, and is taken out of it at once.
 * Telegram's own script is not needed for that (core.telegram.org/bots/webapps). */

import { post } from "./post.js";
import { say } from "./words.js";

/* Clients that open the page by themselves. Telegram's web versions would put it into a frame, which it refuses. */
const NATIVE = new Set(["android", "android_x", "ios", "macos", "tdesktop", "unigram"]);

/** What the client says, once; null where the page was not opened by Telegram. */
export function launched() {
  if (location.pathname !== "/launch") return null;
  const said = new URLSearchParams(location.hash.slice(1));
  history.replaceState(null, "", "/");
  return { data: said.get("tgWebAppData") ?? "", platform: said.get("tgWebAppPlatform") ?? "" };
}

/** Signs in: a code that is to be given in the conversation, or a sentence on what went wrong; neither where all is well. */
export async function signIn({ data, platform }) {
  if (!NATIVE.has(platform)) return { sentence: say("open_a_tab", { home: location.host }) };
  try {
    return await post("/launch", { launch: data });
  } catch (error) {
    return { sentence: error.sentence };
  }
}
