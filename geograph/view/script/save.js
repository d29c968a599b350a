// Taking away: the picture as PNG, the facts that are shown as CSV.

function download(name, blob) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
}

function savePicture() {
  const copy = state.view === "time" ? chartCopy() : pictureCopy();
  copy.toBlob((blob) => download(`${onMap() ? "map" : state.view === "time" ? "time" : "graph"}.png`, blob), "image/png");
}

function pictureCopy() {
  const source = network.canvas.frame.canvas;
  const copy = make("canvas", { width: source.width, height: source.height });
  const context = copy.getContext("2d");
  context.fillStyle = ink.ground;
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(source, 0, 0);
  if (!onMap()) return copy;
  const ratio = network.canvas.pixelRatio;
  Object.assign(context, { font: `${11 * ratio}px ${ink.font}`, fillStyle: ink.soft, textAlign: "right", textBaseline: "bottom" });
  context.fillText(LAND_CREDIT, copy.width - 10 * ratio, copy.height - (dock.height + 6) * ratio);
  return copy;
}

// All lanes, even those that would have to be scrolled to.
function chartCopy() {
  const [width, height] = [time.scroller.clientWidth, wholeHeight()];
  const copy = make("canvas", { width: 2 * width, height: 2 * height });
  const context = copy.getContext("2d");
  context.scale(2, 2);
  drawChart(context, { width, height, top: 0, names: true });
  paintTime();
  return copy;
}

const CSV_COLUMNS = [
  ["subject", (f) => entities[f.subject].label],
  ["relation", (f) => f.relation],
  ["object", (f) => entities[f.object].label],
  ["status", (f) => f.status],
  ["date", (f) => (f.earliest ? f.when : "")],
  ["earliest", (f) => f.earliest ?? ""],
  ["latest", (f) => f.latest ?? ""],
  ["place", (f) => f.place ?? ""],
  ["item", (f) => f.item ?? ""],
  ["sources", (f) => f.sources],
  ["independent_sources", (f) => f.independent],
  ["confidence", (f) => f.confidence],
  ["disputed", (f) => Boolean(f.disputed)],
  ["subject_key", (f) => entities[f.subject].key],
  ["object_key", (f) => entities[f.object].key],
  ["quote", (f) => f.claims[0]?.quote.map(([text]) => text).join("") ?? ""],
  ["url", (f) => articles[f.claims[0]?.article]?.url ?? ""],
];

// A spreadsheet would run a cell that begins like a formula; an apostrophe makes it text.
const cell = (value) => {
  const text = String(value).replace(/^[=+\-@\t\r]/, "'$&");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

function saveFacts() {
  const rows = [CSV_COLUMNS.map(([title]) => title), ...sorted().map((i) => CSV_COLUMNS.map(([, value]) => value(facts[i])))];
  download("facts.csv", new Blob(["\ufeff", ...rows.map((row) => `${row.map(cell).join(",")}\r\n`)], { type: "text/csv" }));
}
