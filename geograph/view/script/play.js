// Play: the period grows from the beginning, or a window moves, step by step through time. Steps in which nothing
// happens are passed over.

const PACE = 900; // milliseconds a step
const SPEEDS = [0.5, 1, 2, 4];
const WINDOW = 4; // steps, where the reader has chosen no period to move
const play = { timer: 0, speed: 1, moving: false, button: null };

const firstDay = (edtf) => edtf.padEnd(10, "-01");
const lastDay = (edtf) => {
  const [year, month, day] = edtf.split("-").map(Number);
  if (day) return edtf;
  const date = new Date(0);
  date.setUTCFullYear(year, month || 12, 0);
  return date.toISOString().slice(0, 10);
};

// The steps, each with its first and last day: days, weeks, months or years, by the time that most facts lie in.
const steps = makeSteps();
function makeSteps() {
  const core = coreOfTime([...facts.keys()].filter((i) => facts[i].earliest));
  if (!core || bins.length < 2) return [];
  const days = core[1] - core[0];
  const [first, last] = [dayNumber(firstDay(bins[0])), dayNumber(lastDay(bins.at(-1)))];
  const found = [];
  if (days <= 62 && last - first < 3700) for (let day = first; day <= last; day += 1) found.push([day, day]);
  else if (days <= 750 && last - first < 37000) for (let day = first - ((first + 3) % 7); day <= last; day += 7) found.push([day, day + 6]);
  else {
    const starts = [...monthStarts(first, last, days <= 40 * 366 ? 1 : 12)].map(({ day }) => day);
    starts.forEach((day, i) => found.push([day, (starts[i + 1] ?? last + 1) - 1]));
  }
  return found.map(([from, to]) => [isoOf(from), isoOf(to)]);
}

// The step in which the chosen period ends, -1 before the first.
const stepNow = () => (state.to === null ? (state.from === null ? -1 : steps.length - 1) : steps.findLastIndex(([from]) => from <= lastDay(state.to)));

// Whether a step, after so many steps of the window, shows anything; growing, whether it adds anything.
function lively(at, width) {
  const from = steps[play.moving ? Math.max(0, at - width + 1) : at][0];
  const to = steps[at][1];
  return facts.some((fact) => fact.earliest && passesButPeriod(fact) && fact.earliest <= to && (play.moving ? fact.latest : fact.earliest) >= from);
}

// Goes a step on or back; false at the end.
function playStep(way, address) {
  const now = stepNow();
  const begin = state.from === null ? -1 : steps.findLastIndex(([from]) => from <= firstDay(state.from));
  const width = play.moving ? (state.from === null ? WINDOW : Math.max(1, now - begin + 1)) : 0;
  let at = now + way;
  while (at >= 0 && at < steps.length && !lively(at, width)) at += way;
  if (at < 0 || at >= steps.length) return false;
  const from = play.moving ? steps[Math.max(0, at - width + 1)][0] : state.from;
  change({ from, to: steps[at][1] }, address);
  return true;
}

function togglePlay() {
  if (play.timer) return pausePlay();
  // Where it stands at the end, or nowhere, it begins anew.
  if (stepNow() >= steps.length - 1 || !playStep(1, { address: false })) {
    const width = state.from === null || !play.moving ? 0 : stepNow() - steps.findLastIndex(([from]) => from <= firstDay(state.from));
    state = { ...state, from: null, to: null };
    if (play.moving && width) state = { ...state, from: steps[0][0], to: steps[Math.min(width, steps.length - 1)][1] };
    if (!playStep(1, { address: false })) return undefined;
  }
  play.timer = setInterval(() => playStep(1, { address: false }) || pausePlay(), PACE / play.speed);
  announce("Playing");
  return refreshPlay();
}

function pausePlay() {
  if (!play.timer) return;
  clearInterval(play.timer);
  play.timer = 0;
  change({}); // What is seen now goes into the address.
  announce(`Paused at ${periodWords()}`);
}

function stepBy(way) {
  pausePlay();
  if (playStep(way, {})) announce(periodWords());
}

function startPlay() {
  if (steps.length < 2) return;
  play.button = make("button", { type: "button", class: "button small play", id: "play", onclick: togglePlay });
  const speed = make(
    "select",
    { "aria-label": "Speed", id: "play-speed", onchange: (event) => setSpeed(Number(event.target.value)) },
    SPEEDS.map((value) => make("option", { value, selected: value === 1 }, `${value === 0.5 ? "½" : value}×`)),
  );
  const kind = make(
    "select",
    { "aria-label": "What play does", id: "play-kind", onchange: (event) => { play.moving = event.target.value === "moving"; } },
    make("option", { value: "growing" }, "growing"),
    make("option", { value: "moving" }, "moving window"),
  );
  period.box.querySelector(".period-head").prepend(make("span", { class: "play-controls" }, play.button, speed, kind));
  onChange(refreshPlay);
  refreshPlay();
}

function setSpeed(speed) {
  play.speed = speed;
  if (!play.timer) return;
  clearInterval(play.timer);
  play.timer = setInterval(() => playStep(1, { address: false }) || pausePlay(), PACE / speed);
}

function refreshPlay() {
  const on = play.timer !== 0;
  play.button.setAttribute("aria-label", on ? "Pause" : "Play through time");
  play.button.title = on ? "Pause (Space)" : "Play through time (Space)";
  play.button.replaceChildren(drawn("svg", { class: "glyph", viewBox: "0 0 16 16", "aria-hidden": "true" }, drawn("path", { d: on ? "M4.5 3v10M11.5 3v10" : "M4.5 2.8v10.4L13 8z", class: on ? "bars-two" : "solid" })));
  document.body.classList.toggle("playing", on);
}
