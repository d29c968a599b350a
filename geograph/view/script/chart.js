// How the time view is painted. Only what is on the screen is drawn, and of what looks the same in one place, one.

// On paper all lanes are shown, with their names in the picture, and finer.
function paintTime(onPaper = false) {
  if (state.view !== "time" || !time.layout) return;
  const [width, seen] = [time.scroller.clientWidth, time.scroller.clientHeight];
  if (!width || !seen) return;
  const height = onPaper ? wholeHeight() : seen;
  const ratio = onPaper ? 3 : devicePixelRatio || 1;
  Object.assign(time.canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
  Object.assign(time.canvas.style, { width: `${width}px`, height: `${height}px` });
  const context = time.canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawChart(context, { width, height, top: onPaper ? 0 : time.scroller.scrollTop, names: onPaper });
}

const wholeHeight = () => Math.max(time.scroller.clientHeight, Math.ceil(time.layout.height) + AXIS + 6);

// The part of the chart from `top` on; `names` draws those of the lanes too, for a picture without the buttons.
function drawChart(context, { width, height, top, names }) {
  const left = gutter();
  const [first, last] = time.view;
  const perDay = (width - left) / (last - first);
  const scale = { perDay, x: (day) => left + (day - first) * perDay };
  context.fillStyle = ink.ground;
  context.fillRect(0, 0, width, height);
  const ticks = axisTicks(first, last, perDay);
  context.save();
  context.beginPath();
  context.rect(left, AXIS, width - left, height - AXIS);
  context.clip();
  drawGrid(context, ticks, scale, height);
  context.translate(0, AXIS - top);
  drawLaneLines(context, left, width, top, height);
  drawMarksOfTime(context, scale, { left, width, top, height });
  context.restore();
  drawOutside(context, scale, left, width, height);
  drawAxis(context, ticks, scale, left, width);
  if (names) drawLaneNames(context, left, top);
  refreshHints();
}

function drawGrid(context, { fine, coarse }, { x }, height) {
  context.lineWidth = 1;
  for (const [ticks, alpha] of [[fine, 0.55], [coarse, 1]]) {
    context.globalAlpha = alpha;
    context.strokeStyle = ink.line;
    context.beginPath();
    for (const { day } of ticks) {
      const at = Math.round(x(day)) + 0.5;
      context.moveTo(at, AXIS);
      context.lineTo(at, height);
    }
    context.stroke();
  }
  context.globalAlpha = 1;
}

function drawLaneLines(context, left, width, top, height) {
  const { members, tops } = time.layout;
  for (const [lane, actor] of members.entries()) {
    const y = Math.round(tops[lane] + LANE.line) + 0.5;
    if (y < top - 40 || y > top + height) continue;
    context.globalAlpha = isDim(actor) ? 0.2 : 0.5;
    context.strokeStyle = actor === state.node ? ink.accent : ink[entities[actor].type];
    context.lineWidth = actor === state.node ? 2 : 1;
    context.beginPath();
    context.moveTo(left, y);
    context.lineTo(width, y);
    context.stroke();
  }
  context.globalAlpha = 1;
}

const isOpen = (fact) => fact.status === "planned" || fact.status === "possible";
const isDimFact = (fact) => isDimEdge(edges[fact.edge]) || (state.fact !== null && facts[state.fact] !== fact && fact.edge === state.edge);

function drawMarksOfTime(context, scale, { left, width, top, height }) {
  time.drawn = [];
  const seen = new Set();
  const visible = [];
  for (const mark of time.layout.marks) {
    if (scale.x(mark.from) > width + 20) break; // They are in order.
    if (scale.x(mark.to) < left - 20) continue;
    const at = placed(mark, time.layout, scale);
    const [upper, lower] = [Math.min(at.from ?? at.to, at.to ?? at.from), Math.max(at.from ?? at.to, at.to ?? at.from)];
    if (lower < top - 20 || upper > top + height) continue;
    // The link of a long bar stays in sight.
    if (at.bar) at.x = Math.min(Math.max(at.x, Math.min(at.right, left + 14)), Math.max(at.left, width - 14));
    const fact = facts[mark.i];
    const look = [Math.round(at.x), at.from, at.to, Math.round(at.left), Math.round(at.right), fact.relation, fact.status].join();
    if (seen.has(look) && state.fact !== mark.i) continue;
    seen.add(look);
    time.drawn.push(at);
    visible.push(at);
  }
  const strength = (at) => (facts[at.mark.i] === facts[state.fact] || at.mark.i === time.hovered ? 2 : isDimFact(facts[at.mark.i]) ? 0 : 1);
  const ranked = visible.map((at) => [strength(at), at]).sort((a, b) => a[0] - b[0]);
  for (const [rank, at] of ranked) drawMarkOfTime(context, at, facts[at.mark.i], rank);
  context.globalAlpha = 1;
}

function drawMarkOfTime(context, at, fact, rank) {
  const relation = relations.get(fact.relation);
  const colour = familyColour(relation.family);
  const bold = rank === 2;
  const away = at.from === null || (at.to === null && at.mark.a !== at.mark.b);
  Object.assign(context, { strokeStyle: colour, fillStyle: colour, lineCap: "butt" });
  context.globalAlpha = rank === 0 ? 0.16 : away && !bold ? 0.6 : 0.95;
  const width = Math.min(4, 1.3 + 0.5 * Math.log2(fact.independent)) + (bold ? 1.4 : 0);
  const [start, end] = linkOf(at);
  if (start !== end) {
    context.lineWidth = at.bar && !bold ? Math.min(width, 1.1) : width;
    context.setLineDash(isOpen(fact) ? [5, 4] : []);
    context.beginPath();
    context.moveTo(at.x, start);
    context.lineTo(at.x, end);
    context.stroke();
    context.setLineDash([]);
  }
  for (const [y, mine] of [[at.from, true], [at.to, false]]) {
    if (y === null) continue;
    if (at.bar) drawBar(context, at, y, isOpen(fact) || fact.status === "denied", rank);
    else if (mine || relation.symmetric || start === end) drawDot(context, at.x, y, isOpen(fact) || fact.status === "denied", bold);
  }
  if (!relation.symmetric && start !== end && at.to !== null) drawHead(context, at.x, at.bar ? end - Math.sign(end - start) * 2 : end, Math.sign(end - start), bold);
  if (fact.status === "denied") {
    context.globalAlpha = rank === 0 ? 0.3 : 1;
    drawCross(context, at.x, (start + end) / 2, colour);
  }
  if (bold && fact === facts[state.fact]) drawHalo(context, at, start, end);
}

const STUB = 12;

// From where to where the line of a mark goes. To an actor without a lane it is but a stub.
function linkOf(at) {
  const { from, to, mark } = at;
  if (mark.a === mark.b || (at.bar && (from === null || to === null))) return [from ?? to, from ?? to];
  if (from === null) return [to - STUB, to];
  if (to === null) return [from, from - STUB];
  return [from, to];
}

function drawBar(context, at, y, hollow, rank) {
  const alpha = context.globalAlpha;
  context.beginPath();
  context.roundRect(at.left + 0.5, y - 2, Math.max(2, at.right - at.left - 1), 4, 2);
  context.globalAlpha = alpha * (rank === 2 ? 0.9 : 0.5);
  if (!hollow) context.fill();
  context.globalAlpha = alpha;
  context.lineWidth = 1;
  if (hollow) {
    context.setLineDash([3, 2]);
    context.stroke();
    context.setLineDash([]);
  }
}

function drawDot(context, x, y, hollow, bold) {
  const colour = context.fillStyle;
  context.beginPath();
  context.arc(x, y, bold ? 4.6 : 3.2, 0, 2 * Math.PI);
  context.fillStyle = hollow ? ink.ground : colour;
  context.fill();
  context.lineWidth = 1.4;
  if (hollow) context.stroke();
  context.fillStyle = colour;
}

function drawHead(context, x, y, way, bold) {
  const half = bold ? 5 : 3.8;
  context.beginPath();
  context.moveTo(x, y - way);
  context.lineTo(x - half, y - way * (half * 2 + 1));
  context.lineTo(x + half, y - way * (half * 2 + 1));
  context.closePath();
  context.fill();
}

function drawHalo(context, at, start, end) {
  context.globalAlpha = 1;
  context.strokeStyle = ink.accent;
  context.lineWidth = 1.5;
  context.beginPath();
  context.roundRect(at.x - 9, Math.min(start, end) - 9, 18, Math.abs(end - start) + 18, 9);
  context.stroke();
}

// What lies outside the chosen period is shaded.
function drawOutside(context, { x }, left, width, height) {
  if (state.from === null && state.to === null) return;
  const start = state.from === null ? left : Math.max(left, x(dayNumber(firstDay(state.from))));
  const end = state.to === null ? width : Math.min(width, x(dayNumber(lastDay(state.to)) + 1));
  context.save();
  context.globalAlpha = 0.5;
  context.fillStyle = ink.line;
  if (start > left) context.fillRect(left, AXIS, Math.min(start, width) - left, height - AXIS);
  if (end < width) context.fillRect(Math.max(end, left), AXIS, width - Math.max(end, left), height - AXIS);
  context.restore();
}

function drawAxis(context, { fine, coarse }, { x }, left, width) {
  context.fillStyle = ink.surface;
  context.fillRect(0, 0, width, AXIS);
  context.fillStyle = ink.line;
  context.fillRect(0, AXIS - 1, width, 1);
  context.save();
  context.beginPath();
  context.rect(left, 0, width - left, AXIS);
  context.clip();
  Object.assign(context, { textBaseline: "middle", textAlign: "left", fillStyle: ink.text, font: `600 12px ${ink.font}` });
  const single = coarse.length === 0;
  coarse.forEach(({ day, label }, i) => {
    const next = coarse[i + 1] ? x(coarse[i + 1].day) : Infinity;
    const at = Math.max(x(day), left) + 6;
    if (at + context.measureText(label).width + 8 <= next) context.fillText(label, at, 13);
  });
  Object.assign(context, { fillStyle: ink.soft, font: `11.5px ${ink.font}` });
  for (const { day, label } of fine) context.fillText(label, x(day) + (single ? 5 : 6), single ? 22 : 30);
  context.restore();
}

function drawLaneNames(context, left, top) {
  Object.assign(context, { textBaseline: "middle", fillStyle: ink.text, font: `12.5px ${ink.font}`, lineWidth: 4, strokeStyle: ink.ground, lineJoin: "round" });
  context.textAlign = left ? "right" : "left";
  for (const [lane, actor] of time.layout.members.entries()) {
    const [x, y] = [left ? left - 12 : 8, AXIS - top + time.layout.tops[lane] + LANE.line - (left ? 0 : 9)];
    context.strokeText(shortLabels[actor], x, y, left ? left - 16 : undefined);
    context.fillText(shortLabels[actor], x, y, left ? left - 16 : undefined);
  }
}

// How many facts lie beyond both ends.
function refreshHints() {
  const [first, last] = time.view;
  const earlier = time.layout.marks.filter((mark) => mark.to <= first).length;
  const later = time.layout.marks.filter((mark) => mark.from >= last).length;
  for (const [button, n, text] of [[time.earlier, earlier, `‹ ${earlier} earlier`], [time.later, later, `${later} later ›`]]) {
    button.hidden = n === 0;
    button.textContent = text;
    button.style.left = button === time.earlier ? `${gutter() + 8}px` : "";
  }
}
