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
  placeHover(pointer, stage);
}

// Beside the pointer, within the element that it points at.
function placeHover(pointer, within) {
  const box = byId("hover");
  const x = Math.min(pointer.x + 14, within.clientWidth - box.offsetWidth - 8);
  const y = pointer.y + 18 + box.offsetHeight > within.clientHeight ? pointer.y - box.offsetHeight - 12 : pointer.y + 18;
  box.style.transform = `translate(${Math.max(8, x)}px, ${Math.max(8, y)}px)`;
}

// On the map a line may be in two pieces, `12:from` and `12:to`.
const edgeNumber = (id) => Number.parseInt(id, 10);

// vis-network counts a line as hit within ten units of the drawing, whatever the zoom; eight pixels are meant.
let byPixels = false;
function hitByPixels() {
  const [line] = Object.values(network.body.edges);
  if (byPixels || !line) return;
  byPixels = true;
  Object.getPrototypeOf(line).isOverlappingWith = function isOverlappingWith({ left, top }) {
    const { from, to, edgeType } = this;
    return this.connected && edgeType.getDistanceToEdge(from.x, from.y, to.x, to.y, left, top) < 8 / network.getScale();
  };
}

function startPointer() {
  network.on("click", ({ nodes: touched, edges: hit, pointer }) => {
    const nodes = touched.filter((actor) => !underTray(pointer.DOM.y) || dock.spots.has(actor));
    if (nodes.length && pathStart !== null) reveal(nodes[0]);
    else if (nodes.length) select.node(nodes[0]);
    else if (hit.length) select.edge(edgeNumber(hit[0]));
    else if (!panel.hidden) select.none();
  });
  network.on("doubleClick", ({ nodes }) => {
    if (nodes.length) change({ added: new Set([...state.added, ...edgesOf[nodes[0]].map((e) => otherEnd(e, nodes[0]))]) });
  });
  for (const kind of ["node", "edge"]) {
    network.on(`hover${capital(kind)}`, ({ [kind]: id, pointer }) => {
      hovered[kind] = kind === "edge" ? edgeNumber(id) : id;
      showHover(pointer.DOM);
    });
    network.on(`blur${capital(kind)}`, () => {
      hovered[kind] = null;
      showHover({ x: 0, y: 0 });
    });
  }
  network.on("dragEnd", ({ nodes }) => {
    if (onMap()) return;
    for (const actor of nodes) places[actor] = network.getPosition(actor); // It stays there when a filter brings it back.
  });
  network.on("dragStart", () => {
    untouched = false;
    hovered.node = hovered.edge = null;
    showHover({ x: 0, y: 0 });
  });
}
