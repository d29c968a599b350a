// The dossier of an actor: who it is, its relations by kind, its neighbours, and its facts by date.

const DOSSIER_FACTS = 100;

function nodePanel(actor) {
  const entity = entities[actor];
  const mine = edgesOf[actor].flatMap((edge) => edge.facts);
  const passing = mine.filter((i) => shown.passing[i]).sort(newestFirst);
  return [
    panelHead(TYPE_NAME[entity.type], shapeOf(entity.type), " ", name(entity.label)),
    identity(entity),
    make("div", { class: "actions" }, focusButton(actor, 1), focusButton(actor, 2), pathButton(actor), expandButton(actor)),
    section("Relations", relationTally(actor, passing)),
    section("Neighbours", neighbours(actor)),
    section("Facts by date", factList(actor, passing, mine.length)),
  ];
}

const section = (title, content) => make("section", {}, make("h3", { class: "section-title" }, title), content);

function identity(entity) {
  const rows = [];
  if (entity.country) rows.push(["Country", name(entity.country)]);
  if (entity.aliases) rows.push(["Also called", entity.aliases.flatMap((alias, i) => [i ? ", " : null, name(alias)])]);
  for (const { scheme, value, url } of entity.ids ?? []) {
    const label = SCHEMES[scheme] ?? scheme;
    rows.push([label, url ? outside(url, name(value)) : name(value)]);
  }
  return rows.length ? make("dl", { class: "identity" }, rows.map(([term, value]) => make("div", {}, make("dt", {}, term), make("dd", {}, value)))) : null;
}

const SCHEMES = { wikidata: "Wikidata", geonames: "GeoNames", iso3166: "ISO 3166" };

function focusButton(actor, hops) {
  const on = state.focus === actor && state.hops === hops;
  const label = hops === 1 ? "Only neighbours" : "Two steps";
  return make(
    "button",
    {
      type: "button",
      class: "button small",
      "aria-pressed": String(on),
      title: `Show only what is ${count(hops, "step")} away`,
      onclick: () => {
        change({ focus: on ? null : actor, hops });
        fit();
      },
    },
    label,
  );
}

function pathButton(actor) {
  return make("button", { type: "button", class: "button small", title: "The shortest path to another actor", onclick: () => startPath(actor) }, "Path to …");
}

function expandButton(actor) {
  const missing = edgesOf[actor].map((edge) => otherEnd(edge, actor)).filter((other) => !shown.nodes.has(other));
  const addable = missing.filter((other) => edgeBetween(actor, other).facts.some((i) => shown.passing[i]));
  if (!addable.length || state.focus !== null) return null;
  return make(
    "button",
    { type: "button", class: "button small", onclick: () => change({ added: new Set([...state.added, ...addable]) }) },
    `Add ${count(addable.length, "more neighbour")}`,
  );
}

const WAYS = { "→": "by this actor", "←": "by others", "": "both ways" };

// How often each relation occurs, in which direction.
function relationTally(actor, passing) {
  const tally = new Map();
  for (const i of passing) {
    const fact = facts[i];
    const { symmetric } = relations.get(fact.relation);
    const way = symmetric ? "" : fact.subject === actor ? "→" : "←";
    const key = `${way}${fact.relation}`;
    const entry = tally.get(key) ?? { relation: fact.relation, way, times: 0 };
    entry.times += 1;
    tally.set(key, entry);
  }
  if (!tally.size) return make("p", { class: "quiet-text" }, "None that the filters leave.");
  const rows = [...tally.values()].sort((a, b) => b.times - a.times || (a.relation < b.relation ? -1 : 1));
  const most = rows[0].times;
  return make(
    "ul",
    { class: "tally" },
    rows.map(({ relation, way, times }) => {
      const { label, family } = relations.get(relation);
      const bar = make("span", { class: "bar-line", "aria-hidden": "true" });
      bar.style.setProperty("--share", `${(100 * times) / most}%`);
      const side = make("span", { class: "way", title: WAYS[way], "aria-label": WAYS[way] }, way || "↔");
      return toned(make("li", {}, side, make("span", {}, label), bar, make("span", { class: "number" }, String(times))), family);
    }),
  );
}

function neighbours(actor) {
  const rows = edgesOf[actor]
    .map((edge) => [otherEnd(edge, actor), edge.id, edge.facts.filter((i) => shown.passing[i]).length])
    .filter(([, , times]) => times)
    .sort((a, b) => b[2] - a[2] || a[0] - b[0]);
  if (!rows.length) return make("p", { class: "quiet-text" }, "None that the filters leave.");
  return make(
    "ul",
    { class: "neighbours" },
    rows.map(([other, edge, times]) =>
      make(
        "li",
        {},
        actorButton(other, { title: "Open this dossier" }),
        make("button", { type: "button", class: "link", onclick: () => select.edge(edge) }, count(times, "fact")),
      ),
    ),
  );
}

function factList(actor, passing, total) {
  const list = make("ol", { class: "timeline" });
  const add = (from, to) => list.append(...passing.slice(from, to).map((i) => timelineRow(facts[i])));
  add(0, DOSSIER_FACTS);
  const rest = passing.length - DOSSIER_FACTS;
  const more =
    rest > 0
      ? make("button", { type: "button", class: "button small", onclick: (event) => { add(DOSSIER_FACTS, passing.length); event.target.remove(); } }, `Show ${count(rest, "more fact")}`)
      : null;
  const hidden = total - passing.length;
  return [list, more, hidden ? make("p", { class: "quiet-text" }, `${count(hidden, "fact")} hidden by filters`) : null];
}

function timelineRow(fact) {
  const relation = relations.get(fact.relation);
  return toned(
    make(
      "li",
      { class: fact.status },
      make("span", { class: fact.earliest ? "date" : "date unknown" }, fact.when),
      make(
        "button",
        { type: "button", class: "link", onclick: () => select.edge(fact.edge), title: "Show the evidence" },
        name(entities[fact.subject].label),
        " ",
        make("span", { class: "relation" }, relation.label),
        " ",
        name(entities[fact.object].label),
        fact.place ? [" in ", name(fact.place)] : null,
      ),
      fact.status === "actual" && !fact.disputed ? null : badges(fact).slice(fact.status === "actual" ? 1 : 0),
    ),
    relation.family,
  );
}
