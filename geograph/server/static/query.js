"use strict";
(async () => {
  const endpoint = new URL("sparql", document.baseURI).href;
  const answer = await fetch("queries", { headers: { accept: "application/json" } });
  const { prefixes, queries } = await answer.json();
  const prefixLine = (name) => `PREFIX ${name}: <${prefixes[name]}>\n`;
  // The endpoint knows these prefixes; the editor marks a query without their lines as wrong.
  const withPrefixes = (sparql) => {
    const used = Object.keys(prefixes).filter((name) => new RegExp(`(?<![\\w:-])${name}:`).test(sparql));
    return used.map(prefixLine).join("") + sparql;
  };

  const { Yasqe } = Yasgui;
  Yasqe.defaults.autocompleters = ["variables"];
  Yasqe.defaults.prefixCcApi = null;
  Yasqe.forkAutocompleter("prefixes", {
    name: "own-prefixes",
    persistenceId: null,
    get: () => Object.entries(prefixes).map(([name, space]) => `${name}: <${space}>`),
  });
  // A shared link may bring a query along, never another endpoint.
  const here = (tab) => ({ ...tab, requestConfig: { ...tab.requestConfig, endpoint } });
  const yasgui = new Yasgui(document.getElementById("yasgui"), {
    requestConfig: { endpoint, method: "POST" },
    populateFromUrl: here,
    endpointCatalogueOptions: { getData: () => [{ endpoint }], keys: [] },
    yasqe: { value: withPrefixes("SELECT ?a ?b WHERE {\n  ?a gg:meets ?b\n}\nLIMIT 10") },
    yasr: { maxPersistentResponseSize: 0 },
  });

  const choice = document.getElementById("example");
  const about = document.getElementById("about");
  for (const query of queries) choice.append(new Option(query.title, query.name));
  choice.addEventListener("change", () => {
    const query = queries.find((each) => each.name === choice.value);
    about.textContent = query ? query.about : "";
    if (query) yasgui.getTab().setQuery(withPrefixes(query.sparql));
  });
  document.documentElement.dataset.ready = "true";
})();
