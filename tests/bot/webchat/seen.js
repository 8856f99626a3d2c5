/* What a person could not use: nameless controls, text too faint to read, targets too small to hit. */
() => {
  const found = [];
  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const within = document.querySelector("dialog[open]") ?? document.body;
  const named = (element) =>
    element.getAttribute("aria-label") || element.innerText?.trim() || element.labels?.[0]?.innerText ||
    element.querySelector?.("img[alt]:not([alt=''])");
  for (const control of within.querySelectorAll("button, a[href], input, textarea, [role=checkbox]")) {
    if (!shown(control)) continue;
    const { width, height } = control.getBoundingClientRect();
    const what = control.outerHTML.slice(0, 90);
    if (!named(control)) found.push(`no name: ${what}`);
    if (!control.matches(".link, a:not(.choice)") && (width < 32 || height < 32)) found.push(`small: ${what}`);
  }
  for (const image of within.querySelectorAll("img:not([alt])")) found.push(`no alt: ${image.src}`);

  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = colour;
    paint.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = paint.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => top.slice(0, 3).map((part, i) => part * top[3] + below[i] * (1 - top[3]));
  const ground = (element) => {
    if (!element) return rgba(matchMedia("(prefers-color-scheme: dark)").matches ? "#000" : "#fff");
    const own = rgba(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own : [...over(own, ground(element.parentElement)), 1];
  };
  const light = (colour) =>
    colour.slice(0, 3).map((part) => part / 255).map((part) =>
      part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
    ).reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (element, colour, below) => {
    const [a, b] = [light([...over(rgba(colour), below), 1]), light(below)].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  };
  const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !shown(element) || element.closest(":disabled, .held, .off-screen, noscript")) continue;
    const ratio = contrast(element, getComputedStyle(element).color, ground(element));
    if (ratio < 4.5) found.push(`faint ${ratio.toFixed(2)}: ${node.data.trim().slice(0, 30)}`);
  }
  for (const field of within.querySelectorAll("input, textarea")) {
    if (!shown(field) || !field.placeholder) continue;
    const ratio = contrast(field, getComputedStyle(field, "::placeholder").color, ground(field));
    if (ratio < 4.5) found.push(`faint ${ratio.toFixed(2)}: ${field.placeholder}`);
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push("the page scrolls sideways");
  return found;
}
