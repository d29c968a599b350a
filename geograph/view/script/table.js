// The table: the same facts as the picture, sortable, each row leading to its evidence.

const table = byId("table");
const TABLE_ROWS = 500;
let rowsShown = TABLE_ROWS;

const COLUMNS = [
  ["date", "Date", (f) => f.latest ?? ""],
  ["subject", "Subject", (f) => folded(entities[f.subject].label)],
  ["relation", "Relation", (f) => relations.get(f.relation).label],
  ["object", "Object", (f) => folded(entities[f.object].label)],
  ["status", "Status", (f) => contents.statuses.indexOf(f.status)],
  ["place", "Place", (f) => folded(f.place ?? "")],
  ["item", "What", (f) => folded(f.item ?? "")],
  ["sources", "Sources", (f) => f.independent],
  ["confidence", "Confidence", (f) => f.confidence],
];

function sorted() {
  const descending = state.sort.startsWith("-");
  const column = COLUMNS.find(([key]) => key === state.sort.replace("-", "")) ?? COLUMNS[0];
  const values = new Map(shown.facts.map((i) => [i, column[2](facts[i])]));
  const order = (a, b) => {
    const [one, other] = [values.get(a), values.get(b)];
    if (one === other) return newestFirst(a, b);
    if (one === "" || other === "") return one === "" ? 1 : -1; // What is unknown comes last either way.
    return (one < other ? -1 : 1) * (descending ? -1 : 1);
  };
  return [...shown.facts].sort(order);
}

function refreshTable() {
  const on = state.view === "table";
  if (!on) return;
  const focused = table.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const ordered = sorted();
  const rest = ordered.length - rowsShown;
  table.replaceChildren(
    make("table", {}, make("caption", { class: "visually-hidden" }, "Facts that the filters leave"), tableHead(), make("tbody", {}, ordered.slice(0, rowsShown).map(tableRow))),
    ...(rest > 0
      ? [make("button", { type: "button", class: "button small more", onclick: () => { rowsShown += 2000; refreshTable(); } }, `Show more (${rest.toLocaleString("en")} left)`)]
      : []),
  );
  if (focused) [...table.querySelectorAll("[data-key]")].find((e) => e.dataset.key === focused)?.focus({ preventScroll: true });
}

function tableHead() {
  const [key, descending] = [state.sort.replace("-", ""), state.sort.startsWith("-")];
  const cells = COLUMNS.map(([column, label]) => {
    const by = column === key;
    const next = by ? (descending ? column : `-${column}`) : ["date", "sources", "confidence"].includes(column) ? `-${column}` : column;
    const arrow = make("span", { class: "arrow", "aria-hidden": "true" }, by ? (descending ? "▾" : "▴") : "");
    return make(
      "th",
      { scope: "col", "aria-sort": by ? (descending ? "descending" : "ascending") : "none", class: column },
      make("button", { type: "button", "data-key": `sort:${column}`, onclick: () => change({ sort: next }, { step: false }) }, label, arrow),
    );
  });
  return make("thead", {}, make("tr", {}, cells));
}

function tableRow(i) {
  const fact = facts[i];
  const relation = relations.get(fact.relation);
  const open = (event) => {
    if (!event.target.closest("button.actor")) select.edge(fact.edge);
  };
  const cell = (kind, ...content) => make("td", { class: kind }, ...content);
  const row = make(
    "tr",
    { class: fact.edge === state.edge ? "chosen" : null, onclick: open },
    cell("date", make("button", { type: "button", class: "link", "data-key": `fact:${fact.id}`, title: "Show the evidence" }, fact.when)),
    cell("subject", actorButton(fact.subject)),
    cell("relation", make("span", { class: "relation" }, relation.label)),
    cell("object", actorButton(fact.object)),
    cell("status", badges(fact)),
    cell("place", fact.place ? name(fact.place) : null),
    cell("item", fact.item ? name(fact.item) : null),
    cell("sources", fact.sources > fact.independent ? `${fact.independent} of ${fact.sources}` : String(fact.sources)),
    cell("confidence", `${Math.round(fact.confidence * 100)} %`),
  );
  return toned(row, relation.family);
}
