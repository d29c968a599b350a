// The picture: vis-network draws what the filters leave, at the places that were computed beforehand.

const stage = byId("picture");
const nodeData = new vis.DataSet();
const edgeData = new vis.DataSet();
const network = new vis.Network(stage, { nodes: nodeData, edges: edgeData }, drawing.options);

const nodeSize = drawing.nodes.map((node) => node.size);
const hovered = { node: null, edge: null };
let labelOrder = [];
let near = null; // actors beside what is selected, null while nothing is
let ink = {};

function readInk() {
  const style = getComputedStyle(document.documentElement);
  const value = (property) => style.getPropertyValue(property).trim();
  ink = { font: value("--font") };
  for (const tone of ["ground", "surface", "sunken", "line", "text", "soft", "accent", "code", "sea", "land"]) ink[tone] = value(`--${tone}`);
  for (const type of contents.types) ink[type] = value(`--${type.toLowerCase()}`);
  ink.communities = value("--communities").split(/\s+/);
}

const communityColour = (number) => ink.communities[number] ?? ink.Place;
const isDim = (actor) => near !== null && !near.has(actor);
const isEnd = (actor) =>
  state.path?.includes(actor) || (state.edge !== null && (edges[state.edge].from === actor || edges[state.edge].to === actor));
const isChosen = (edge) => edge.id === state.edge || Boolean(shown.path?.includes(edge));
const isDimEdge = (edge) => {
  if (state.path !== null || state.edge !== null) return !isChosen(edge);
  return state.node !== null && edge.from !== state.node && edge.to !== state.node;
};

// The family that most of the facts belong to; among equals the more conflictual, which must not be overlooked.
function leadingFamily(passing) {
  const tally = new Map();
  for (const i of passing) tally.set(familyOf(facts[i]), (tally.get(familyOf(facts[i])) ?? 0) + 1);
  return [...tally].sort(([a, m], [b, n]) => n - m || (families.get(a).score ?? 99) - (families.get(b).score ?? 99) || (a < b ? -1 : 1))[0][0];
}

const edgeColour = (passing) => familyColour(leadingFamily(passing));

// Seen from afar, lines and actors are drawn larger, in a few steps, so that they stay visible.
const STEPS = [1, 1.4, 2, 2.8];
let magnified = 1;

function magnify() {
  if (state.view !== "graph") return;
  const wanted = 0.8 / network.getScale();
  const step = STEPS.findLast((value) => value <= wanted) ?? 1;
  if (step === magnified || (shown.nodes.size > MANY && magnified !== 1)) return;
  magnified = step;
  refreshPicture();
}

function nodeLook(actor) {
  const node = drawing.nodes[actor];
  const marked = actor === state.node || isEnd(actor);
  return {
    id: actor,
    shape: node.shape,
    size: node.size * Math.sqrt(magnified),
    borderWidth: marked ? 3 : 1.5,
    color: { background: state.colour === "community" ? communityColour(node.community) : ink[entities[actor].type], border: marked ? ink.accent : ink.ground },
    opacity: isDim(actor) ? 0.3 : 1,
  };
}

function edgeLook(edge, passing) {
  const open = passing.every((i) => facts[i].status === "planned" || facts[i].status === "possible");
  const strongest = Math.max(...passing.map((i) => facts[i].independent));
  const towards = (end) => passing.some((i) => !relations.get(facts[i].relation).symmetric && facts[i].object === end);
  const chosen = isChosen(edge);
  const scaleFactor = 0.5 / Math.sqrt(magnified); // vis-network makes arrows larger with the line too.
  return {
    id: edge.id,
    from: edge.from,
    to: edge.to,
    width: magnified * (1.3 + 0.95 * Math.log2(strongest) + (chosen ? 2 : 0)),
    dashes: open ? [7, 6] : false,
    color: { color: edgeColour(passing), opacity: isDimEdge(edge) ? 0.15 : chosen || near ? 0.95 : 0.7 },
    arrows: {
      to: { enabled: towards(edge.to), scaleFactor },
      from: { enabled: edge.from !== edge.to && towards(edge.from), scaleFactor },
    },
  };
}

