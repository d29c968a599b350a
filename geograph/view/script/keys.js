// The keyboard, and the help that tells of it.

const KEYS = [
  ["/", "Search"],
  ["← ↑ → ↓", "In network and map: move to the actor in that direction"],
  ["Enter", "There: open the evidence panel"],
  ["Esc", "Close what is open, then clear the selection"],
  ["+  −  0", "Zoom in, zoom out, fit"],
  ["1  2  3  4", "Network, map, time, table"],
  ["T", "Switch between the table and what was before"],
  ["← →", "In the time view: the fact before or after; ↑ ↓ on another lane"],
  ["Space", "Play through time, pause"],
  [",  .", "One step of time back, one on"],
  ["F", "Show only the neighbours of the selected actor"],
  ["P", "Find the path from the selected actor to another"],
  ["A", "Show all actors, or only the most central"],
  ["R", "Reset the filters"],
  ["Alt ←", "Undo: the browser's Back button takes back each step"],
  ["?", "This help"],
];

const READING = [
  "A line stands for all facts between two actors. Click it to read the sentences that prove them; click an actor for its dossier.",
  "Planned, possible and denied facts are hidden until you tick them under Status: dashed lines are planned or possible, crossed lines denied.",
  "Network, map, time and table show the same facts under the same filters. On the map persons and bodies stand around their country; in time a bar is as long as the date is uncertain.",
  "Dates are shown as precisely as the articles know them. The address of this page keeps what you see, so you can share or bookmark it.",
];

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function moveSelection(direction) {
  const start = state.node ?? labelOrder[0];
  const next = state.node === null ? start : neighbourTowards(start, ...direction);
  if (next === null || next === undefined) return;
  select.node(next);
  bringIntoView([next]);
  announce(entities[next].label);
}

const zoomBy = (factor) => (state.view === "time" ? zoomTime(factor) : zoom(factor));
const fitView = () => (state.view === "time" ? fitTime() : fit());
const ACTIONS = {
  "/": () => field.focus(),
  "?": () => byId("help").showModal(),
  "+": () => zoomBy(1.3),
  "=": () => zoomBy(1.3),
  "-": () => zoomBy(1 / 1.3),
  0: fitView,
  ...Object.fromEntries(VIEWS.map(([view], i) => [i + 1, () => showView(view)])),
  t: () => showView(state.view === "table" ? beforeTable : "table"),
  " ": () => steps.length > 1 && togglePlay(),
  ",": () => steps.length > 1 && stepBy(-1),
  ".": () => steps.length > 1 && stepBy(1),
  f: () => {
    if (state.node === null) return;
    change({ focus: state.focus === state.node ? null : state.node, hops: 1 });
    fit();
  },
  p: () => state.node !== null && startPath(state.node),
  a: () => change({ all: !state.all }),
  r: resetFilters,
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
  const typing = event.target.matches("input[type=search], select");
  if (event.key === " " && event.target.matches("button, input, select, summary, a")) return; // It presses them.
  if (event.key === "Escape") {
    if (document.body.classList.contains("with-filters")) showFilters(false);
    else if (pathStart !== null) endPath();
    else if (!panel.hidden) closePanel();
    else if (state.focus !== null) change({ focus: null });
    else return;
  } else if (typing) return;
  else if (event.target === stage && event.key in ARROWS) moveSelection(ARROWS[event.key]);
  else if (event.target === time.canvas && event.key in ARROWS) moveInTime(event.key);
  else if ((event.target === stage || event.target === time.canvas) && event.key === "Enter" && !panel.hidden) panel.focus();
  else if (Object.hasOwn(ACTIONS, event.key)) ACTIONS[event.key]();
  else return;
  event.preventDefault();
}

function showFilters(open) {
  document.body.classList.toggle("with-filters", open);
  byId("filters-button").setAttribute("aria-expanded", String(open));
}

function startKeys() {
  document.addEventListener("keydown", onKey);
  const help = byId("help");
  help.append(
    make(
      "div",
      { class: "help-body" },
      make("div", { class: "panel-head" }, make("h2", { id: "help-title" }, "How to read this graph"), make("button", { class: "button icon quiet", type: "button", "aria-label": "Close", onclick: () => help.close() }, "×")),
      READING.map((text) => make("p", {}, text)),
      make("h3", { class: "section-title" }, "Keyboard"),
      make("dl", { class: "keys" }, KEYS.map(([key, what]) => make("div", {}, make("dt", {}, key.split("  ").map((k) => make("kbd", {}, k))), make("dd", {}, what)))),
    ),
  );
  help.addEventListener("click", (event) => event.target === help && help.close());
  byId("help-button").addEventListener("click", ACTIONS["?"]);
  byId("filters-button").addEventListener("click", () => showFilters(!document.body.classList.contains("with-filters")));
  byId("zoom-in").addEventListener("click", () => zoomBy(1.3));
  byId("zoom-out").addEventListener("click", () => zoomBy(1 / 1.3));
  byId("physics").addEventListener("click", togglePhysics);
  byId("zoom-fit").addEventListener("click", fitView);
  document.querySelector("[data-skip]").addEventListener("click", (event) => {
    event.preventDefault();
    change({ view: "table" });
    table.focus();
  });
}
