// Where facts stand in the time view: a line from lane to lane on a day, or a bar as long as the day is uncertain.

const ROW = 7; // pixels from bar to bar of a lane
const MOST_ROWS = 6;
const LANE = { line: 14, least: 22, most: 62 }; // pixels: the line below the upper end, and the height without bars

// The lanes with the marks on them: what depends neither on the zoom nor on the room that there is.
function timeLayout() {
  const members = laneActors();
  const laneOf = new Map(members.map((actor, i) => [actor, i]));
  const marks = [];
  const undated = [];
  let elsewhere = 0;
  for (const i of shown.facts) {
    const fact = facts[i];
    const [a, b] = [laneOf.get(fact.subject) ?? -1, laneOf.get(fact.object) ?? -1];
    if (!fact.earliest) undated.push(i);
    else if (a < 0 && b < 0) elsewhere += 1;
    else marks.push({ i, a, b, from: dayNumber(fact.earliest), to: dayNumber(fact.latest) + 1, slot: 0, slots: 1, rows: [0, 0] });
  }
  marks.sort((one, other) => one.from - other.from || one.to - other.to || one.i - other.i);
  const rows = packBars(marks, members.length);
  dodge(marks);
  undated.sort((one, other) => facts[other].independent - facts[one].independent || one - other);
  return { members, laneOf, marks, undated, elsewhere, rows };
}

const isBar = (mark) => mark.to - mark.from > 1;
const endsOf = ({ a, b }) => (a === b ? [a] : [a, b]);

// Bars of one lane that overlap in time lie below one another.
function packBars(marks, lanes) {
  const ends = Array.from({ length: lanes }, () => []);
  for (const mark of marks.filter(isBar)) {
    for (const [k, lane] of endsOf(mark).entries()) {
      if (lane < 0) continue;
      let row = ends[lane].findIndex((end) => end <= mark.from);
      if (row < 0) row = Math.min(ends[lane].length, MOST_ROWS - 1);
      ends[lane][row] = mark.to;
      mark.rows[k] = row;
    }
  }
  return ends.map((rows) => rows.length);
}

// Lines of one day that would cover each other stand side by side.
function dodge(marks) {
  const days = new Map();
  for (const mark of marks) {
    if (isBar(mark)) continue;
    if (!days.has(mark.from)) days.set(mark.from, []);
    days.get(mark.from).push(mark);
  }
  for (const day of days.values()) {
    const slots = [];
    for (const mark of day) {
      const [top, bottom] = spanOf(mark);
      let slot = slots.findIndex((taken) => taken.every(([t, b]) => bottom < t || top > b));
      if (slot < 0) slot = slots.push([]) - 1;
      slots[slot].push([top, bottom]);
      mark.slot = slot;
    }
    for (const mark of day) mark.slots = slots.length;
  }
}

const spanOf = ({ a, b }) => (a < 0 || b < 0 ? [Math.max(a, b), Math.max(a, b)] : [Math.min(a, b), Math.max(a, b)]);

// The upper ends of lanes, and the lower end of the last: what room the bars leave is shared out.
function laneHeights(rows, room) {
  const bars = rows.map((n) => (n ? 4 + n * ROW : 0));
  const share = (room - bars.reduce((sum, height) => sum + height, 0)) / Math.max(1, rows.length);
  const tops = [];
  let at = 0;
  for (const height of bars) {
    tops.push(at);
    at += height + Math.min(LANE.most, Math.max(LANE.least, share));
  }
  return { tops, height: at };
}

// Where a mark is on the screen: x, the y of both ends (null without a lane), and the bar's ends.
function placed(mark, layout, { x, perDay }) {
  const bar = isBar(mark);
  const lineOf = (lane, row) => (lane < 0 ? null : layout.tops[lane] + LANE.line + (bar ? 9 + row * ROW : 0));
  const [left, right] = [x(mark.from), x(mark.to)];
  const gap = Math.min(7, Math.max(3.6, (perDay * 0.8) / mark.slots));
  const shift = bar ? ((mark.rows[0] % MOST_ROWS) - 2) * Math.min(4, (right - left) / 12) : (mark.slot - (mark.slots - 1) / 2) * gap;
  return {
    mark, bar, left, right: Math.max(right, left + 3),
    x: (left + right) / 2 + shift,
    from: lineOf(mark.a, mark.rows[0]),
    to: mark.a === mark.b ? null : lineOf(mark.b, mark.rows[1]),
  };
}
