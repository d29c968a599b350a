// Filters without a line in the picture: sources, confidence, country and publisher.

const mostSources = facts.reduce((most, fact) => Math.max(most, fact.independent), 1);
const leastConfidence = facts.reduce((least, fact) => Math.min(least, fact.confidence), 1);

const different = (values) => [...new Set(values)].filter((value) => value !== undefined).sort((a, b) => (folded(a) < folded(b) ? -1 : 1));
const countryOf = (actor) => entities[actor].country ?? (entities[actor].type === "Country" ? entities[actor].label : undefined);
const countries = different(actors.map(countryOf));
const publishers = different(articles.map((article) => article.publisher));
const publishersOf = (fact) => fact.claims.map((claim) => articles[claim.article].publisher);

function slider(key, label, range, words) {
  const output = make("output", {}, words(state[key]));
  const input = make("input", {
    type: "range", ...range, "aria-label": label, "data-key": key,
    oninput: (event) => { output.textContent = words(Number(event.target.value)); },
    onchange: (event) => change({ [key]: Number(event.target.value) }),
  });
  input.value = state[key];
  return make("div", { class: "slider" }, input, make("span", {}, "at least ", output));
}

function choice(key, label, values) {
  const input = make(
    "select",
    { "data-key": key, "aria-label": label, onchange: (event) => change({ [key]: event.target.value || null }) },
    make("option", { value: "" }, "any"),
    values.map((value) => make("option", { value }, value)),
  );
  input.value = state[key] ?? "";
  return input;
}

function narrowing() {
  const percent = (value) => `${Math.round(value * 100)} %`;
  return [
    ...(mostSources > 1 ? [group("Independent sources", slider("sources", "At least so many independent sources", { min: 1, max: mostSources, step: 1 }, String))] : []),
    ...(leastConfidence < 0.95 ? [group("Confidence", slider("confidence", "At least this confidence", { min: 0, max: 1, step: 0.05 }, percent))] : []),
    ...(countries.length > 1 ? [group("Country", choice("country", "Country of one of the two", countries))] : []),
    ...(publishers.length > 1 ? [group("Publisher", choice("publisher", "Publisher of one of the articles", publishers))] : []),
  ];
}

const FILTERS = ["relations", "types", "statuses", "sources", "confidence", "country", "publisher", "from", "to"];

const asText = (value) => String(value instanceof Set ? [...value].sort() : value);
const filtered = () => FILTERS.some((key) => asText(state[key]) !== asText(INITIAL[key]));

function resetFilters() {
  const fresh = initial();
  change(Object.fromEntries(FILTERS.map((key) => [key, fresh[key]])));
}

const INITIAL = initial();
