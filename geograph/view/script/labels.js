// Names over the picture: drawn at reading size whatever the zoom, the most central first, none over another.

const LABELS = 260;
const ALWAYS = 8; // So many may stand over the discs of lesser actors,
const BOLD = 16; // and so many are bold.
const widths = [new Map(), new Map()]; // of names in regular and in bold

// The context is vis-network's; it is drawn in page pixels and left as it was.
function drawLabels(context) {
  if (changing) return;
  const ratio = network.canvas.pixelRatio;
  const scale = network.getScale();
  const origin = network.canvasToDOM({ x: 0, y: 0 });
  const at = (actor) => {
    const node = network.body.nodes[actor];
    return node && { x: origin.x + node.x * scale, y: origin.y + node.y * scale, r: node.options.size * scale };
  };
  drawTray(context);
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const room = { names: makeRoom(), discs: makeRoom() };
  drawMarks(context, at, room.discs);
  if (onMap()) drawRimNames(context, at, room.names);
  const nodes = labelOrder.map((actor) => [actor, at(actor)]).filter(([actor, p]) => p && inside(p) && !(underTray(p.y + 8) && placeable.has(actor)));
  drawCodes(context, nodes);
  if (nodes.length < 400) for (const [, p] of nodes) room.discs.take([p.x - p.r, p.y - p.r, p.x + p.r, p.y + p.r]);
  Object.assign(context, { textBaseline: "top", textAlign: "left", lineJoin: "round", lineWidth: 3.5, strokeStyle: ink.ground, fillStyle: ink.text });
  context.lastFont = null; // Others draw with this context too.
  let drawnLabels = 0;
  for (const [rank, [actor, p]] of nodes.entries()) {
    if (drawnLabels >= LABELS) break;
    if (drawLabel(context, actor, p, room, rank)) drawnLabels += 1;
  }
  context.restore();
}

const inside = (p) => p.x > -80 && p.y > -30 && p.x < size.width + 80 && p.y < size.height + 30;

function drawLabel(context, actor, p, room, rank) {
  const marked = actor === state.node || actor === hovered.node || isEnd(actor);
  const bold = marked || (rank < BOLD && nodeSize[actor] > 17);
  const height = bold ? 13 : 11.5;
  const font = `${bold ? 600 : 500} ${height}px ${ink.font}`;
  const text = shortLabels[actor];
  const width = widthOf(context, text, font, bold);
  const gap = 3;
  const box = (x, y) => [x - 2, y - 1, x + width + 2, y + height + 2];
  const held = (x) => (p.x > 0 && p.x < size.width ? Math.min(Math.max(x, 4), size.width - width - 4) : x);
  const places = [
    box(held(p.x - width / 2), p.y + p.r + gap),
    box(held(p.x + p.r + gap + 1), p.y - height / 2),
    box(held(p.x - width / 2), p.y - p.r - gap - height),
    box(held(p.x - p.r - gap - 1 - width), p.y - height / 2),
  ];
  const free = places.filter(room.names.free);
  const place = free.find(room.discs.free) ?? (marked || rank < ALWAYS ? free[0] : null) ?? (marked ? places[0] : null);
  if (!place) return false;
  room.names.take(place);
  setFont(context, font);
  context.globalAlpha = isDim(actor) && !marked ? 0.4 : 1;
  context.strokeText(text, place[0] + 2, place[1] + 1);
  context.fillText(text, place[0] + 2, place[1] + 1);
  context.globalAlpha = 1;
  return true;
}

// Setting a font is slow, even the same one again.
function setFont(context, font) {
  if (context.lastFont !== font) context.font = context.lastFont = font;
}

function widthOf(context, text, font, bold) {
  const known = widths[Number(bold)];
  if (!known.has(text)) {
    setFont(context, font);
    known.set(text, context.measureText(text).width);
  }
  return known.get(text);
}

const shortened = (text) => ([...text].length > 32 ? `${[...text].slice(0, 31).join("")}…` : text);
const shortLabels = entities.map((entity) => shortened(entity.label));

// Which stretches of the stage are taken, kept by cells so that asking stays quick.
function makeRoom() {
  const cells = new Map();
  const cellsOf = function* ([left, top, right, bottom]) {
    for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x += 1) {
      for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y += 1) yield x * 4096 + y;
    }
  };
  return {
    take(box) {
      for (const cell of cellsOf(box)) {
        if (!cells.has(cell)) cells.set(cell, []);
        cells.get(cell).push(box);
      }
    },
    free(box) {
      for (const cell of cellsOf(box)) if (cells.get(cell)?.some((other) => overlap(box, other))) return false;
      return true;
    },
  };
}

