// Search over names and aliases, with suggestions.

const field = byId("search");
const suggestions = byId("suggestions");
let active = -1;

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const index = actors.map((actor) => {
  const { label, aliases = [] } = entities[actor];
  return { actor, names: [label, ...aliases].map((text) => [text, folded(text)]), weight: nodeSize[actor] };
});

// The best matches: beginning of a name, then of a word, then anywhere; the more central first.
function matches(query) {
  const wanted = folded(query.trim());
  if (!wanted) return [];
  const found = [];
  for (const { actor, names, weight } of index) {
    let best = 0;
    let by = null;
    names.forEach(([text, plain], i) => {
      const at = plain.indexOf(wanted);
      if (at < 0) return;
      const score = (at === 0 ? 300 : /[^\p{L}\p{N}]/u.test(plain[at - 1]) ? 200 : 100) + (plain === wanted ? 100 : 0) - (i ? 1 : 0);
      if (score > best) [best, by] = [score, i ? text : null];
    });
    if (best) found.push({ actor, by, score: best + weight });
  }
  return found.sort((a, b) => b.score - a.score || a.actor - b.actor).slice(0, 8);
}

function suggest() {
  const found = matches(field.value);
  active = found.length ? 0 : -1;
  suggestions.replaceChildren(
    ...found.map(({ actor, by }, i) =>
      make(
        "li",
        { role: "option", id: `suggestion-${i}`, "data-actor": actor, onpointerdown: (event) => { event.preventDefault(); choose(actor); } },
        shapeOf(entities[actor].type),
        make("span", { class: "label" }, name(entities[actor].label), by ? make("small", {}, " ", name(by)) : null),
        make("small", { class: "number" }, count(edgesOf[actor].reduce((sum, edge) => sum + edge.facts.length, 0), "fact")),
      ),
    ),
  );
  const none = !found.length && field.value.trim();
  if (none) suggestions.append(make("li", { class: "none", role: "option", "aria-disabled": "true" }, "No actor of that name"));
  openSuggestions(Boolean(found.length || none));
  mark();
}

function openSuggestions(open) {
  suggestions.hidden = !open;
  field.setAttribute("aria-expanded", String(open));
  if (!open) field.removeAttribute("aria-activedescendant");
}

function mark() {
  [...suggestions.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === active)));
  if (active >= 0) field.setAttribute("aria-activedescendant", `suggestion-${active}`);
}

function choose(actor) {
  field.value = "";
  openSuggestions(false);
  reveal(actor);
  announce(`${entities[actor].label} opened`);
  panel.focus({ preventScroll: true });
}

function startSearch() {
  field.addEventListener("input", suggest);
  field.addEventListener("focus", () => field.value && suggest());
  field.addEventListener("blur", () => openSuggestions(false));
  field.addEventListener("keydown", (event) => {
    const options = suggestions.querySelectorAll("[data-actor]");
    if (event.key === "Escape") {
      if (suggestions.hidden) field.blur();
      openSuggestions(false);
      event.stopPropagation();
    } else if (event.key === "Enter" && active >= 0 && !suggestions.hidden) choose(Number(options[active].dataset.actor));
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length) {
      active = (active + (event.key === "ArrowDown" ? 1 : options.length - 1)) % options.length;
      mark();
    } else return;
    event.preventDefault();
  });
}
