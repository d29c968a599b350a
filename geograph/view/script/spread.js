// Actors on the map that would cover each other are pushed apart. Their size on the screen changes little with the zoom,
// so how far they must go is found for some scales, and taken between two of them as the reader zooms.

const scaleOf = (level) => 0.12 * 1.5 ** level;
const levelOf = (scale) => Math.min(12, Math.max(0, Math.log(scale / scaleOf(0)) / Math.log(1.5)));
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
const LARGE = 2000; // Above so many actors fewer rounds must do.

// How large actors are on the map, beside their size in the network: smaller from afar.
const mapShare = (scale) => Math.min(1, Math.max(0.2, 0.44 * (scale / 0.5) ** 0.5));

// For each actor its way from where it belongs, in page pixels.
function spreadOut(members, level) {
  const spots = startingSpots(members, scaleOf(level));
  const rounds = members.length > LARGE ? 10 : members.length > LARGE / 4 ? 30 : 80;
  for (let round = 0; round < rounds; round += 1) {
    if (round < rounds * 0.8) for (const spot of spots) pull(spot);
    pushApart(spots);
  }
  return new Map(spots.map(({ actor, home, x, y }) => [actor, [x - home[0], y - home[1]]]));
}

// Guests of a country begin on a spiral around it.
function startingSpots(members, scale) {
  const guests = new Map();
  return members.map((actor) => {
    const { at, guest } = entities[actor];
    const home = [at[0] * scale, at[1] * scale];
    const r = drawing.nodes[actor].size * mapShare(scale) + 1.5;
    let [x, y] = home;
    if (guest) {
      const turn = guests.get(String(at)) ?? 0;
      guests.set(String(at), turn + 1);
      const far = 9 * Math.sqrt(turn + 1);
      x += far * Math.cos(turn * GOLDEN_ANGLE - 1);
      y += far * Math.sin(turn * GOLDEN_ANGLE - 1);
    }
    return { actor, home, x, y, r, heavy: guest ? 1 : 4 };
  });
}

function pull(spot) {
  spot.x += (spot.home[0] - spot.x) * 0.06;
  spot.y += (spot.home[1] - spot.y) * 0.06;
}

function pushApart(spots) {
  const cell = 2 * spots.reduce((most, { r }) => Math.max(most, r), 1);
  const cells = new Map();
  for (const [i, spot] of spots.entries()) {
    const [cx, cy] = [Math.floor(spot.x / cell), Math.floor(spot.y / cell)];
    for (let dx = -1; dx <= 1; dx += 1) {
      for (let dy = -1; dy <= 1; dy += 1) for (const other of cells.get((cx + dx) * 65536 + cy + dy) ?? []) part(spot, other, i);
    }
    const key = cx * 65536 + cy;
    if (cells.has(key)) cells.get(key).push(spot);
    else cells.set(key, [spot]);
  }
}

function part(one, other, turn) {
  let [dx, dy] = [one.x - other.x, one.y - other.y];
  const wanted = one.r + other.r;
  let distance = Math.hypot(dx, dy);
  if (distance >= wanted) return;
  if (distance < 0.01) [dx, dy, distance] = [Math.cos(turn), Math.sin(turn), 1];
  const share = other.heavy / (one.heavy + other.heavy);
  const step = (wanted - Math.min(distance, wanted)) / distance;
  one.x += dx * step * share;
  one.y += dy * step * share;
  other.x -= dx * step * (1 - share);
  other.y -= dy * step * (1 - share);
}
