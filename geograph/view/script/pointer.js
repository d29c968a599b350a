// What the pointer does in the picture: clicks select, hovering tells, dragging moves.

function edgeWords(id) {
  const edge = edges[id];
  const tally = new Map();
  for (const i of shown.edges.get(id) ?? []) {
    const fact = facts[i];
    const relation = relations.get(fact.relation);
    const arrow = relation.symmetric ? "" : fact.subject === edge.from ? " →" : " ←";
    const word = relation.label + arrow;
    tally.set(word, (tally.get(word) ?? 0) + 1);
  }
  return [...tally].map(([word, n]) => (n > 1 ? `${word} (${n})` : word)).join(", ");
}

function showHover(pointer) {
  const box = byId("hover");
  const { node, edge } = hovered;
  box.hidden = node === null && edge === null;
  stage.classList.toggle("pointing", !box.hidden);
  if (box.hidden) return;
  if (node !== null) {
    const facts = edgesOf[node].reduce((sum, e) => sum + (shown.edges.get(e.id)?.length ?? 0), 0);
    box.replaceChildren(make("strong", {}, name(entities[node].label)), make("span", {}, `${TYPE_NAME[entities[node].type]} · ${count(facts, "fact")}`));
  } else {
    const { from, to } = edges[edge];
    box.replaceChildren(make("strong", {}, name(entities[from].label), " – ", name(entities[to].label)), make("span", {}, edgeWords(edge)));
  }
  const x = Math.min(pointer.x + 14, stage.clientWidth - box.offsetWidth - 8);
  const y = pointer.y + 18 + box.offsetHeight > stage.clientHeight ? pointer.y - box.offsetHeight - 12 : pointer.y + 18;
  box.style.transform = `translate(${Math.max(8, x)}px, ${Math.max(8, y)}px)`;
}

function startPointer() {
  network.on("click", ({ nodes, edges: hit }) => {
    if (nodes.length && pathStart !== null) reveal(nodes[0]);
    else if (nodes.length) select.node(nodes[0]);
    else if (hit.length) select.edge(hit[0]);
    else if (!panel.hidden) select.none();
  });
  network.on("doubleClick", ({ nodes }) => {
    if (nodes.length) change({ added: new Set([...state.added, ...edgesOf[nodes[0]].map((e) => otherEnd(e, nodes[0]))]) });
  });
  for (const kind of ["node", "edge"]) {
    network.on(`hover${capital(kind)}`, ({ [kind]: id, pointer }) => {
      hovered[kind] = id;
      showHover(pointer.DOM);
    });
    network.on(`blur${capital(kind)}`, () => {
      hovered[kind] = null;
      showHover({ x: 0, y: 0 });
    });
  }
  network.on("dragEnd", ({ nodes }) => {
    for (const actor of nodes) places[actor] = network.getPosition(actor); // It stays there when a filter brings it back.
  });
  network.on("dragStart", () => {
    untouched = false;
    hovered.node = hovered.edge = null;
    showHover({ x: 0, y: 0 });
  });
}
