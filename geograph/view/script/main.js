// Puts the page together. Each listener draws its part anew after a change; the filters come first.

onChange(refreshShown);
startPicture();
startCamera();
startPointer();
startPeriod();
for (const refresh of [refreshPanel, refreshLegend, refreshChips, refreshSummary, refreshTable]) onChange(refresh);
onChange(() => selectionIntoView());
startSearch();
startKeys();
addEventListener("popstate", restore);
restore();
fit(false);
selectionIntoView(0.7); // A link to an actor or an edge opens near it.
document.documentElement.dataset.ready = "true";
