// The map: the same actors and lines where they are on earth. Actors keep about their size on the screen. Those of whom
// no place is known stand in a tray at the lower end, which does not move with the map.

const placeable = new Set(actors.filter((actor) => entities[actor].at));
let spread = { of: "", members: [], levels: new Map() }; // what spreadOut gave, by level, for these actors
let laid = ""; // the state of the camera that actors were placed for
let dock = { height: 0, spots: new Map(), share: 0.4 };

// Who is pushed apart: all that may be drawn, so that filters move nobody.
function refreshSpread() {
  const drawable = candidates();
  const members = (drawable ? [...new Set([...drawable, ...shown.nodes])] : actors).filter((actor) => placeable.has(actor)).sort((a, b) => a - b);
  const key = members.join();
  if (key !== spread.of) spread = { of: key, members, levels: new Map() };
}

// How far all are pushed at a level; computed when the reader first comes there.
function waysAt(level) {
  if (!spread.levels.has(level)) spread.levels.set(level, spreadOut(spread.members, level));
  return spread.levels.get(level);
}

// The way of each actor at a scale, between those of the two levels beside it.
function waysBetween(scale) {
  const level = levelOf(scale);
  const [low, high] = [waysAt(Math.floor(level)), waysAt(Math.ceil(level))];
  const rest = level - Math.floor(level);
  return (actor) => {
    const [a, b] = [low.get(actor), high.get(actor)];
    return [a[0] + (b[0] - a[0]) * rest, a[1] + (b[1] - a[1]) * rest];
  };
}

// How far to the east the neighbours of an actor are.
function eastward(actor) {
  const beside = edgesOf[actor].map((edge) => entities[otherEnd(edge, actor)].at?.[0]).filter((x) => x !== undefined);
  return beside.reduce((sum, x) => sum + x, 0) / Math.max(1, beside.length);
}

// The tray: as many rows as it takes, each actor below its neighbours, so that lines to it stay short.
function refreshDock() {
  const members = [...shown.nodes].filter((actor) => !placeable.has(actor));
  const east = new Map(members.map((actor) => [actor, eastward(actor)]));
  members.sort((a, b) => east.get(a) - east.get(b) || a - b);
  const width = Math.max(120, freeFrame().width - 24);
  const number = (i) => [Math.floor(i / rows), i % rows]; // its column and row
  const rows = Math.min(3, Math.ceil((members.length * 104) / width));
  const columns = Math.ceil(members.length / rows);
  const cell = width / Math.max(1, columns);
  const [head, row] = [25, cell > 60 ? 41 : 30];
  const height = members.length ? head + rows * row + 3 : 0;
  const top = size.height - height + head;
  dock = {
    height,
    share: Math.min(0.36, cell / 70),
    spots: new Map(members.map((actor, i) => [actor, [12 + cell * (number(i)[0] + 0.5), top + row * number(i)[1] + 13]])),
  };
  const tray = byId("tray");
  tray.hidden = !members.length;
  tray.replaceChildren(make("strong", {}, `${count(members.length, "actor")} without a place`), make("span", {}, " no article and no list says to which country they belong"));
  tray.style.bottom = `${height - 24}px`;
  byId("credit").hidden = false;
  byId("credit").style.bottom = `${height}px`;
  liftZoom(height);
}

// Puts actors where they are on the map as the camera stands now, and gives everything its size on the screen.
function layMap() {
  const scale = network.getScale();
  const origin = network.canvasToDOM({ x: 0, y: 0 });
  const key = [scale, origin.x, origin.y, size.width, size.height].join();
  if (key === laid) return;
  laid = key;
  const share = mapShare(scale);
  const way = waysBetween(scale);
  for (const actor of shown.nodes) {
    const node = network.body.nodes[actor];
    if (!node) continue;
    const { at } = entities[actor];
    const [dx, dy] = at ? way(actor) : dock.spots.get(actor);
    node.x = at ? at[0] + dx / scale : (dx - origin.x) / scale;
    node.y = at ? at[1] + dy / scale : (dy - origin.y) / scale;
    node.options.size = (drawing.nodes[actor].size * (at ? share : dock.share)) / scale;
    node.options.borderWidth = actor === state.node || isEnd(actor) ? 3 : 1.2; // in pixels already
    node.needsRefresh();
  }
  for (const [id, look] of drawnEdges) {
    const edge = network.body.edges[id];
    edge.options.width = (look.width * 0.85) / scale;
    if (look.dashes) edge.options.dashes = [6 / scale, 5 / scale];
    const long = Math.hypot(edge.from.x - edge.to.x, edge.from.y - edge.to.y) * scale;
    for (const end of ["to", "from"]) edge.options.arrows[end].scaleFactor = Math.min(0.2 + share / 2, 0.42, 0.1 + long / 160) / scale;
  }
}

