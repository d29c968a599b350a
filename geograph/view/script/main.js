// Puts the page together. Each listener draws its part anew after a change; the filters come first.

onChange(refreshShown);
startViews();
startPicture();
startMap();
startCamera();
startPointer();
startPeriod();
for (const refresh of [refreshPanel, refreshLegend, refreshChips, refreshSummary, refreshTable, refreshTime]) onChange(refresh);
onChange(() => selectionIntoView());
startTime();
startPlay();
startSearch();
startKeys();
addEventListener("popstate", restore);
restore();
fit(false);
selectionIntoView(onMap() ? 0 : 0.7); // A link to an actor or an edge opens near it.
document.documentElement.dataset.ready = "true";
