/* A POST of JSON. */

import { inWords, say } from "./words.js";

/** The answer; throws an Error with `sentence` for the person where there is none. */
export async function post(url, body = {}) {
  let response;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch (error) {
    throw Object.assign(error, { sentence: say("failed") });
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw Object.assign(new Error(url), { sentence: inWords(answer.say) });
  return answer;
}
