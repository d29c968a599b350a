// The evidence of an edge: the facts between two actors, newest first, each with the sentences that prove it.

const panel = byId("panel");
let panelShows = "";

const STATUS_HINTS = {
  actual: "Reported as having happened",
  planned: "Announced or planned, not yet reported as done",
  possible: "Said to be possible, threatened or suspected",
  denied: "Said not to have happened",
};

function refreshPanel() {
  const chosen = state.path ?? state.edge ?? state.node;
  const subject = chosen === null ? "" : `${state.path ? "path" : state.edge === null ? "node" : "edge"} ${chosen}`;
  panel.hidden = !subject;
  document.body.classList.toggle("with-panel", Boolean(subject));
  if (!subject) panel.replaceChildren();
  else if (state.path !== null) panel.replaceChildren(...pathPanel());
  else if (state.edge !== null) panel.replaceChildren(...edgePanel(edges[state.edge]));
  else panel.replaceChildren(...nodePanel(state.node));
  if (subject !== panelShows) panel.scrollTop = 0;
  panelShows = subject;
  const card = state.fact === null ? null : panel.querySelector(".fact.chosen");
  if (card) panel.scrollTop += card.getBoundingClientRect().top - panel.getBoundingClientRect().top - 90;
}

function panelHead(kind, ...title) {
  return make(
    "div",
    { class: "panel-head" },
    make("div", { class: "panel-title" }, make("p", { class: "kind" }, kind), make("h2", {}, ...title)),
    make("button", { class: "button icon quiet", type: "button", "aria-label": "Close", title: "Close (Esc)", onclick: closePanel }, "×"),
  );
}

function closePanel() {
  select.none();
  (state.view === "time" ? time.canvas : stage).focus({ preventScroll: true });
}

function edgePanel(edge) {
  const ordered = [...edge.facts].sort(newestFirst);
  const passing = ordered.filter((i) => shown.passing[i]);
  const hidden = ordered.filter((i) => !shown.passing[i]);
  const sources = new Set(ordered.flatMap((i) => facts[i].claims.map((claim) => claim.article)));
  return [
    panelHead("Evidence", actorButton(edge.from), make("span", { class: "between", "aria-label": "and" }, "–"), actorButton(edge.to)),
    make("p", { class: "lead" }, `${count(ordered.length, "fact")} from ${count(sources.size, "article")}`),
    make("div", { class: "cards" }, passing.map((i) => factCard(facts[i]))),
    hiddenFacts(hidden),
  ];
}

function hiddenFacts(hidden) {
  if (!hidden.length) return null;
  const cards = make("div", { class: "cards" });
  const box = make("details", { class: "hidden-facts" }, make("summary", {}, `${count(hidden.length, "fact")} hidden by filters`), cards);
  box.addEventListener("toggle", () => {
    if (box.open && !cards.childElementCount) cards.append(...hidden.map((i) => factCard(facts[i])));
  });
  return box;
}

const QUOTES = 5;

// `first` says how many sentences are shown at once; a button brings the rest.
function factCard(fact, first = QUOTES) {
  const relation = relations.get(fact.relation);
  const card = make(
    "article",
    { class: `fact ${fact.status}${facts[state.fact] === fact ? " chosen" : ""}`, "data-fact": fact.id },
    make(
      "h3",
      {},
      name(entities[fact.subject].label),
      " ",
      make("span", { class: "relation", title: relation.comment }, relation.label),
      " ",
      name(entities[fact.object].label),
    ),
    make("p", { class: "when" }, make("span", { class: fact.earliest ? "date" : "date unknown" }, fact.when), ...badges(fact)),
    details(fact),
    ...quotes(fact.claims, first),
  );
  return toned(card, relation.family);
}

function quotes(all, first) {
  const list = make("ul", { class: "quotes" }, all.slice(0, first).map(quote));
  if (all.length <= first) return [list];
  const more = (event) => {
    list.append(...all.slice(first).map(quote));
    event.target.remove();
  };
  const words = `Show ${count(all.length - first, "more sentence")}`;
  return [list, make("button", { type: "button", class: "button small more-quotes", onclick: more }, words)];
}

function badges(fact) {
  const badge = (text, kind, title) => make("span", { class: `badge ${kind}`, title }, text);
  return [
    badge(fact.status, fact.status, STATUS_HINTS[fact.status]),
    fact.disputed ? badge("disputed", "disputed", "Some sources report it, others deny it") : null,
    fact.ended ? badge("ended", "ended", "Known to be over") : null,
  ];
}

function details(fact) {
  const rows = [];
  if (fact.place) rows.push(["Place", fact.placeEntity === undefined ? name(fact.place) : actorButton(fact.placeEntity)]);
  if (fact.item) rows.push(["What", name(fact.item)]);
  const speakers = [...new Set(fact.claims.map((claim) => claim.saidBy).filter((who) => who !== undefined))];
  if (speakers.length) rows.push(["Said by", speakers.flatMap((who, i) => [i ? ", " : null, actorButton(who)])]);
  rows.push(["Sources", sourceWords(fact)]);
  if (fact.reported) rows.push(["Reported", fact.reported]);
  rows.push(["Confidence", confidence(fact.confidence)]);
  return make("dl", {}, rows.map(([term, value]) => make("div", {}, make("dt", {}, term), make("dd", {}, value))));
}

function sourceWords({ sources, independent }) {
  if (sources === 1) return "1";
  return independent === sources ? `${sources}, independent of each other` : `${independent} independent of ${sources}`;
}

function confidence(value) {
  const percent = Math.round(value * 100);
  const meter = make("meter", { min: 0, max: 100, value: percent, "aria-label": `Confidence ${percent} percent` });
  return [meter, `${percent} %`];
}

// One sentence, its subject, trigger, object and date marked, and where it stands.
function quote(claim) {
  const parts = claim.quote.map(([text, kind]) => (kind ? make("mark", { class: kind, title: MARK_TITLES[kind] }, text) : text));
  const article = articles[claim.article];
  const source = [
    article.publisher ? name(article.publisher) : null,
    article.published ? make("time", { datetime: article.published }, dayWords(article.published)) : null,
    article.sample ? "sample" : null,
    claim.status ?? null,
    claim.when ?? null,
    claim.saidBy !== undefined ? make("span", {}, "said by ", name(entities[claim.saidBy].label)) : null,
    claim.reader ? make("span", { class: "reader", title: READER_HINTS[claim.reader] ?? "" }, `read by ${claim.reader}`) : null,
  ].filter((part) => part !== null);
  return make(
    "li",
    {},
    make("blockquote", { dir: "auto" }, parts),
    make(
      "p",
      { class: "source" },
      outside(article.url, name(article.title)),
      make("span", { class: "where" }, source.flatMap((part, i) => (i ? [" · ", part] : [part]))),
    ),
  );
}

const READER_HINTS = {
  learned: "A trained network sees this relation; no rule does",
  llm: "A language model sees this relation; no rule does",
};
const MARK_TITLES = { subject: "Subject", trigger: "What says it", object: "Object", date: "Date" };
