// Moving along time: with wheel, fingers and keys; pointing at a fact tells of it, a click opens its evidence.

const GRASP = 7; // pixels

// The mark nearest to a point of the canvas, if it is near enough.
function markAt(px, py) {
  const y = py - AXIS + time.scroller.scrollTop;
  if (py < AXIS) return null;
  let [best, least] = [null, GRASP];
  for (const at of time.drawn) {
    const [start, end] = linkOf(at);
    const beside = Math.max(0, Math.min(start, end) - y, y - Math.max(start, end));
    let distance = Math.hypot(px - at.x, beside);
    if (at.bar) for (const row of [at.from, at.to]) if (row !== null) distance = Math.min(distance, Math.hypot(Math.max(0, at.left - px, px - at.right), (row - y) * 1.6) + 0.5);
    if (isDimFact(facts[at.mark.i])) distance += 3;
    if (distance < least) [best, least] = [at.mark.i, distance];
  }
  return best;
}

function hoverMark(i, pointer = null) {
  if (i === time.hovered) return;
  time.hovered = i;
  paintTime();
  time.canvas.classList.toggle("pointing", i !== null);
  const box = byId("hover");
  box.hidden = i === null;
  if (i === null) return;
  const fact = facts[i];
  const { label } = relations.get(fact.relation);
  box.replaceChildren(
    make("strong", {}, name(entities[fact.subject].label), ` ${label} `, name(entities[fact.object].label)),
    make("span", {}, [fact.when, fact.status === "actual" ? null : fact.status, count(fact.independent, "independent source")].filter(Boolean).join(" · ")),
  );
  placeHover(pointer, time.scroller);
}

const shortAxis = () => (time.view[1] - time.view[0]) / Math.max(1, time.scroller.clientWidth - gutter());

// Zooms about a place on the canvas, or about the middle.
function zoomTime(factor, px = null) {
  const [first, last] = time.view;
  const left = gutter();
  const share = px === null ? 0.5 : Math.min(1, Math.max(0, (px - left) / (time.scroller.clientWidth - left)));
  const fixed = first + (last - first) * share;
  const span = Math.min(LONGEST, Math.max(SHORTEST, (last - first) / factor));
  setTimeView(fixed + span * (0.5 - share), span / 2);
}

function panTime(days) {
  const [first, last] = time.view;
  setTimeView((first + last) / 2 + days, (last - first) / 2);
}

const fingers = new Map();
let dragged = false;

function startTravel() {
  const { canvas, scroller } = time;
  const spot = (event) => [event.clientX - canvas.getBoundingClientRect().left, event.clientY - canvas.getBoundingClientRect().top];
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) panTime((event.deltaX || event.deltaY) * shortAxis());
    else zoomTime(Math.exp(-Math.max(-120, Math.min(120, event.deltaY)) / 320), spot(event)[0]);
  }, { passive: false });
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    fingers.set(event.pointerId, spot(event));
    dragged = fingers.size > 1;
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    const [x, y] = spot(event);
    const before = fingers.get(event.pointerId);
    if (!before) return hoverMark(markAt(x, y), { x, y });
    if (!dragged && Math.hypot(x - before[0], y - before[1]) < 4) return undefined;
    dragged = true;
    hoverMark(null);
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) zoomTime(Math.max(20, Math.abs(x - other[0])) / Math.max(20, Math.abs(before[0] - other[0])), (x + other[0]) / 2);
    else {
      panTime((before[0] - x) * shortAxis());
      scroller.scrollTop += before[1] - y;
    }
    fingers.set(event.pointerId, [x, y]);
    return undefined;
  });
  canvas.addEventListener("pointerup", (event) => {
    const clicked = fingers.has(event.pointerId) && !dragged;
    fingers.delete(event.pointerId);
    if (!clicked) return;
    const hit = markAt(...spot(event));
    if (hit !== null) select.fact(hit);
    else if (!panel.hidden) select.none();
  });
  canvas.addEventListener("pointercancel", (event) => fingers.delete(event.pointerId));
  canvas.addEventListener("pointerleave", () => hoverMark(null));
}

// The keys on the canvas: the fact before or after, or the nearest in time on another lane.
function moveInTime(key) {
  const { marks, members } = time.layout;
  if (!marks.length) return;
  const at = marks.findIndex((mark) => mark.i === state.fact);
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const [first, last] = time.view;
    const begin = marks.findIndex((mark) => mark.to > first && mark.from < last);
    const next = at < 0 ? Math.max(0, begin) : at + (key === "ArrowRight" ? 1 : -1);
    return chooseMark(marks[Math.min(marks.length - 1, Math.max(0, next))]);
  }
  const from = at < 0 ? null : marks[at];
  const lane = from ? Math.max(from.a, from.b) : -1;
  const step = key === "ArrowDown" ? 1 : -1;
  const here = from ? (from.from + from.to) / 2 : (time.view[0] + time.view[1]) / 2;
  for (let next = (from && step < 0 ? Math.min(...endsOf(from).filter((end) => end >= 0)) : lane) + step; next >= 0 && next < members.length; next += step) {
    const on = marks.filter((mark) => mark !== from && (mark.a === next || mark.b === next));
    if (on.length) return chooseMark(on.reduce((best, mark) => (Math.abs((mark.from + mark.to) / 2 - here) < Math.abs((best.from + best.to) / 2 - here) ? mark : best)));
  }
  return undefined;
}

function chooseMark(mark) {
  const fact = facts[mark.i];
  select.fact(mark.i);
  const [first, last] = time.view;
  if (mark.to < first || mark.from > last) panTime((mark.from + mark.to) / 2 - (first + last) / 2);
  const at = placed(mark, time.layout, { x: (day) => day, perDay: 1 });
  const y = at.from ?? at.to;
  if (y < time.scroller.scrollTop || y > time.scroller.scrollTop + time.scroller.clientHeight - AXIS - 20) time.scroller.scrollTop = Math.max(0, y - time.scroller.clientHeight / 2);
  announce(`${fact.when}: ${entities[fact.subject].label} ${relations.get(fact.relation).label} ${entities[fact.object].label}${fact.status === "actual" ? "" : `, ${fact.status}`}`);
}
