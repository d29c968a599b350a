// Four ways to show the same facts: as a network, on the map, along time, and as a table.

const ICONS = {
  graph: ["M4 12.2 11.6 4.4M4 12.2l8 .2", [[4, 12, 2.2], [12, 4, 2.2], [12.4, 12.4, 1.8]]],
  map: ["M1.8 8h12.4M8 1.8c-3.4 3.6-3.4 8.8 0 12.4M8 1.8c3.4 3.6 3.4 8.8 0 12.4", [[8, 8, 6.2]], "hollow"],
  time: ["M1.5 4h13M1.5 8h13M1.5 12h13M5 4v4M11 8v4", [[5, 4, 1.5], [5, 8, 1.5], [11, 8, 1.5], [11, 12, 1.5]]],
  table: ["M2 3.2h12v9.6H2zM2 6.6h12M6.4 3.2v9.6", []],
};
const VIEWS = [
  ["graph", "Network"],
  ["map", "Map"],
  ["time", "Time"],
  ["table", "Table"],
];

const onMap = () => state.view === "map";
const showsPicture = () => state.view === "graph" || onMap();

function viewIcon(view) {
  const [path, dots, kind = ""] = ICONS[view];
  return drawn(
    "svg",
    { class: `glyph ${kind}`, viewBox: "0 0 16 16", "aria-hidden": "true" },
    drawn("path", { d: path }),
    ...dots.map(([cx, cy, r]) => drawn("circle", { cx, cy, r })),
  );
}

function startViews() {
  const group = byId("views");
  group.replaceChildren(
    ...VIEWS.map(([view, label], i) =>
      make(
        "button",
        { id: `show-${view}`, type: "button", role: "radio", title: `${label} (${i + 1})`, onclick: () => showView(view) },
        viewIcon(view),
        make("span", {}, label),
      ),
    ),
  );
  group.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: VIEWS.length - 1, ArrowUp: VIEWS.length - 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = VIEWS.findIndex(([view]) => view === state.view);
    const [next] = VIEWS[(at + step) % VIEWS.length];
    showView(next);
    byId(`show-${next}`).focus();
  });
  onChange(refreshView);
}

let beforeTable = "graph";

function showView(view) {
  if (view === state.view) return;
  if (view === "table") beforeTable = state.view;
  change({ view });
  announce(`Shown as ${VIEWS.find(([key]) => key === view)[1].toLowerCase()}`);
}

// The buttons for the zoom stand so many pixels above the lower end.
const liftZoom = (height) => document.body.style.setProperty("--dock", `${height}px`);

const STAGE_LABELS = {
  graph: "Network of actors. Arrow keys move between neighbouring actors, Enter opens one; the table shows the same facts.",
  map: "World map of actors. Arrow keys move to the actor in that direction, Enter opens one; the table shows the same facts.",
};

function refreshView() {
  document.body.dataset.view = state.view;
  liftZoom(0);
  for (const [view] of VIEWS) {
    const button = byId(`show-${view}`);
    button.setAttribute("aria-checked", String(view === state.view));
    button.tabIndex = view === state.view ? 0 : -1;
  }
  table.hidden = state.view !== "table";
  byId("time").hidden = state.view !== "time";
  for (const id of ["picture", "hover"]) byId(id).classList.toggle("away", !showsPicture());
  for (const id of ["tray", "credit"]) if (!onMap()) byId(id).hidden = true;
  if (state.view === "time") byId("hover").classList.remove("away");
  if (showsPicture()) stage.setAttribute("aria-label", STAGE_LABELS[state.view]);
}
