// What stands over the picture: what limits it, how much it shows, and what to do if it shows nothing.

// What limits the view, each with a way to lift it.
function refreshChips() {
  const chip = (text, title, lift) => make("button", { type: "button", class: "chip", title, onclick: lift }, text, make("span", { "aria-hidden": "true" }, " ×"));
  const chips = [];
  if (pathStart !== null) chips.push(chip(make("span", {}, "Path from ", name(entities[pathStart].label), " to … choose an actor"), "No path", endPath));
  if (state.focus !== null) {
    const text = state.hops === 1 ? "Neighbours of " : "Two steps around ";
    chips.push(chip(make("span", {}, text, name(entities[state.focus].label)), "Show everything again", () => { change({ focus: null }); fit(); }));
  }
  if (state.from || state.to) chips.push(chip(periodWords(), "Any time", () => change({ from: null, to: null })));
  if (!state.all && firstShown.size < actors.length && state.focus === null) {
    const text = `${count(firstShown.size, "most central actor")} of ${actors.length.toLocaleString("en")} · show all`;
    chips.push(make("button", { type: "button", class: "chip", id: "show-all", onclick: () => { change({ all: true }); fit(); } }, text));
  }
  byId("chips").replaceChildren(...chips);
}

function refreshSummary() {
  const [n, f] = [shown.nodes.size, shown.facts.length];
  const all = n === actors.length && f === facts.length;
  const words = all
    ? `${count(n, "actor")} · ${count(f, "fact")} · ${count(articles.length, "article")}`
    : `${n.toLocaleString("en")} of ${count(actors.length, "actor")} · ${f.toLocaleString("en")} of ${count(facts.length, "fact")}`;
  byId("summary").textContent = words;
  const notice = byId("notice");
  const empty = facts.length === 0;
  notice.hidden = !empty && f > 0;
  notice.replaceChildren(
    ...(empty
      ? [make("strong", {}, "No facts yet"), make("span", {}, "No article told of a relation between two actors. Add articles with geograph build.")]
      : [make("strong", {}, "Nothing matches the filters"), make("button", { type: "button", class: "button small", onclick: () => { change({ focus: null }, { step: false }); resetFilters(); } }, "Reset filters")]),
  );
}
