// The axis of time: days as numbers since 1970, and which of them get a line and a label at any zoom.

const dayNumber = (iso) => Math.round(Date.parse(iso) / DAY);
const isoOf = (day) => new Date(Math.round(day) * DAY).toISOString().slice(0, 10);

// The first days of every `step`th month between two days.
function* monthStarts(from, to, step) {
  const first = new Date(from * DAY);
  const year = first.getUTCFullYear();
  for (let month = Math.floor(first.getUTCMonth() / step) * step; ; month += step) {
    const date = new Date(0);
    date.setUTCFullYear(year, month, 1);
    const day = Math.round(date / DAY);
    if (day > to) return;
    yield { day, year: date.getUTCFullYear(), month: date.getUTCMonth() };
  }
}

const YEAR_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

// The lines of the axis between two days at so many pixels a day: `fine` ones, and `coarse` ones that say of which
// month or year those are.
function axisTicks(from, to, perDay) {
  const months = (step, label) => [...monthStarts(from, to, step)].map((start) => ({ day: start.day, label: label(start) }));
  const short = ({ month }) => MONTHS[month].slice(0, 3);
  if (perDay * 7 >= 34) {
    const step = perDay >= 22 ? 1 : 7;
    const fine = [...monthStarts(from, to, 1)].flatMap(({ day, year, month }) => {
      const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
      return Array.from({ length: last }, (_, i) => ({ day: day + i, label: String(i + 1) })).filter((_, i) => i % step === 0 && (step === 1 || i < 28));
    });
    return { fine: fine.filter(({ day }) => day >= from - step && day <= to), coarse: months(1, ({ year, month }) => `${MONTHS[month]} ${year}`) };
  }
  const years = months(12, ({ year }) => String(year));
  if (perDay * 30 >= 32) return { fine: months(1, short), coarse: years };
  if (perDay * 91 >= 34) return { fine: months(3, short), coarse: years };
  const step = YEAR_STEPS.find((n) => perDay * 365 * n >= 46) ?? YEAR_STEPS.at(-1);
  return { fine: years.filter(({ label }) => Number(label) % step === 0), coarse: [] };
}

const SHARP = 93; // days: what is known less precisely does not say where most facts are

// The stretch of time that most facts fall in, as a first and a last day: the few far ones would press the rest
// together. All of the time if that is little longer.
function coreOfTime(chosen) {
  const spans = chosen.map((i) => [dayNumber(facts[i].earliest), dayNumber(facts[i].latest) + 1]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  if (!spans.length) return null;
  const sharp = spans.filter(([from, to]) => to - from < SHARP);
  const counted = sharp.length > spans.length / 4 ? sharp : spans;
  const core = shortestStretch(counted, Math.ceil(counted.length * 0.9));
  const beside = (core[1] - core[0]) * 0.15;
  for (const [from, to] of counted) if (from >= core[0] - beside && to <= core[1] + beside) [core[0], core[1]] = [Math.min(core[0], from), Math.max(core[1], to)];
  const whole = [spans[0][0], spans.reduce((last, [, to]) => Math.max(last, to), core[1])];
  const [from, to] = whole[1] - whole[0] <= 1.6 * (core[1] - core[0]) ? whole : core;
  const margin = Math.max(1, (to - from) * 0.03);
  return [from - margin, to + margin];
}

// The shortest stretch with so many of these spans, which are in order of their beginnings.
function shortestStretch(spans, wanted) {
  let best = [spans[0][0], spans.reduce((last, [, to]) => Math.max(last, to), spans[0][1])];
  const ends = spans.map(([, to]) => to);
  for (let i = 0; i + wanted <= spans.length; i += 1) {
    const to = ends.slice(i, i + wanted).reduce((last, end) => Math.max(last, end), 0);
    if (to - spans[i][0] < best[1] - best[0]) best = [spans[i][0], to];
  }
  return best;
}
