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
  ink = { ground: value("--ground"), text: value("--text"), code: value("--code"), accent: value("--accent"), font: value("--font") };
  for (const type of contents.types) ink[type] = value(`--${type.toLowerCase()}`);
}

const isDim = (actor) => near !== null && !near.has(actor);
const isEnd = (actor) => state.edge !== null && (edges[state.edge].from === actor || edges[state.edge].to === actor);
const isDimEdge = (edge) =>
  state.edge !== null ? edge.id !== state.edge : state.node !== null && edge.from !== state.node && edge.to !== state.node;

// The family that most of the facts belong to; among equals the more conflictual, which must not be overlooked.
function leadingFamily(passing) {
  const tally = new Map();
  for (const i of passing) tally.set(familyOf(facts[i]), (tally.get(familyOf(facts[i])) ?? 0) + 1);
  return [...tally].sort(([a, m], [b, n]) => n - m || (families.get(a).score ?? 99) - (families.get(b).score ?? 99) || (a < b ? -1 : 1))[0][0];
}

const edgeColour = (passing) => familyColour(leadingFamily(passing));

function nodeLook(actor) {
  const node = drawing.nodes[actor];
  const marked = actor === state.node || isEnd(actor);
  return {
    id: actor,
    shape: node.shape,
    size: node.size,
    borderWidth: marked ? 3 : 1.5,
    color: { background: ink[entities[actor].type], border: marked ? ink.accent : ink.ground },
    opacity: isDim(actor) ? 0.22 : 1,
  };
}

