/* 字数 as forms/counting.py counts it, so that the figure shown while typing is the one judged after sending. */

const WIDE =
  "°±·×÷\\u2010-\\u2027\\u2030-\\u205e\\u2100-\\u27bf\\u2e80-\\ua4cf\\uac00-\\ud7af\\uf900-\\ufaff" +
  "\\ufe10-\\ufe4f\\uff01-\\uffee\\u{1f000}-\\u{1faff}\\u{20000}-\\u{3ffff}";
const UNIT = new RegExp(`[${WIDE}]|[^\\s${WIDE}]+`, "gu");

/** How many characters a text counts. */
export function countOf(text) {
  return text.match(UNIT)?.length ?? 0;
}
