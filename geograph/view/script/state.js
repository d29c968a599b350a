// All that the reader chose, as one value that the URL's hash carries: a link or the Back button restores it.

const LANES = 16; // of the time view, at first

const initial = () => ({
  view: "graph",
  node: null,
  edge: null,
  fact: null, // one of the edge's, where one was asked for
  path: null, // [from, to]
  relations: new Set(), // hidden ones
  types: new Set(), // hidden ones
  statuses: new Set(["actual"]), // shown ones
  from: null,
  to: null,
  sources: 1,
  confidence: 0,
  country: null,
  publisher: null,
  all: false,
  added: new Set(),
  focus: null,
  hops: 1,
  colour: "type",
  sort: "-date",
  lanes: LANES,
  span: null, // the days that the time view shows, as two dates
});

let state = initial();
const listeners = [];
const onChange = (listener) => listeners.push(listener);

// Applies a change. `step` makes it one that Back undoes; `address` is false for one of many in a row.
function change(patch, { step = true, address = true } = {}) {
  state = { ...state, ...patch };
  if (address) writeAddress(step);
  for (const listener of listeners) listener();
}

function writeAddress(step) {
  const hash = written(state);
  try {
    if (hash !== location.hash) history[step ? "pushState" : "replaceState"](null, "", hash || location.pathname + location.search);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error; // A page inside a notebook has no URL of its own.
  }
}

const select = {
  node: (actor) => change({ node: actor, edge: null, fact: null, path: null }),
  edge: (edge) => change({ node: null, edge, fact: null, path: null }),
  fact: (fact) => change({ node: null, edge: facts[fact].edge, fact, path: null }),
  none: () => change({ node: null, edge: null, fact: null, path: null }),
};

const toggled = (set, ...members) => {
  const copy = new Set(set);
  for (const member of members) if (!copy.delete(member)) copy.add(member);
  return copy;
};

function written(value) {
  const parts = [];
  const say = (name, values) => {
    if (values.length) parts.push(`${name}=${values.map((v) => encodeURIComponent(v)).join(",")}`);
  };
  const keys = (list) => [...list].map((actor) => entities[actor].key);
  if (value.view !== "graph") say("view", [value.view]);
  if (value.node !== null) say("node", keys([value.node]));
  if (value.edge !== null) say("edge", keys([edges[value.edge].from, edges[value.edge].to]));
  if (value.fact !== null) say("fact", [facts[value.fact].id]);
  if (value.path !== null) say("path", keys(value.path));
  say("without", [...value.relations].sort());
  say("notype", [...value.types].sort());
  const statuses = [...value.statuses].sort();
  if (statuses.join() !== "actual") say("status", statuses.length ? statuses : ["none"]);
  if (value.from !== null) say("from", [value.from]);
  if (value.to !== null) say("to", [value.to]);
  if (value.sources > 1) say("sources", [value.sources]);
  if (value.confidence > 0) say("confidence", [value.confidence]);
  if (value.country !== null) say("country", [value.country]);
  if (value.publisher !== null) say("publisher", [value.publisher]);
  if (value.all) say("all", [1]);
  say("with", keys(value.added));
  if (value.focus !== null) say("focus", [...keys([value.focus]), value.hops]);
  if (value.colour !== "type") say("colour", [value.colour]);
  if (value.sort !== "-date") say("sort", [value.sort]);
  if (value.lanes !== LANES) say("lanes", [value.lanes]);
  if (value.span !== null) say("span", value.span);
  return parts.length ? `#${parts.join("&")}` : "";
}

function readHash(hash) {
  const found = new Map();
  for (const part of hash.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    if (at < 1) continue;
    try {
      found.set(part.slice(0, at), part.slice(at + 1).split(",").map(decodeURIComponent));
    } catch (error) {
      if (!(error instanceof URIError)) throw error; // A broken link opens the page as far as it can be read.
    }
  }
  const one = (name) => found.get(name)?.[0] ?? null;
  const known = (name) => (found.get(name) ?? []).map((key) => entityByKey.get(key)).filter((i) => i < actors.length);
  const value = initial();
  if (VIEWS.some(([view]) => view === one("view"))) value.view = one("view");
  value.node = known("node")[0] ?? null;
  const ends = known("edge");
  if (ends.length === 2) value.edge = edgeBetween(...ends)?.id ?? null;
  if (value.edge !== null) value.fact = edges[value.edge].facts.find((i) => facts[i].id === one("fact")) ?? null;
  const way = known("path");
  if (way.length === 2 && way[0] !== way[1]) value.path = way;
  value.relations = new Set((found.get("without") ?? []).filter((name) => relations.has(name)));
  value.types = new Set((found.get("notype") ?? []).filter((name) => contents.types.includes(name)));
  if (found.has("status")) value.statuses = new Set(found.get("status").filter((name) => contents.statuses.includes(name)));
  const day = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;
  if (day.test(one("from") ?? "")) value.from = one("from");
  if (day.test(one("to") ?? "")) value.to = one("to");
  value.sources = Math.max(1, Number.parseInt(one("sources") ?? "1", 10) || 1);
  value.confidence = Math.min(1, Math.max(0, Number.parseFloat(one("confidence") ?? "0") || 0));
  value.country = one("country");
  value.publisher = one("publisher");
  value.all = one("all") === "1";
  value.added = new Set(known("with"));
  value.focus = known("focus")[0] ?? null;
  value.hops = found.get("focus")?.[1] === "2" ? 2 : 1;
  if (one("colour") === "community") value.colour = "community";
  if (/^-?[a-z]+$/.test(one("sort") ?? "")) value.sort = one("sort");
  value.lanes = Math.min(400, Math.max(2, Number.parseInt(one("lanes") ?? LANES, 10) || LANES));
  const span = found.get("span") ?? [];
  if (span.length === 2 && span.every((date) => day.test(date)) && span[0] < span[1]) value.span = span;
  return value;
}

function restore() {
  state = readHash(location.hash);
  for (const listener of listeners) listener();
}
