/* What a person typed, as it may stand in the conversation for others to look at. */

const RUN = /[0-9０-９](?:[ \u00a0\u3000\-－‐-―]*[0-9０-９]){10,}(?:[ \u00a0\u3000\-－‐-―]*[XxＸｘ](?![A-Za-z]))?/g;
const DATES = /^(?:(?:19|20)\d\d-\d{1,2}(?:-\d{1,2})?(?:[ -]+|$))+$/;

/** The text with ID, telephone and card numbers masked: eleven digits in a row or more that are no dates, however
    they are written. The conversation shows them so once they are taken. */
export function masked(text) {
  return text.replace(RUN, (run) => {
    const plain = run.normalize("NFKC").replace(/[‐-―]/g, "-");
    if (DATES.test(plain)) return run;
    const number = plain.replace(/[ -]/g, "").toUpperCase();
    const shown = number.length > 11 ? 4 : 3;
    return number.slice(0, shown) + "*".repeat(number.length - shown - 4) + number.slice(-4);
  });
}
