/* Elements and icons. Text only ever enters as text nodes, so nothing a person typed is read as markup. */

const SVG = "http://www.w3.org/2000/svg";

/** `el("button", {class: "x", type: "button", onclick: f}, "text", child…)`; null and false are left out. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const PATHS = {
  dots: "M5 12h.01M12 12h.01M19 12h.01",
  send: "M12 19V5M5.5 11.5 12 5l6.5 6.5",
  plus: "M12 5v14M5 12h14",
  check: "M5 12.5 10 17.5 19.5 7",
  cross: "M6.5 6.5l11 11M17.5 6.5l-11 11",
  ask: "M9 9.2a3 3 0 1 1 4.3 2.7c-.9.5-1.3 1-1.3 2.1M12 17.5h.01",
  hourglass: "M7 4h10M7 20h10M8 4c0 4 4 5 4 8s-4 4-4 8M16 4c0 4-4 5-4 8s4 4 4 8",
  alert: "M12 7v6M12 16.8h.01",
  info: "M12 11v6M12 7.2h.01",
  clock: "M12 7v5l3 2",
  camera: "M4 8.5h3.5L9 6h6l1.5 2.5H20V19H4zM12 16.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4z",
  image: "M4 5h16v14H4zM4 16l4.5-4.5 4 4 3-3L20 17M15.5 9h.01",
  file: "M6 3.5h8l4 4v13H6zM14 3.5v4h4M9 12.5h6M9 16h6",
  down: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
  eye: "M3 12s3.2-6 9-6 9 6 9 6-3.2 6-9 6-9-6-9-6zM12 14.6a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2z",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 20 20",
  right: "M9.5 6l6 6-6 6",
  back: "M19 12H5M11 6l-6 6 6 6",
  list: "M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01",
  scales: "M12 4v16M7 20h10M5 7h14M5 7l-2.5 6a2.7 2.7 0 0 0 5 0zM19 7l-2.5 6a2.7 2.7 0 0 0 5 0z",
  folder: "M3.5 6.5h6l2 2.5h9v10h-17z",
  devices: "M4 5h12v9H4zM2.5 18H12M15.5 10.5H21V20h-5.5z",
  people: "M9 11a3.2 3.2 0 1 0 0-6.4A3.2 3.2 0 0 0 9 11zM3 19c0-3.3 2.7-5 6-5s6 1.7 6 5M15.5 5a3 3 0 0 1 0 5.8M17.5 14.4c2.1.6 3.5 2.1 3.5 4.6",
  key: "M8 15.5a4 4 0 1 1 3.5-5.9H21v3.4h-2.5v2.5H15v-2.5h-3.5A4 4 0 0 1 8 15.5zM7.8 11.5h.01",
  leave: "M13 4H5v16h8M10 12h10M16.5 8.5 20 12l-3.5 3.5",
  trash: "M5 7h14M9.5 7V4.5h5V7M7 7l.8 12.5h8.4L17 7M10.3 10.5v5.5M13.7 10.5v5.5",
  retry: "M19 12a7 7 0 1 1-2.2-5.1M19 4v4h-4",
  undo: "M8 5 4 9l4 4M4 9h9a6 6 0 0 1 0 12h-2",
  redo: "M16 5l4 4-4 4M20 9h-9a6 6 0 0 0 0 12h2",
  pen: "M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19zM14.5 6l3.5 3.5",
  open: "M14 5h5v5M19 5l-8.5 8.5M10 6H5v13h13v-5",
};

const ROUND = new Set(["ask", "alert", "info", "clock"]);

/** A line icon; it says nothing by itself, so its button or neighbour must. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon icon-${name}`);
  if (ROUND.has(name)) {
    const circle = document.createElementNS(SVG, "circle");
    for (const [key, value] of [["cx", 12], ["cy", 12], ["r", 9]]) circle.setAttribute(key, value);
    svg.append(circle);
  }
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** A file's size as people read it. */
export function inBytes(size) {
  if (size < 1024 * 1024) return `${Math.max(1, Math.round(size / 1024))} KB`;
  return `${(size / 1024 / 1024).toFixed(1).replace(/\.0$/, "")} MB`;
}

/** Whether fingers are the main pointer: then focusing a field would raise the keyboard over the question. */
export const byTouch = () => matchMedia("(pointer: coarse)").matches;

/** Whether this is WeChat's own browser, which keeps no files and prints nothing. */
export const inWeChat = /MicroMessenger/i.test(navigator.userAgent);
