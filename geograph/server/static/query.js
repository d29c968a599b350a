"use strict";
(async () => {
  const endpoint = new URL("sparql", document.baseURI).href;
  // A shared link may bring a query along, never another endpoint.
  const here = (tab) => ({ ...tab, requestConfig: { ...tab.requestConfig, endpoint } });
  Yasgui.Yasqe.defaults.autocompleters = ["variables"];
  Yasgui.Yasqe.defaults.prefixCcApi = null;
  const yasgui = new Yasgui(document.getElementById("yasgui"), {
    requestConfig: { endpoint, method: "POST" },
    populateFromUrl: here,
    copyEndpointOnNewTab: true,
    endpointCatalogueOptions: { getData: () => [{ endpoint }], keys: [] },
    yasqe: { value: "SELECT ?a ?b WHERE {\n  ?a gg:meets ?b\n}\nLIMIT 10" },
    yasr: { maxPersistentResponseSize: 0 },
  });
  const choice = document.getElementById("example");
  const about = document.getElementById("about");
  const answer = await fetch("queries", { headers: { accept: "application/json" } });
  const queries = await answer.json();
  for (const query of queries) choice.append(new Option(query.title, query.name));
  choice.addEventListener("change", () => {
    const query = queries.find((each) => each.name === choice.value);
    about.textContent = query ? query.about : "";
    if (query) yasgui.getTab().setQuery(query.sparql);
  });
  document.documentElement.dataset.ready = "true";
})();
