// Where the picture is looked at from: fitting, bringing into view, zooming, and keeping still when the stage changes.

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
  if (onMap()) frame.height = Math.min(frame.height, whole.height - dock.height);
  return frame;
}

const MARGIN = { x: 64, y: 40 }; // Room for the names at the rim.

// What these actors stretch over. On the map the tray is left out; without any other it is the whole world.
function extentOf(members) {
  const spots = onMap() ? members.map((actor) => entities[actor].at).filter(Boolean) : members.map((actor) => [network.body.nodes[actor].x, network.body.nodes[actor].y]);
  const [xs, ys] = spots.length ? [spots.map(([x]) => x), spots.map(([, y]) => y)] : [[-WORLD_END.x, WORLD_END.x], [WORLD_END.top, WORLD_END.bottom]];
  return [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
}

// Moves the picture so that these actors fill the free part of the stage, at no more than the given scale.
function frameOn(members, scale, animated = true) {
  const frame = freeFrame();
  const [left, right, top, bottom] = extentOf(members);
  const room = { width: Math.max(60, frame.width - 2 * MARGIN.x), height: Math.max(60, frame.height - 2 * MARGIN.y) };
  const fitting = Math.min(scale, room.width / (right - left || 1), room.height / (bottom - top || 1));
  network.moveTo({
    position: { x: (left + right) / 2, y: (top + bottom) / 2 },
    offset: { x: (frame.width - stage.clientWidth) / 2, y: (frame.height - stage.clientHeight) / 2 },
    scale: fitting,
    animation: animated && moveOptions(),
  });
  if (!animated || !moveOptions()) magnify();
}

// Where no picture is seen, it is done when one is seen again.
let unfit = false;
function fit(animated = true) {
  untouched = true;
  unfit = !showsPicture();
  if (unfit) return;
  if (shown.nodes.size) frameOn([...shown.nodes], onMap() ? 2.4 : 1.25, animated);
}

// Moves the picture only if some of these actors are out of sight, and zooms in to at least `scale`.
function bringIntoView(members, scale = 0) {
  const drawnMembers = members.filter((actor) => network.body.nodes[actor]);
  if (!drawnMembers.length) return;
  const frame = freeFrame();
  const inSight = drawnMembers.every((actor) => {
    const { x, y } = network.canvasToDOM(network.body.nodes[actor]);
    if (onMap() && !placeable.has(actor)) return true;
    return x > 40 && y > 24 && x < frame.width - 40 && y < frame.height - 24;
  });
  const known = onMap() ? drawnMembers.filter((actor) => placeable.has(actor)) : drawnMembers;
  if (known.length && (!inSight || network.getScale() < scale)) frameOn(known, Math.max(scale, network.getScale()));
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
  if (onMap()) refreshDock();
  network.moveTo({ scale, position: { x: centre.x + dx / 2 / scale, y: centre.y + dy / 2 / scale } });
  network.redraw();
}

function selectionIntoView(scale = 0) {
  if (!showsPicture()) return undefined;
  resized();
  // Where the panel rises from below, little of the picture is left: it goes to what is selected.
  const small = near !== null && freeFrame().height < stage.clientHeight - 2;
  if (small) return frameOn([...near].filter((actor) => shown.nodes.has(actor)), 0.9);
  if (state.node !== null) bringIntoView([state.node], scale);
  else if (state.path !== null) bringIntoView([...near]);
  else if (state.edge !== null) bringIntoView([edges[state.edge].from, edges[state.edge].to], scale);
  return undefined;
}

function zoom(factor) {
  untouched = false;
  const [least, most] = onMap() ? [0.1, 12] : [0.03, 5];
  network.moveTo({ scale: Math.min(most, Math.max(least, network.getScale() * factor)), animation: moveOptions() });
  if (!moveOptions()) magnify(); // Otherwise at the end of the movement.
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

function startCamera() {
  let waiting = 0;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(magnify, 120);
  };
  network.on("zoom", () => {
    untouched = false;
    soon();
  });
  network.on("animationFinished", soon);
  new ResizeObserver(() => {
    const refit = untouched && panel.hidden;
    resized();
    if (refit) fit(false);
  }).observe(stage);
}
