// Which actors get a lane in the time view, and in which order, so that lines between them stay short.

// The path's actors; the selected actor and its neighbours; or those with most facts. The period does not count, so
// that lanes stay while it is moved.
function laneActors() {
  if (state.path !== null && shown.path) return walked(state.path[0], shown.path);
  const weight = new Map(); // facts by actor
  const between = new Map(); // facts by actor and other actor
  const add = (actor, other) => {
    weight.set(actor, (weight.get(actor) ?? 0) + 1);
    if (!between.has(actor)) between.set(actor, new Map());
    between.get(actor).set(other, (between.get(actor).get(other) ?? 0) + 1);
  };
  for (const i of shown.anytime) {
    const { subject, object, earliest } = facts[i];
    if (!earliest || (state.node !== null && subject !== state.node && object !== state.node)) continue;
    add(subject, object);
    if (object !== subject) add(object, subject);
  }
  const first = state.node !== null ? [state.node] : state.edge !== null ? [...new Set([edges[state.edge].from, edges[state.edge].to])] : [];
  return ordered(chosenLanes(first, weight, between));
}

// One after the other the actor with most facts, those with actors that have a lane already counting more.
function chosenLanes(first, weight, between) {
  const found = new Set();
  const score = new Map([...weight].map(([actor, n]) => [actor, n]));
  const take = (actor) => {
    found.add(actor);
    score.delete(actor);
    for (const [other, n] of between.get(actor) ?? []) if (score.has(other)) score.set(other, score.get(other) + 3 * n);
  };
  first.forEach(take);
  while (found.size < state.lanes && score.size) {
    take([...score].reduce((best, each) => (each[1] > best[1] || (each[1] === best[1] && nodeSize[each[0]] > nodeSize[best[0]]) ? each : best))[0]);
  }
  return [...found];
}

const walked = (start, steps) => steps.reduce((way, edge) => [...way, otherEnd(edge, way.at(-1))], [start]);

const ORDERED = 60; // Above so many lanes the order is by facts alone.

// Moves one lane after the other to where all lines together are shortest, until that helps no more.
function ordered(members) {
  if (members.length > ORDERED) return members;
  const number = new Map(members.map((actor, i) => [actor, i]));
  const weight = members.map(() => new Float64Array(members.length));
  for (const edge of edges) {
    const [a, b] = [number.get(edge.from), number.get(edge.to)];
    if (a === undefined || b === undefined || a === b) continue;
    weight[a][b] = weight[b][a] = edge.facts.length;
  }
  let order = [];
  for (const i of members.keys()) order = bestInsertion(order, i, weight);
  for (let sweep = 0; sweep < 4; sweep += 1) for (const i of members.keys()) order = bestInsertion(order.filter((j) => j !== i), i, weight);
  return order.map((i) => members[i]);
}

function bestInsertion(order, member, weight) {
  let best = order;
  let least = Infinity;
  for (let at = 0; at <= order.length; at += 1) {
    const tried = [...order.slice(0, at), member, ...order.slice(at)];
    const length = lengthOf(tried, weight);
    if (length < least) [best, least] = [tried, length];
  }
  return best;
}

function lengthOf(order, weight) {
  let sum = 0;
  for (let a = 0; a < order.length; a += 1) for (let b = a + 1; b < order.length; b += 1) sum += weight[order[a]][order[b]] * (b - a);
  return sum;
}