function edgeLook(edge, passing) {
  const open = passing.every((i) => facts[i].status === "planned" || facts[i].status === "possible");
  const strongest = Math.max(...passing.map((i) => facts[i].independent));
  const towards = (end) => passing.some((i) => !relations.get(facts[i].relation).symmetric && facts[i].object === end);
  const chosen = edge.id === state.edge;
  return {
    id: edge.id,
    from: edge.from,
    to: edge.to,
    width: 1.3 + 0.95 * Math.log2(strongest) + (chosen ? 2 : 0),
    dashes: open ? [7, 6] : false,
    color: { color: edgeColour(passing), opacity: isDimEdge(edge) ? 0.1 : chosen || near ? 0.95 : 0.7 },
    arrows: {
      to: { enabled: towards(edge.to), scaleFactor: 0.5 },
      from: { enabled: edge.from !== edge.to && towards(edge.from), scaleFactor: 0.5 },
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

const places = drawing.nodes.map((node) => ({ x: node.x, y: node.y }));

function refreshPicture() {
  near = null;
  if (state.node !== null) {
    near = new Set([state.node]);
    for (const edge of edgesOf[state.node]) if (shown.edges.has(edge.id)) near.add(otherEnd(edge, state.node));
  } else if (state.edge !== null) near = new Set([edges[state.edge].from, edges[state.edge].to]);
  labelOrder = [...shown.nodes].sort(
    (a, b) => isDim(a) - isDim(b) || (b === state.node) - (a === state.node) || nodeSize[b] - nodeSize[a] || a - b,
  );
  const many = shown.nodes.size > 1500;
  network.setOptions({ interaction: { hideEdgesOnDrag: many, hideEdgesOnZoom: many } });
  sync(nodeData, looks.nodes, new Map([...shown.nodes].sort((a, b) => a - b).map((actor) => [actor, nodeLook(actor)])), places);
  sync(edgeData, looks.edges, new Map([...shown.edges].map(([id, passing]) => [id, edgeLook(edges[id], passing)])));
  network.redraw();
}

function moveOptions() {
  return calm.matches || !document.documentElement.dataset.ready ? false : { duration: 350, easingFunction: "easeInOutQuad" };
}

// The part of the stage that the panel does not cover, in page pixels.
function freeFrame() {
  const [whole, over] = [stage.getBoundingClientRect(), panel.getBoundingClientRect()];
  const frame = { x: 0, y: 0, width: whole.width, height: whole.height };
  if (!panel.hidden && over.left < whole.right - 1 && over.top < whole.bottom - 1) {
    if (over.left > whole.left + 1) frame.width = over.left - whole.left;
    else frame.height = over.top - whole.top;
  }
  return frame;
}

const MARGIN = { x: 64, y: 40 }; // Room for the names at the rim.

// Moves the picture so that these actors fill the free part of the stage, at no more than the given scale.
function frameOn(members, scale, animated = true) {
  const frame = freeFrame();
  const xs = members.map((actor) => network.body.nodes[actor].x);
  const ys = members.map((actor) => network.body.nodes[actor].y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const room = { width: Math.max(60, frame.width - 2 * MARGIN.x), height: Math.max(60, frame.height - 2 * MARGIN.y) };
  const fitting = Math.min(scale, room.width / (right - left || 1), room.height / (bottom - top || 1));
  network.moveTo({
    position: { x: (left + right) / 2, y: (top + bottom) / 2 },
    offset: { x: (frame.width - stage.clientWidth) / 2, y: (frame.height - stage.clientHeight) / 2 },
    scale: fitting,
    animation: animated && moveOptions(),
  });
}

function fit(animated = true) {
  untouched = true;
  if (shown.nodes.size) frameOn([...shown.nodes], 1.25, animated);
}

// Moves the picture only if some of these actors are out of sight, and zooms in to at least `scale`.
function bringIntoView(members, scale = 0) {
  const drawnMembers = members.filter((actor) => network.body.nodes[actor]);
  if (!drawnMembers.length) return;
  const frame = freeFrame();
  const inSight = drawnMembers.every((actor) => {
    const { x, y } = network.canvasToDOM(network.body.nodes[actor]);
    return x > 40 && y > 24 && x < frame.width - 40 && y < frame.height - 24;
  });
  if (!inSight || network.getScale() < scale) frameOn(drawnMembers, Math.max(scale, network.getScale()));
}

// The stage changed its size: what was at its left top stays there, at the same scale. vis-network would rescale.
let untouched = true;
const size = { width: 0, height: 0 };
function resized() {
  const [dx, dy] = [stage.clientWidth - size.width, stage.clientHeight - size.height];
  if (!dx && !dy) return;
  const [scale, centre] = [network.getScale(), network.getViewPosition()];
  size.width += dx;
  size.height += dy;
  network.setSize("100%", "100%");
  network.moveTo({ scale, position: { x: centre.x + dx / 2 / scale, y: centre.y + dy / 2 / scale } });
  network.redraw();
}

function selectionIntoView() {
  resized();
  if (state.node !== null) bringIntoView([state.node]);
  else if (state.edge !== null) bringIntoView([edges[state.edge].from, edges[state.edge].to]);
}

function zoom(factor) {
  network.moveTo({ scale: Math.min(5, Math.max(0.03, network.getScale() * factor)), animation: moveOptions() });
}

// The nearest actor in a direction, for the arrow keys.
function neighbourTowards(actor, dx, dy) {
  const here = network.body.nodes[actor];
  let best = null;
  let least = Infinity;
  for (const other of shown.nodes) {
    if (other === actor) continue;
    const there = network.body.nodes[other];
    const along = (there.x - here.x) * dx + (there.y - here.y) * dy;
    const across = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx);
    if (along > 0 && along + 2.5 * across < least) [best, least] = [other, along + 2.5 * across];
  }
  return best;
}

function edgeWords(id) {
  const edge = edges[id];
  const tally = new Map();
  for (const i of shown.edges.get(id) ?? []) {
    const fact = facts[i];
    const relation = relations.get(fact.relation);
    const arrow = relation.symmetric ? "" : fact.subject === edge.from ? " →" : " ←";
    const word = relation.label + arrow;
    tally.set(word, (tally.get(word) ?? 0) + 1);
  }
  return [...tally].map(([word, n]) => (n > 1 ? `${word} (${n})` : word)).join(", ");
}

function showHover(pointer) {
  const box = byId("hover");
  const { node, edge } = hovered;
  box.hidden = node === null && edge === null;
  stage.classList.toggle("pointing", !box.hidden);
  if (box.hidden) return;
  if (node !== null) {
    const facts = edgesOf[node].reduce((sum, e) => sum + (shown.edges.get(e.id)?.length ?? 0), 0);
    box.replaceChildren(make("strong", {}, name(entities[node].label)), make("span", {}, `${TYPE_NAME[entities[node].type]} · ${count(facts, "fact")}`));
  } else {
    const { from, to } = edges[edge];
    box.replaceChildren(make("strong", {}, name(entities[from].label), " – ", name(entities[to].label)), make("span", {}, edgeWords(edge)));
  }
  const x = Math.min(pointer.x + 14, stage.clientWidth - box.offsetWidth - 8);
  const y = pointer.y + 18 + box.offsetHeight > stage.clientHeight ? pointer.y - box.offsetHeight - 12 : pointer.y + 18;
  box.style.transform = `translate(${Math.max(8, x)}px, ${Math.max(8, y)}px)`;
}

function startPicture() {
  readInk();
  network.on("afterDrawing", drawLabels);
  network.on("click", ({ nodes, edges: hit }) => {
    if (nodes.length) select.node(nodes[0]);
    else if (hit.length) select.edge(hit[0]);
    else if (state.node !== null || state.edge !== null) select.none();
  });
  network.on("doubleClick", ({ nodes }) => {
    if (nodes.length) change({ added: new Set([...state.added, ...edgesOf[nodes[0]].map((e) => otherEnd(e, nodes[0]))]) });
  });
  for (const kind of ["node", "edge"]) {
    network.on(`hover${capital(kind)}`, ({ [kind]: id, pointer }) => {
      hovered[kind] = id;
      showHover(pointer.DOM);
    });
    network.on(`blur${capital(kind)}`, () => {
      hovered[kind] = null;
      showHover({ x: 0, y: 0 });
    });
  }
  network.on("zoom", () => {
    untouched = false;
  });
  network.on("dragStart", () => {
    untouched = false;
    hovered.node = hovered.edge = null;
    showHover({ x: 0, y: 0 });
  });
  new ResizeObserver(() => {
    const refit = untouched && panel.hidden;
    resized();
    if (refit) fit(false);
  }).observe(stage);
  dark.addEventListener("change", () => {
    readInk();
    for (const listener of listeners) listener();
  });
  onChange(refreshPicture);
}
