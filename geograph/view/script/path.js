// The shortest path between two actors, over the facts that the filters leave, as a chain of sentences.

let pathStart = null; // while the reader chooses where the path shall lead

function startPath(actor) {
  pathStart = actor;
  refreshChips();
  field.focus();
  announce(`Choose where the path from ${entities[actor].label} shall lead`);
}

function endPath() {
  pathStart = null;
  refreshChips();
}

function findPath(from, to) {
  endPath();
  change({ node: null, edge: null, fact: null, path: [from, to], focus: null });
}

// The edges of a shortest path; among equally short ones, over the pairs with more facts. Null where there is none.
function shortestPath([from, to]) {
  const before = new Map([[from, null]]);
  let border = [from];
  while (border.length && !before.has(to)) {
    const next = [];
    for (const actor of border) {
      const ways = edgesOf[actor].map((edge) => [edge, edge.facts.filter((i) => shown.passing[i]).length]);
      for (const [edge] of ways.filter(([, times]) => times).sort((a, b) => b[1] - a[1] || a[0].id - b[0].id)) {
        const other = otherEnd(edge, actor);
        if (before.has(other)) continue;
        before.set(other, edge);
        next.push(other);
      }
    }
    border = next;
  }
  if (!before.has(to)) return null;
  const steps = [];
  for (let actor = to; actor !== from; actor = otherEnd(steps[0], actor)) steps.unshift(before.get(actor));
  return steps;
}

function pathPanel() {
  const [from, to] = state.path;
  const steps = shown.path;
  const head = panelHead("Path", actorButton(from), make("span", { class: "between", "aria-label": "to" }, "→"), actorButton(to));
  if (!steps) return [head, make("p", { class: "lead" }, "The facts that the filters leave do not connect the two.")];
  let actor = from;
  const chain = steps.map((edge) => {
    actor = otherEnd(edge, actor);
    const passing = edge.facts.filter((i) => shown.passing[i]);
    const [best] = [...passing].sort((a, b) => facts[b].independent - facts[a].independent || newestFirst(a, b));
    const others = passing.length - 1;
    return make(
      "li",
      {},
      factCard(facts[best], 1),
      others ? make("button", { type: "button", class: "link more-facts", onclick: () => select.edge(edge.id) }, `and ${count(others, "more fact")}`) : null,
      make("p", { class: "stop" }, actorButton(actor)),
    );
  });
  return [head, make("p", { class: "lead" }, `${count(steps.length, "step")}, whatever the direction`), make("ol", { class: "chain" }, chain)];
}