// Changes only what looks different, so that a filter acts at once on a large graph too.
const looks = { nodes: new Map(), edges: new Map() };
function sync(data, before, now, place = {}) {
  const gone = [...before.keys()].filter((id) => !now.has(id));
  const fresh = [];
  const changed = [];
  for (const [id, look] of now) {
    const text = JSON.stringify(look);
    if (!before.has(id)) fresh.push({ ...look, ...place[id] });
    else if (before.get(id) !== text) changed.push(look);
    before.set(id, text);
  }
  for (const id of gone) before.delete(id);
  if (gone.length) data.remove(gone);
  if (fresh.length) data.add(fresh);
  if (changed.length) data.update(changed);
}

// The places were computed for screens that are wider than high; on others the picture lies on its side.
const upright = stage.clientHeight > 1.1 * stage.clientWidth;
const places = drawing.nodes.map(({ x, y }) => (upright ? { x: y, y: x } : { x, y }));

// Above so many actors, edges are left out while the picture moves. Setting options is slow, so only on a change.
const MANY = 1000;
let thinned = false;
let drawnEdges = new Map(); // what stands for them in vis-network, by its id
let changing = false; // vis-network may draw in between, when it does not know all yet

function refreshPicture() {
  readNeighbourhood();
  if (!showsPicture()) return; // It follows when it is shown again.
  changing = true;
  const switched = state.view !== drawnView;
  if (switched) leavePicture();
  if (onMap()) {
    refreshSpread();
    refreshDock();
  }
  const many = shown.nodes.size > MANY;
  if (many !== thinned) network.setOptions({ interaction: { hideEdgesOnDrag: many, hideEdgesOnZoom: many } });
  thinned = many;
  const nodes = [...shown.nodes].sort((a, b) => a - b).map(nodeLook);
  drawnEdges = new Map();
  for (const [id, passing] of shown.edges) {
    const look = edgeLook(edges[id], passing);
    for (const piece of onMap() ? mapEdges(edges[id], look) : [look]) drawnEdges.set(piece.id, piece);
    if (onMap()) nodes.push(...rimNodes(edges[id]));
  }
  sync(nodeData, looks.nodes, new Map(nodes.map((look) => [look.id, look])), places);
  sync(edgeData, looks.edges, drawnEdges);
  hitByPixels();
  laid = "";
  changing = false;
  if (switched) enterPicture();
  else if (unfit) fit(false);
  network.body.emitter.emit("_requestRedraw");
}

// Network and map are drawn by the same vis-network, each with a camera of its own.
let drawnView = "graph";
const cameras = {};

function leavePicture() {
  if (byId("physics").getAttribute("aria-pressed") === "true") togglePhysics();
  cameras[drawnView] = untouched ? null : { position: network.getViewPosition(), scale: network.getScale() };
  drawnView = state.view;
  magnified = 1;
  for (const part of [looks.nodes, looks.edges, edgeData, nodeData]) part.clear();
  network.setOptions({ interaction: { dragNodes: !onMap() } });
}

function enterPicture() {
  const camera = cameras[drawnView];
  if (camera) network.moveTo(camera);
  else fit(false);
}

// Who stands beside what is selected, and in which order names are drawn.
function readNeighbourhood() {
  near = null;
  if (state.node !== null) {
    near = new Set([state.node]);
    for (const edge of edgesOf[state.node]) if (shown.edges.has(edge.id)) near.add(otherEnd(edge, state.node));
  } else if (state.path !== null) near = new Set([...state.path, ...(shown.path ?? []).flatMap(({ from, to }) => [from, to])]);
  else if (state.edge !== null) near = new Set([edges[state.edge].from, edges[state.edge].to]);
  labelOrder = [...shown.nodes].sort(
    (a, b) => isDim(a) - isDim(b) || (b === state.node) - (a === state.node) || nodeSize[b] - nodeSize[a] || a - b,
  );
}

// Lets the picture move by force, from where it stands; switched off, all stays where it is.
function togglePhysics() {
  const button = byId("physics");
  const on = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(on));
  network.setOptions({ physics: on ? PHYSICS : { enabled: false } });
  if (!on) for (const actor of shown.nodes) places[actor] = network.getPosition(actor);
}

const PHYSICS = {
  enabled: true,
  stabilization: false,
  solver: "forceAtlas2Based",
  forceAtlas2Based: { gravitationalConstant: -120, springLength: 130, springConstant: 0.05, avoidOverlap: 0.4, damping: 0.6 },
};

function startPicture() {
  readInk();
  network.on("afterDrawing", drawLabels);
  dark.addEventListener("change", () => {
    readInk();
    for (const listener of listeners) listener();
  });
  onChange(refreshPicture);
}
