// The land under the map: outlines of Natural Earth, projected and packed by scripts/world_map.py.

const { world } = contents;
const LAND_CREDIT = "Land: Natural Earth · Equal Earth projection";

// Corners as differences, five bits a character from `?` on, the lowest first; the lowest bit of all is the sign.
function unpacked(text) {
  const numbers = [];
  let value = 0;
  let shift = 0;
  for (let i = 0; i < text.length; i += 1) {
    const bits = text.charCodeAt(i) - 63;
    value |= (bits & 31) << shift;
    shift += 5;
    if (bits & 32) continue;
    numbers.push(value & 1 ? ~(value >> 1) : value >> 1);
    value = shift = 0;
  }
  return numbers;
}

let landPath = null;
function land() {
  if (landPath) return landPath;
  landPath = new Path2D();
  for (const ring of world.rings) {
    const steps = unpacked(ring);
    let [x, y] = [0, 0];
    for (let i = 0; i < steps.length; i += 2) {
      x += steps[i];
      y += steps[i + 1];
      landPath[i ? "lineTo" : "moveTo"](x / world.steps, y / world.steps);
    }
    landPath.closePath();
  }
  return landPath;
}

const WORLD_END = { x: Math.max(...world.rim.map(([x]) => x)), top: world.rim[0][1], bottom: world.rim.at(-1)[1] };

let seaPath = null;
function sea() {
  if (seaPath) return seaPath;
  seaPath = new Path2D();
  for (const [i, [x, y]] of world.rim.entries()) seaPath[i ? "lineTo" : "moveTo"](x, y);
  for (const [x, y] of [...world.rim].reverse()) seaPath.lineTo(-x, y);
  seaPath.closePath();
  return seaPath;
}

// In the coordinates of the drawing, beneath all lines.
function drawWorld(context) {
  context.save();
  context.fillStyle = ink.sea;
  context.fill(sea());
  context.fillStyle = ink.land;
  context.fill(land());
  context.restore();
}
