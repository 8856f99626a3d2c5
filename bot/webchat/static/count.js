/* 字数 as forms/counting.py counts it, so that the figure shown while typing is the one judged after sending. */

/* Which characters count by themselves is told by the server: both count alike. */
const WIDE = document.documentElement.dataset.wide;
const UNIT = new RegExp(`[${WIDE}]|[^\\s${WIDE}]+`, "gu");

/** How many characters a text counts. */
export function countOf(text) {
  return text.match(UNIT)?.length ?? 0;
}
