/* What a person typed, as it may stand in the conversation for others to look at. */

const RUN = /[0-9０-９](?:[ \u00a0\u3000\-－‐-―]*[0-9０-９]){10,}(?:[ \u00a0\u3000\-－‐-―]*[XxＸｘ](?![A-Za-z]))?/g;
const DATES = /^(?:(?:19|20)\d\d-\d{1,2}(?:-\d{1,2})?(?:[ -]+|$))+$/;

/* Codes open what a person has. What follows the word for one is one; else five groups of four, two of five, or
   twenty characters on end, with figures and letters in them. */
const BETWEEN = "[\\s\\-_.·‐-―]{1,3}";
const MIXED = "(?=[A-Za-z0-9\\s\\-_.·‐-―]{0,28}\\d)(?=[A-Za-z0-9\\s\\-_.·‐-―]{0,28}[A-Za-z])";
const CODE = new RegExp(
  `(?<=/resume\\s+)\\S.*|(?<![0-9A-Za-z])${MIXED}(?:[0-9A-Za-z]{4}(?:${BETWEEN}[0-9A-Za-z]{4}){4}|` +
    `[0-9A-Za-z]{20}|[0-9A-Za-z]{5}-[0-9A-Za-z]{5})(?![0-9A-Za-z])`,
);

/* An invitation's or a seat's token, with the link around it or alone: it makes whoever has it a party, or staff. */
const TOKEN = /(\/[is](?:#|%23)(?:[is]_)?|[?&]start=[is]_|(?<![\w-])[is]_)[\w-]{20,}/g;

/** The text with codes masked, and ID, telephone and card numbers: eleven digits in a row or more that are no dates,
    however they are written. The conversation shows them so once they are taken. */
export function masked(text) {
  const plain = text.normalize("NFKC");
  const closed = plain.replace(TOKEN, "$1••••");
  if (closed !== plain) return closed;
  if (CODE.test(plain)) return plain.replace(CODE, "••••");
  return text.replace(RUN, (run) => {
    const plain = run.normalize("NFKC").replace(/[‐-―]/g, "-");
    if (DATES.test(plain)) return run;
    const number = plain.replace(/[ -]/g, "").toUpperCase();
    const shown = number.length > 11 ? 4 : 3;
    return number.slice(0, shown) + "*".repeat(number.length - shown - 4) + number.slice(-4);
  });
}
