// The legend, which is the filter: relations by family, statuses, types of actors, and what narrow.js adds.

const filters = byId("filters");
const openFamilies = new Set();

const tallyBy = (key) => {
  const tally = new Map();
  for (const fact of facts) tally.set(key(fact), (tally.get(key(fact)) ?? 0) + 1);
  return tally;
};
const factsOfRelation = tallyBy((fact) => fact.relation);
const factsOfStatus = tallyBy((fact) => fact.status);
const actorsOfType = new Map(contents.types.map((type) => [type, actors.filter((i) => entities[i].type === type).length]));

const relationsOf = (family) => [...relations].filter(([, relation]) => relation.family === family).map(([key]) => key);

// One line of the legend: a checkbox, what it looks like in the picture, its name and how many there are.
function legendLine({ key, checked, mixed = false, swatch, label, number, hint, apply, extra = null }) {
  const box = make("input", { type: "checkbox", "data-key": key, onchange: apply });
  box.checked = checked;
  box.indeterminate = mixed;
  return make(
    "div",
    { class: "line" },
    make("label", { title: hint }, box, swatch, make("span", { class: "label" }, label), make("span", { class: "number" }, number.toLocaleString("en"))),
    extra,
  );
}

function stroke(kind) {
  const line = drawn("line", { x1: 1, y1: 6, x2: 23, y2: 6 });
  const marks = kind === "denied" ? [drawn("path", { d: "M9 3l6 6M15 3l-6 6", class: "cross" })] : [];
  return drawn("svg", { class: `stroke ${kind}`, viewBox: "0 0 24 12", "aria-hidden": "true" }, line, ...marks);
}

function familyGroup(family) {
  const members = relationsOf(family);
  const hidden = members.filter((key) => state.relations.has(key)).length;
  const open = openFamilies.has(family);
  const set = (on) => {
    const next = new Set(state.relations);
    for (const key of members) on ? next.delete(key) : next.add(key);
    change({ relations: next });
  };
  const list = make(
    "div",
    { class: "relations", id: `family-${[...families.keys()].indexOf(family)}`, hidden: !open },
    members.map((key) => {
      const { label, comment } = relations.get(key);
      return legendLine({
        key: `relation:${key}`, checked: !state.relations.has(key), swatch: null, label: name(label), hint: comment,
        number: factsOfRelation.get(key), apply: () => change({ relations: toggled(state.relations, key) }),
      });
    }),
  );
  const chevron = make(
    "button",
    {
      type: "button", class: "chevron", "aria-expanded": String(open), "aria-controls": list.id, "data-key": `open:${family}`,
      "aria-label": `Relations of ${family}`,
      onclick: () => { open ? openFamilies.delete(family) : openFamilies.add(family); refreshLegend(); },
    },
    "›",
  );
  const line = legendLine({
    key: `family:${family}`, checked: hidden < members.length, mixed: hidden > 0 && hidden < members.length, swatch: stroke("actual"),
    label: name(capital(family)), number: members.reduce((sum, key) => sum + factsOfRelation.get(key), 0),
    apply: (event) => set(event.target.checked), extra: chevron,
  });
  return toned(make("div", { class: "family" }, line, list), family);
}

function group(title, ...content) {
  return make("fieldset", {}, make("legend", {}, title), content);
}

// What the colours of actors mean: their type, or the community that they have most facts with.
function colourChoice() {
  const choice = (value, label) =>
    make("button", { type: "button", "aria-pressed": String(state.colour === value), "data-key": `colour:${value}`, onclick: () => change({ colour: value }) }, label);
  return make("div", { class: "segmented small", role: "group", "aria-label": "Colour of actors" }, choice("type", "Type"), choice("community", "Community"));
}

const communities = [];
for (const { id, community } of drawing.nodes) (communities[community] ??= []).push(id);
for (const members of communities) members.sort((a, b) => nodeSize[b] - nodeSize[a] || a - b);

function communityList() {
  const rows = communities.slice(0, ink.communities.length).filter((members) => members.length > 1);
  return make(
    "ul",
    { class: "communities" },
    rows.map((members, i) => {
      const swatch = make("span", { class: "swatch", "aria-hidden": "true" });
      swatch.style.setProperty("--tone", communityColour(i));
      return make("li", {}, swatch, make("span", { class: "label" }, "around ", name(entities[members[0]].label)), make("span", { class: "number" }, String(members.length)));
    }),
  );
}

function refreshLegend() {
  const focused = filters.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  filters.replaceChildren(
    group("Relations", [...families.keys()].map(familyGroup)),
    group(
      "Status",
      contents.statuses.filter((status) => factsOfStatus.has(status)).map((status) =>
        legendLine({
          key: `status:${status}`, checked: state.statuses.has(status), swatch: stroke(status), label: capital(status), hint: STATUS_HINTS[status],
          number: factsOfStatus.get(status), apply: () => change({ statuses: toggled(state.statuses, status) }),
        }),
      ),
    ),
    group(
      "Actors",
      Object.keys(TYPE_NAMES).filter((type) => actorsOfType.get(type)).map((type) =>
        legendLine({
          key: `type:${type}`, checked: !state.types.has(type), swatch: shapeOf(type), label: TYPE_NAMES[type],
          number: actorsOfType.get(type), apply: () => change({ types: toggled(state.types, type) }),
        }),
      ),
      actors.length ? [make("p", { class: "choice-label" }, "Coloured by"), colourChoice()] : [],
      state.colour === "community" ? communityList() : [],
    ),
    ...narrowing(),
    make("p", { class: "reading" }, "Size of an actor: number of facts. Width of a line: independent sources. Number on a line: facts."),
    ...(filtered()
      ? [make("button", { type: "button", class: "button small", "data-key": "reset", onclick: resetFilters }, "Reset filters")]
      : []),
    group(
      "Save what is shown",
      make("div", { class: "actions" },
        make("button", { type: "button", class: "button small", id: "save-png", onclick: savePicture }, "PNG"),
        make("button", { type: "button", class: "button small", id: "save-csv", onclick: saveFacts }, "CSV"),
        make("button", { type: "button", class: "button small", onclick: () => window.print() }, "Print")),
    ),
  );
  // Drawn anew, the legend keeps the keyboard's place.
  if (focused) [...filters.querySelectorAll("[data-key]")].find((e) => e.dataset.key === focused)?.focus();
}