const CELL = 48;
const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

// The code of a country inside its disc, where it fits.
function drawCodes(context, nodes) {
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const [actor, p] of nodes) {
    const code = entities[actor].code;
    if (!code || p.r < 11) continue;
    context.globalAlpha = isDim(actor) ? 0.35 : 1;
    context.font = `650 ${Math.min(15, Math.max(8, p.r * 0.62))}px ${ink.font}`;
    context.fillStyle = ink.code;
    context.fillText(code, p.x, p.y + 0.5);
  }
  context.globalAlpha = 1;
}

// Marks on edges: a cross on what is only denied, and the number of facts where there is room.
function drawMarks(context, at, room) {
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const [id, passing] of shown.edges) {
    const edge = edges[id];
    const lively = id === state.edge || id === hovered.edge || edge.from === state.node || edge.to === state.node;
    const denied = passing.every((i) => facts[i].status === "denied");
    if (!denied && passing.length < 2) continue;
    const [a, b] = [at(edge.from), at(edge.to)];
    if (!a || !b || edge.from === edge.to) continue;
    const clear = Math.hypot(a.x - b.x, a.y - b.y) - a.r - b.r;
    if (clear < (lively ? 24 : 46)) continue;
    const [x, y] = middleOf(edge, a, b);
    if (underTray(y + 8)) continue;
    context.globalAlpha = isDimEdge(edge) ? 0.2 : 1;
    room.take([x - 6, y - 6, x + 6, y + 6]);
    if (denied) drawCross(context, x, y, edgeColour(passing));
    else drawCount(context, x, y, passing.length, edgeColour(passing));
  }
  context.globalAlpha = 1;
}

// The middle of a line in page pixels. On the map lines are bent, or leave it.
function middleOf(edge, a, b) {
  const line = onMap() && network.body.edges[edge.rim ? `${edge.id}:from` : edge.id];
  if (!line) return [(a.x + b.x) / 2, (a.y + b.y) / 2];
  const { x, y } = network.canvasToDOM(line.edgeType.getPoint(0.5));
  return [x, y];
}

// Where a line leaves the map, the name of the actor to whom it goes: for lines that the reader points at or chose.
function drawRimNames(context, at, room) {
  Object.assign(context, { textBaseline: "middle", font: `500 11px ${ink.font}`, lineJoin: "round", lineWidth: 3.5, strokeStyle: ink.sea, fillStyle: ink.soft });
  for (const id of shown.edges.keys()) {
    const edge = edges[id];
    const asked = id === state.edge || id === hovered.edge || edge.from === state.node || edge.to === state.node;
    if (!edge.rim || !asked || !drawnEdges.has(`${id}:from`)) continue;
    for (const end of ["from", "to"]) {
      const [here, there] = [at(edge[end]), network.canvasToDOM(network.body.nodes[`${id}:${end}`])];
      const x = Math.min(Math.max(there.x, 6), size.width - 6);
      const y = here.y + ((there.y - here.y) * (x - here.x)) / (there.x - here.x || 1);
      const right = there.x > here.x;
      const text = right ? `${shortLabels[edge[end === "from" ? "to" : "from"]]} →` : `← ${shortLabels[edge[end === "from" ? "to" : "from"]]}`;
      const width = context.measureText(text).width;
      const box = [right ? x - width : x, y - 15, right ? x : x + width, y - 2];
      if (right ? here.x > x : here.x < x) continue; // The actor is out of sight.
      if (!room.free(box)) continue;
      room.take(box);
      context.textAlign = "left";
      context.strokeText(text, box[0], y - 8);
      context.fillText(text, box[0], y - 8);
    }
  }
}

function drawCross(context, x, y, colour) {
  context.beginPath();
  context.arc(x, y, 7, 0, 2 * Math.PI);
  context.fillStyle = ink.ground;
  context.fill();
  context.beginPath();
  for (const turn of [-1, 1]) {
    context.moveTo(x - 4, y - 4 * turn);
    context.lineTo(x + 4, y + 4 * turn);
  }
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.stroke();
}

function drawCount(context, x, y, number, colour) {
  context.font = `600 9.5px ${ink.font}`;
  const width = Math.max(13, context.measureText(number).width + 7);
  context.beginPath();
  context.roundRect(x - width / 2, y - 6.5, width, 13, 6.5);
  context.fillStyle = ink.ground;
  context.fill();
  context.fillStyle = colour;
  context.fillText(number, x, y + 0.5);
}
