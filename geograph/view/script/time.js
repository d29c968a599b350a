// The time view: a lane an actor, facts as lines from the lane of the subject to that of the object on their day.

const AXIS = 42;
const timeBox = byId("time");
const time = {
  canvas: make("canvas", { tabindex: 0, role: "application" }),
  names: make("div", { class: "lane-names" }),
  scroller: make("div", { class: "time-scroll" }),
  foot: make("div", { class: "time-foot" }),
  earlier: make("button", { type: "button", class: "chip earlier", title: "Show all of the time", hidden: true, onclick: () => showAllTime() }, "…"),
  later: make("button", { type: "button", class: "chip later", title: "Show all of the time", hidden: true, onclick: () => showAllTime() }, "…"),
  layout: null,
  drawn: [], // the marks on the screen, as marks.js places them
  view: null, // the first and the last day shown, with fractions
  written: null, // the span in the address that `view` belongs to
  hovered: null,
};

const WIDE_ENOUGH = 620;
const gutter = () => (time.scroller.clientWidth < WIDE_ENOUGH ? 0 : 172);

function refreshTime() {
  if (state.view !== "time") return;
  time.layout = timeLayout();
  refreshFoot(); // It takes room from the lanes.
  liftZoom(time.foot.offsetHeight);
  Object.assign(time.layout, laneHeights(time.layout.rows, time.scroller.clientHeight - AXIS - 6));
  const written = String(state.span);
  if (time.written !== written) {
    const core = state.span?.map(dayNumber) ?? coreOfTime(shown.anytime.filter((i) => facts[i].earliest));
    time.view = core ?? [0, 365];
    time.written = core && written; // Without facts it is found when there are some.
  }
  refreshLaneNames();
  time.canvas.setAttribute(
    "aria-label",
    `${count(time.layout.marks.length, "dated fact")} of ${count(time.layout.members.length, "actor")} along time. Left and right arrow keys go from fact to fact, up and down to another lane, Enter opens the evidence; the table shows the same facts.`,
  );
  paintTime();
}

function refreshLaneNames() {
  const focused = time.names.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const { members, tops, height } = time.layout;
  time.names.style.height = `${height + AXIS + 6}px`;
  time.names.classList.toggle("over", gutter() === 0);
  time.names.replaceChildren(
    ...members.map((actor, lane) => {
      const button = actorButton(actor, { "data-key": `lane:${entities[actor].key}`, "aria-pressed": String(state.node === actor), title: entities[actor].label });
      button.style.top = `${AXIS + tops[lane] + LANE.line}px`;
      button.classList.toggle("dim", isDim(actor));
      return button;
    }),
  );
  if (focused) [...time.names.children].find((e) => e.dataset.key === focused)?.focus({ preventScroll: true });
}

const UNDATED = 40;

// What has no place among the lanes: facts without a date, and facts between actors without a lane.
function refreshFoot() {
  const { members, undated, elsewhere } = time.layout;
  const cut = state.from !== null || state.to !== null;
  const others = shown.nodes.size - members.length;
  const missing = shown.anytime.length - shown.anytime.filter((i) => facts[i].earliest).length;
  const lanes = others > 0 && state.path === null
    ? make(
        "p",
        { class: "lanes-note" },
        make("span", {}, `${count(members.length, "lane")}`, elsewhere ? `, ${count(elsewhere, "fact")} between other actors ` : " "),
        make("button", { type: "button", class: "button small", onclick: () => change({ lanes: state.lanes + LANES }) }, "More lanes"),
        state.lanes > LANES ? make("button", { type: "button", class: "button small", onclick: () => change({ lanes: LANES }) }, "Fewer") : null,
      )
    : null;
  const strip = undated.length
    ? make("div", { class: "undated", role: "group", "aria-label": "Facts without a date" },
        make("span", { class: "undated-count" }, `${undated.length.toLocaleString("en")} undated`),
        make("div", { class: "undated-list" }, undated.slice(0, UNDATED).map(undatedChip),
          undated.length > UNDATED ? make("button", { type: "button", class: "link", onclick: () => change({ view: "table", sort: "date" }) }, `${count(undated.length - UNDATED, "more")} in the table`) : null))
    : cut && missing ? make("p", { class: "quiet-text" }, `${count(missing, "undated fact")} left out while a period is chosen`) : null;
  time.foot.replaceChildren(...[strip, lanes].filter(Boolean));
}

function undatedChip(i) {
  const fact = facts[i];
  const chip = make(
    "button",
    { type: "button", class: `undated-fact ${fact.status}`, "aria-pressed": String(state.fact === i), onclick: () => select.fact(i) },
    name(entities[fact.subject].label), " ", make("span", { class: "relation" }, relations.get(fact.relation).label), " ", name(entities[fact.object].label),
  );
  return toned(chip, familyOf(fact));
}

function showAllTime() {
  const days = shown.anytime.filter((i) => facts[i].earliest).flatMap((i) => [dayNumber(facts[i].earliest), dayNumber(facts[i].latest) + 1]);
  if (!days.length) return;
  const [from, to] = [days.reduce((a, b) => Math.min(a, b)), days.reduce((a, b) => Math.max(a, b))];
  setTimeView((from + to) / 2, ((to - from) * 1.06) / 2 + 1);
}

// Shows `half` the days before and after a middle; the address follows, but is no step that Back undoes.
const SHORTEST = 4;
const LONGEST = 366 * 400;
let addressDue = 0;
function setTimeView(middle, half) {
  const bounded = Math.min(LONGEST / 2, Math.max(SHORTEST / 2, half));
  time.view = [middle - bounded, middle + bounded];
  paintTime();
  clearTimeout(addressDue);
  addressDue = setTimeout(() => {
    state = { ...state, span: time.view.map(isoOf) };
    time.written = String(state.span);
    writeAddress(false);
  }, 250);
}

function fitTime() {
  time.written = null;
  change({ span: null }, { step: false });
}

function startTime() {
  time.scroller.append(time.canvas, time.names);
  timeBox.append(time.scroller, time.earlier, time.later, time.foot);
  time.scroller.addEventListener("scroll", () => paintTime());
  new ResizeObserver(() => refreshTime()).observe(time.scroller);
  addEventListener("beforeprint", () => paintTime(true));
  addEventListener("afterprint", () => paintTime());
  startTravel();
}
