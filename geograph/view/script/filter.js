// Which facts and actors the filters leave.

const passesButPeriod = (fact) =>
  state.statuses.has(fact.status) &&
  !state.relations.has(fact.relation) &&
  fact.independent >= state.sources &&
  fact.confidence >= state.confidence &&
  (state.country === null || countryOf(fact.subject) === state.country || countryOf(fact.object) === state.country) &&
  (state.publisher === null || publishersOf(fact).includes(state.publisher)) &&
  !state.types.has(entities[fact.subject].type) &&
  !state.types.has(entities[fact.object].type);

// A fact counts as within a period if it may have happened then; an undated one only while no period is chosen.
function inPeriod(fact) {
  if (state.from === null && state.to === null) return true;
  if (!fact.earliest) return false;
  return (
    (state.from === null || fact.latest.slice(0, state.from.length) >= state.from) &&
    (state.to === null || fact.earliest.slice(0, state.to.length) <= state.to)
  );
}

const firstShown = new Set(drawing.nodes.filter((node) => node.first).map((node) => node.id));

// Actors that may be drawn: the backbone, those added by the reader, and what is selected.
function candidates() {
  if (state.all || firstShown.size === actors.length) return null;
  const found = new Set([...firstShown, ...state.added]);
  if (state.node !== null) found.add(state.node);
  if (state.edge !== null) found.add(edges[state.edge].from).add(edges[state.edge].to);
  if (state.path !== null) for (const actor of state.path) found.add(actor);
  if (state.focus !== null) for (const actor of within(state.focus, state.hops, null)) found.add(actor);
  return found;
}

// The actors at most `hops` steps from one, over facts that pass.
function within(start, hops, allowed) {
  const found = new Set([start]);
  let border = [start];
  for (let hop = 0; hop < hops; hop += 1) {
    const next = [];
    for (const actor of border) {
      for (const edge of edgesOf[actor]) {
        const other = otherEnd(edge, actor);
        if (found.has(other) || (allowed && !allowed.has(other)) || !edge.facts.some((i) => shown.passing[i])) continue;
        found.add(other);
        next.push(other);
      }
    }
    border = next;
  }
  return found;
}

// What is shown now: `passing` by fact, `facts` in the view's order, `edges` (edge id -> its passing facts), `nodes`,
// the edges of the `path`, if one is asked for, and `anytime`, the facts that would be shown if no period were chosen.
const nothing = () => ({ passing: [], facts: [], edges: new Map(), nodes: new Set(), path: null, anytime: [] });
let shown = nothing();

function refreshShown() {
  const anytime = facts.map(passesButPeriod);
  shown = { ...nothing(), passing: facts.map((fact, i) => anytime[i] && inPeriod(fact)) };
  let allowed = candidates();
  if (state.path !== null) shown.path = shortestPath(state.path);
  if (allowed) for (const edge of shown.path ?? []) allowed.add(edge.from).add(edge.to);
  if (state.focus !== null) allowed = within(state.focus, state.hops, allowed);
  for (const edge of edges) {
    if (allowed && !(allowed.has(edge.from) && allowed.has(edge.to))) continue;
    shown.anytime.push(...edge.facts.filter((i) => anytime[i]));
    const passing = edge.facts.filter((i) => shown.passing[i]);
    if (!passing.length) continue;
    shown.edges.set(edge.id, passing);
    shown.nodes.add(edge.from).add(edge.to);
    shown.facts.push(...passing);
  }
  // What is selected stays in sight even if the filters leave nothing of it.
  if (state.node !== null) shown.nodes.add(state.node);
  if (state.edge !== null) shown.nodes.add(edges[state.edge].from).add(edges[state.edge].to);
  if (state.path !== null) for (const actor of state.path) shown.nodes.add(actor);
}