function drawMap(context) {
  if (!onMap() || changing) return;
  layMap();
  drawWorld(context);
  const scale = network.getScale();
  context.save();
  context.strokeStyle = context.fillStyle = ink.soft;
  context.lineWidth = 0.8 / scale;
  for (const actor of shown.nodes) {
    const { at, guest } = entities[actor];
    const node = network.body.nodes[actor];
    if (!at || guest || !node || Math.hypot(node.x - at[0], node.y - at[1]) < node.options.size + 3 / scale) continue;
    context.globalAlpha = isDim(actor) ? 0.25 : 0.7;
    context.beginPath();
    context.moveTo(...at);
    context.lineTo(node.x, node.y);
    context.stroke();
    context.beginPath();
    context.arc(...at, 1.6 / scale, 0, 2 * Math.PI);
    context.fill();
  }
  context.restore();
}

const underTray = (y) => onMap() && y > size.height - dock.height;

// The tray lies over the map; its actors, and the ends of the lines to them, are drawn once more on it.
function drawTray(context) {
  if (!onMap() || changing || !dock.height) return;
  const ratio = network.canvas.pixelRatio;
  context.save();
  const drawing = context.getTransform();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = ink.surface;
  context.fillRect(0, size.height - dock.height, size.width, dock.height);
  context.fillStyle = ink.line;
  context.fillRect(0, size.height - dock.height, size.width, 1);
  context.beginPath();
  context.rect(0, size.height - dock.height + 1, size.width, dock.height);
  context.clip();
  context.setTransform(drawing);
  for (const id of shown.edges.keys()) if (dock.spots.has(edges[id].from) || dock.spots.has(edges[id].to)) network.body.edges[id].draw(context);
  for (const actor of dock.spots.keys()) network.body.nodes[actor].draw(context);
  context.restore();
}

// How a line looks on the map: bent a little to the north; in two pieces where the shorter way leaves the map.
function mapEdges(edge, look) {
  const [a, b] = [entities[edge.from].at, entities[edge.to].at];
  const faint = (a && b) || near ? look : { ...look, color: { ...look.color, opacity: 0.35 } }; // Lines to the tray cross much.
  const bent = shown.edges.size <= MANY && edge.from !== edge.to && a && b;
  const smooth = bent ? { enabled: true, type: a[0] < b[0] ? "curvedCW" : "curvedCCW", roundness: 0.13 } : false;
  if (!edge.rim) return [{ ...faint, smooth }];
  const none = { enabled: false };
  return [
    { ...look, id: `${edge.id}:from`, to: `${edge.id}:from`, arrows: { ...look.arrows, to: none }, smooth: false },
    { ...look, id: `${edge.id}:to`, from: `${edge.id}:to`, arrows: { ...look.arrows, from: none }, smooth: false },
  ];
}

// The points at the rim to which the pieces of such a line go. They cannot be seen.
function rimNodes(edge) {
  if (!edge.rim) return [];
  const [x, y] = edge.rim;
  const side = entities[edge.from].at[0] > 0 ? 1 : -1;
  const point = (end, sign) => ({ id: `${edge.id}:${end}`, x: sign * x, y, shape: "dot", size: 0, borderWidth: 0, opacity: 0 });
  return [point("from", side), point("to", -side)];
}

const mapBounds = { left: -WORLD_END.x, right: WORLD_END.x, top: WORLD_END.top, bottom: WORLD_END.bottom };

function startMap() {
  network.on("beforeDrawing", drawMap);
  byId("credit").textContent = LAND_CREDIT;
}
