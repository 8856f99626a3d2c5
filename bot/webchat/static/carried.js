/* What a clipboard or a drag carries: text, files, or both. */

/** The text: `words`, and whether it is there as `plain` text, which a field takes by itself. A file manager names the
    files it copies: that is no text. */
export function carriedText(carried) {
  const names = new Set(carriedFiles(carried).map((file) => file.name));
  const plain = carried?.getData("text/plain") ?? "";
  if (plain.trim() && !plain.trim().split(/[\r\n]+/).every((line) => names.has(line.trim()))) {
    return { words: plain, plain: true };
  }
  return { words: textOf(carried?.getData("text/html") ?? ""), plain: false };
}

/* The text of HTML. The tags go first: what is then read has nothing in it that could run, load or be painted. */
function textOf(html) {
  const lines = html
    .replace(/<(style|script|title)\b[\s\S]*?<\/\1>|<!--[\s\S]*?-->/gi, "")
    .replace(/\s+/g, " ")
    .replace(/<\/(?:p|div|tr|li|h[1-6])>|<br[^>]*>/gi, "\n")
    .replace(/<[^>]*>/g, "");
  return new DOMParser().parseFromString(lines, "text/html").body.textContent.trim();
}

/** The files. */
export const carriedFiles = (carried) => [...(carried?.files ?? [])];

/** Whatever is dropped on the page, no file takes its place: `take(files)` is given them instead. A drag of text goes
    where it likes, and a picture of the page's own that is dragged over it is no file. */
export function catchDrops(take) {
  let own = null;
  const ours = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragstart", (event) => (own = event.target));
  document.addEventListener("dragend", () => (own = null));
  document.addEventListener("dragover", (event) => ours(event) && event.preventDefault());
  document.addEventListener("drop", (event) => {
    if (!ours(event)) return;
    event.preventDefault();
    const files = carriedFiles(event.dataTransfer);
    if (files.length && !own?.isConnected) take(files);
  });
}
