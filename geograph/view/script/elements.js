// Small makers of elements. Text goes in as text only: nothing here, or anywhere on the page, parses markup.

const byId = (id) => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";

// An element with attributes, `on...` listeners and children (elements or text; null is left out).
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined));
  return element;
}

function drawn(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// A name from outside: isolated, so that right-to-left marks cannot turn the words around it.
const name = (text, attributes = {}) => make("bdi", attributes, text);

const SHAPES = {
  Country: ["circle", { cx: 8, cy: 8, r: 6 }],
  Person: ["path", { d: "M8 1 15 8 8 15 1 8Z" }],
  Organization: ["rect", { x: 2.2, y: 2.2, width: 11.6, height: 11.6 }],
  Group: ["path", { d: "M8 1.6 15 14H1Z" }],
  Place: ["path", { d: "M4.4 1.8h7.2L15.2 8l-3.6 6.2H4.4L.8 8Z" }],
};

const TYPE_NAMES = {
  Country: "Countries",
  Person: "People",
  Organization: "Organisations",
  Group: "Groups",
  Place: "Places",
};
const TYPE_NAME = { Country: "Country", Person: "Person", Organization: "Organisation", Group: "Group", Place: "Place" };

function shapeOf(type) {
  const [tag, attributes] = SHAPES[type];
  return drawn("svg", { class: `shape ${type.toLowerCase()}`, viewBox: "0 0 16 16", "aria-hidden": "true" }, drawn(tag, attributes));
}

const dark = matchMedia("(prefers-color-scheme: dark)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const familyColour = (family) => families.get(family)[dark.matches ? "dark" : "colour"];

// Gives an element the colours of a relation family, as the custom properties that the style sheet reads.
function toned(element, family) {
  element.style.setProperty("--tone", familyColour(family));
  element.style.setProperty("--tone-text", families.get(family)[dark.matches ? "dark" : "light"]);
  return element;
}

// A link that leaves the page: http and https only.
function outside(url, ...children) {
  let scheme = "";
  try {
    scheme = new URL(url).protocol;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  if (scheme !== "https:" && scheme !== "http:") return make("span", {}, ...children);
  return make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

function actorButton(actor, attributes = {}) {
  const entity = entities[actor];
  if (actor >= actors.length) return name(entity.label, attributes);
  return make(
    "button",
    { type: "button", class: "actor", ...attributes, onclick: () => reveal(actor) },
    shapeOf(entity.type),
    name(entity.label),
  );
}

// Selects an actor, adding it to the picture where the backbone left it out.
function reveal(actor) {
  if (pathStart !== null && pathStart !== actor) return findPath(pathStart, actor);
  const added = firstShown.has(actor) || state.all ? state.added : new Set([...state.added, actor]);
  change({ node: actor, edge: null, path: null, added });
  if (showsPicture()) bringIntoView([actor], onMap() ? 0 : 0.8);
  return undefined;
}

const announce = (text) => {
  byId("announce").textContent = text;
};
