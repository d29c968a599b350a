// Names over the picture: drawn at reading size whatever the zoom, the most central first, none over another.

const LABELS = 260;
const widths = new Map();

// The context is vis-network's; it is drawn in page pixels and left as it was.
function drawLabels(context) {
  const ratio = network.canvas.pixelRatio;
  const scale = network.getScale();
  const origin = network.canvasToDOM({ x: 0, y: 0 });
  const frame = { width: stage.clientWidth, height: stage.clientHeight };
  const at = (actor) => {
    const node = network.body.nodes[actor];
    return node && { x: origin.x + node.x * scale, y: origin.y + node.y * scale, r: node.options.size * scale };
  };
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const taken = drawMarks(context, at);
  const nodes = labelOrder.map((actor) => [actor, at(actor)]).filter(([, p]) => p && inside(p, frame));
  drawCodes(context, nodes);
  if (nodes.length < 400) taken.push(...nodes.map(([, p]) => [p.x - p.r, p.y - p.r, p.x + p.r, p.y + p.r]));
  let drawnLabels = 0;
  for (const [actor, p] of nodes) {
    if (drawnLabels >= LABELS) break;
    if (drawLabel(context, actor, p, taken)) drawnLabels += 1;
  }
  context.restore();
}

const inside = (p, frame) => p.x > -80 && p.y > -30 && p.x < frame.width + 80 && p.y < frame.height + 30;

function drawLabel(context, actor, p, taken) {
  const marked = actor === state.node || actor === hovered.node || isEnd(actor);
  const large = nodeSize[actor] > 19;
  const dim = isDim(actor) && !marked;
  const height = large || marked ? 13 : 11.5;
  context.font = `${large || marked ? 600 : 500} ${height}px ${ink.font}`;
  const text = shortened(entities[actor].label);
  const key = context.font + text;
  if (!widths.has(key)) widths.set(key, context.measureText(text).width);
  const [width, gap] = [widths.get(key), 3];
  const places = [
    [p.x - width / 2, p.y + p.r + gap],
    [p.x + p.r + gap + 1, p.y - height / 2],
    [p.x - width / 2, p.y - p.r - gap - height],
    [p.x - p.r - gap - 1 - width, p.y - height / 2],
  ].map(([x, y]) => [p.x > 0 && p.x < stage.clientWidth ? Math.min(Math.max(x, 4), stage.clientWidth - width - 4) : x, y]);
  const box = ([x, y]) => [x - 2, y - 1, x + width + 2, y + height + 2];
  const free = places.find((place) => !taken.some((other) => overlap(box(place), other)));
  if (!free && !marked) return false;
  const [x, y] = free ?? places[0];
  taken.push(box([x, y]));
  context.globalAlpha = dim ? 0.3 : 1;
  context.textBaseline = "top";
  context.textAlign = "left";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = ink.ground;
  context.strokeText(text, x, y);
  context.fillStyle = ink.text;
  context.fillText(text, x, y);
  context.globalAlpha = 1;
  return true;
}

const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
const shortened = (text) => ([...text].length > 32 ? `${[...text].slice(0, 31).join("")}…` : text);

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

// Marks on edges: a cross on what is only denied, and the number of facts where there is room. Gives their boxes.
function drawMarks(context, at) {
  const boxes = [];
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
    const [x, y] = [(a.x + b.x) / 2, (a.y + b.y) / 2];
    context.globalAlpha = isDimEdge(edge) ? 0.2 : 1;
    boxes.push([x - 6, y - 6, x + 6, y + 6]);
    if (denied) drawCross(context, x, y, edgeColour(passing));
    else drawCount(context, x, y, passing.length, edgeColour(passing));
  }
  context.globalAlpha = 1;
  return boxes;
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
