// What the page was given. `contents` holds facts and their evidence (view/contents.py), `drawing` what pyvis placed
// (view/page.py). Actors, facts and articles are known by their place in these lists.

const read = (id) => JSON.parse(document.getElementById(id).textContent);

const MONTHS = "January February March April May June July August September October November December".split(" ");
const dayWords = (iso) => {
  const [year, month, day] = iso.split("-").map(Number);
  return [day, month && MONTHS[month - 1], year].filter(Boolean).join(" ");
};

const contents = read("contents");
const drawing = read("drawing");
const { entities, facts, articles } = contents;
for (const fact of facts) {
  // What is usual is not said.
  fact.status ??= "actual";
  fact.latest ??= fact.earliest;
  fact.when ??= dayWords(fact.earliest);
  fact.independent ??= fact.sources;
}
const relations = new Map(Object.entries(contents.relations.byName));
const families = new Map(
  Object.entries(contents.relations.families).sort(
    ([a, one], [b, other]) => (other.score ?? -99) - (one.score ?? -99) || (a < b ? -1 : 1),
  ),
);

// The first entities are the actors that are drawn; the rest are only spoken of (speakers, places).
const actors = drawing.nodes.map((node) => node.id);
const edges = drawing.edges;

const entityByKey = new Map(entities.map((entity, i) => [entity.key, i]));
const edgesOf = entities.map(() => []);
for (const edge of edges) {
  edgesOf[edge.from].push(edge);
  if (edge.to !== edge.from) edgesOf[edge.to].push(edge);
  for (const i of edge.facts) facts[i].edge = edge.id;
}

const otherEnd = (edge, actor) => (edge.from === actor ? edge.to : edge.from);
const edgeBetween = (a, b) => edgesOf[a]?.find((edge) => otherEnd(edge, a) === b) ?? null;
const familyOf = (fact) => relations.get(fact.relation).family;

// Newest first; what has no date comes last.
const newestFirst = (a, b) => {
  const [one, other] = [facts[a], facts[b]];
  const [later, earlier] = [other.latest ?? "", one.latest ?? ""];
  if (later !== earlier) return later < earlier ? -1 : 1;
  return (other.earliest ?? "") < (one.earliest ?? "") ? -1 : (other.earliest ?? "") > (one.earliest ?? "") ? 1 : a - b;
};

const count = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
