// The period: how many facts there were when, and two handles that cut a stretch out.

const DAY = 86400000;
const dated = facts.filter((fact) => fact.earliest);
const bins = makeBins();

// Bins of days, months or years, whichever gives a readable number; each is named by its EDTF date.
function makeBins() {
  if (!dated.length) return [];
  const first = dated.reduce((least, f) => (f.earliest < least ? f.earliest : least), dated[0].earliest);
  const last = dated.reduce((most, f) => (f.latest > most ? f.latest : most), dated[0].latest);
  const days = (Date.parse(last) - Date.parse(first)) / DAY;
  const length = days <= 45 ? 10 : days <= 12 * 366 ? 7 : 4;
  const found = [];
  for (let t = Date.parse(first); found.at(-1) !== last.slice(0, length) && found.length < 4000; t += DAY) {
    const bin = new Date(t).toISOString().slice(0, length);
    if (bin !== found.at(-1)) found.push(bin);
  }
  return found;
}

// Facts by bin. What is known less precisely than a bin is spread over all the bins that it may mean.
function histogram(chosen) {
  const heights = bins.map(() => 0);
  if (!bins.length) return heights;
  const length = bins[0].length;
  const at = new Map(bins.map((bin, i) => [bin, i]));
  for (const fact of chosen) {
    const from = at.get(fact.earliest.slice(0, length));
    const to = at.get(fact.latest.slice(0, length));
    for (let i = from; i <= to; i += 1) heights[i] += 1 / (to - from + 1);
  }
  return heights;
}

const binWords = (bin) => {
  const [year, month, day] = bin.split("-").map(Number);
  return [day, month && MONTHS[month - 1].slice(0, 3), year].filter(Boolean).join(" ");
};

function periodWords() {
  const [from, to] = [state.from ?? bins[0] ?? state.to, state.to ?? bins.at(-1) ?? state.from];
  return from === to ? binWords(from) : `${binWords(from)} – ${binWords(to)}`;
}

const period = { box: byId("period"), bars: [], from: null, to: null, words: null, note: null };

function startPeriod() {
  if (bins.length < 2) return;
  const heights = histogram(dated);
  const most = Math.max(...heights);
  const step = 1000 / bins.length;
  period.bars = heights.map((height, i) => {
    const h = height ? Math.max(2, (38 * height) / most) : 0;
    return drawn("rect", { x: (i * step + step * 0.1).toFixed(2), y: (40 - h).toFixed(2), width: (step * 0.8).toFixed(2), height: h.toFixed(2) });
  });
  const chart = drawn("svg", { class: "bars", viewBox: "0 0 1000 40", preserveAspectRatio: "none", "aria-hidden": "true" }, ...period.bars);
  const handle = (label, apply) =>
    make("input", {
      type: "range", min: 0, max: bins.length - 1, step: 1, "aria-label": label,
      oninput: (event) => movePeriod(apply, Number(event.target.value), false), onchange: (event) => movePeriod(apply, Number(event.target.value), true),
    });
  period.from = handle("From", "from");
  period.to = handle("To", "to");
  period.words = make("output", { class: "period-words" });
  period.note = make("span", { class: "quiet-text" });
  period.box.append(make("div", { class: "period-head" }, period.words, period.note), make("div", { class: "brush" }, chart, period.from, period.to));
  period.box.hidden = false;
  onChange(refreshPeriod);
}

function movePeriod(end, value, done) {
  const [from, to] = [Number(period.from.value), Number(period.to.value)];
  if (end === "from" && value > to) period.from.value = value = to;
  if (end === "to" && value < from) period.to.value = value = from;
  const whole = end === "from" ? value === 0 : value === bins.length - 1;
  change({ [end]: whole ? null : bins[value] }, { step: done });
}

function refreshPeriod() {
  let from = 0;
  let to = bins.length - 1;
  if (state.from !== null) while (from < to && bins[from] < state.from.slice(0, bins[from].length)) from += 1;
  if (state.to !== null) while (to > from && bins[to] > state.to) to -= 1;
  period.from.value = from;
  period.to.value = to;
  for (const [input, bin] of [[period.from, bins[from]], [period.to, bins[to]]]) input.setAttribute("aria-valuetext", binWords(bin));
  period.bars.forEach((bar, i) => bar.classList.toggle("out", i < from || i > to));
  period.words.textContent = periodWords();
  const undated = facts.length - dated.length;
  const cut = state.from !== null || state.to !== null;
  period.note.textContent = undated ? `${count(undated, "undated fact")}${cut ? " left out" : ""}` : "";
}
