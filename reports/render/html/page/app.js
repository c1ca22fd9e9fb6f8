// Routes, search, filters, keys, theme. The address says all: #/view/selected?q=words&filter=value.
const views = [summaryView, findingsView, processesView, variablesView, sitesView, blindView].filter(
    (view) => view.page || view.total > 0 || view.id === "findings" || view.id === "blind" ||
        (view.id === "sites" && data.scanned));
const viewHolder = document.getElementById("view");
const search = document.getElementById("search");
let shown = null;  // { view, list, detail, ... } of the view on the page
let current = {view: "summary", key: null, params: {}};

function route(view, key = null, params = {}) {
  const query = new URLSearchParams(Object.entries(params).filter(([, value]) => value)).toString();
  return `#/${view}${key === null ? "" : "/" + encodeURIComponent(key)}${query ? "?" + query : ""}`;
}

function parse(hash) {
  const [path, query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [view, key = null] = path.split("/", 2);
  let decoded = key;
  try {
    decoded = key === null ? null : decodeURIComponent(key);
  } catch {
    decoded = null;  // an address that was cut
  }
  return {
    view: views.some((v) => v.id === view) ? view : "summary",
    key: decoded,
    params: Object.fromEntries(new URLSearchParams(query))
  };
}

const words = () => (current.params.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);

function go(next, {replace = false, walking = false} = {}) {
  const address = route(next.view, next.key, next.params);
  if (address === location.hash) return;
  history[replace ? "replaceState" : "pushState"](null, "", address);
  render(walking);
}

function setParam(name, value, options) {
  const params = {...current.params, [name]: value};
  go({...current, params, key: current.key}, options);
}

function filterBox(view, [name, label, values, labels = {}, any = "all"]) {
  const options = [["", any], ...values.map((value) => [value, labels[value] ?? value])];
  return h(
      "label", null, label, " ",
      h("select", {"data-filter": name, onchange: (event) => setParam(name, event.target.value)},
        options.map(([value, title]) => h("option", {value}, title))));
}

function build(view) {
  if (view.page) {
    viewHolder.replaceChildren(view.page());
    return {view};
  }
  const status = h("p", {class: "status", role: "status"});
  const rows = new RowList({
    label: view.title,
    columns: view.columns,
    make: view.cells,
    keyOf: view.keyOf,
    select: (key, keep) => go({...current, key}, {replace: keep && current.key !== null, walking: keep}),
    tree: view.tree ? {toggle: (item) => toggle(item)} : null,
  });
  const detail = h("article", {id: "detail", tabindex: "-1", "aria-label": "Details"});
  const tools =
      h("div", {class: "filters"},
        view.filters.filter(([, , values]) => values.length > 0).map((filter) => filterBox(view, filter)),
        view.tree ?
            [
              h("button", {type: "button", onclick: () => toggleAll(true)}, "Open all"),
              h("button", {type: "button", onclick: () => toggleAll(false)}, "Close all")
            ] :
            "",
        status);
  viewHolder.replaceChildren(
      h("div", {class: "split"},
        h("div", {class: `side ${view.id}`}, tools, rows.element,
          view.note ? h("p", {class: "note faint"}, view.note) : ""),
        detail));
  return {view, rows, detail, status, tools};
}

function toggle(item) {
  closedImages.has(item.index) ? closedImages.delete(item.index) : closedImages.add(item.index);
  fill();
}

function toggleAll(open) {
  closedImages.clear();
  if (!open)
    for (let i = 0; i < imageCount; ++i)
      if (childrenOf[i].length > 0) closedImages.add(i);
  fill();
}

function fill() {
  const {rows, matches, total = shown.view.total} = shown.view.rows(words(), current.params);
  shown.rows.show(rows, current.key);
  shown.matches = matches;
  shown.status.textContent = matches === total ? `${number(matches)} in all` : `${number(matches)} of ${number(total)}`;
  return matches;
}

// A walk through the list by keyboard is not held up by details that are passed over.
let waiting = 0;
const showDetailSoon = () => {
  clearTimeout(waiting);
  waiting = setTimeout(showDetail, 40);
};

function showDetail() {
  clearTimeout(waiting);
  const position = current.key === null ? -1 : shown.view.find(current.key);
  const children = position < 0 ?
      [h("p", {class: "faint"},
         current.key === null ? "Nothing is selected." : `There is no '${current.key}' in this report.`)] :
      shown.view.detail(position);
  shown.detail.replaceChildren(...[children].flat(Infinity).filter(Boolean));
  shown.detail.scrollTop = 0;
}

// How many rows of each view match what is searched for.
function countTabs(known) {
  const query = words();
  for (const view of views) {
    const badgeOf = document.querySelector(`#views [data-view="${view.id}"] .count`);
    if (!badgeOf) continue;
    if (query.length === 0)
      badgeOf.textContent = number(view.total);
    else
      badgeOf.textContent =
          `${number(view.id === current.view && known !== null ? known : view.rows(query, {}).matches)}/${
              number(view.total)}`;
  }
}

let drawn = null;  // the address on the page

function render(walking = false) {
  if (location.hash === drawn) return;
  drawn = location.hash;
  const before = current;
  current = parse(location.hash);
  const view = views.find((v) => v.id === current.view);
  const fresh = shown === null || shown.view !== view;
  if (fresh) shown = build(view);
  const query = current.params.q ?? "";
  if (document.activeElement !== search) search.value = query;
  for (const tab of document.querySelectorAll("#views a")) {
    if (tab.dataset.view === view.id)
      tab.setAttribute("aria-current", "page");
    else
      tab.removeAttribute("aria-current");
    tab.href = route(tab.dataset.view, null, {q: query});
  }
  document.title = `${view.title}${current.key ? " " + current.key : ""} - envleak report`;
  let known = null;
  if (!view.page) {
    for (const select of shown.tools.querySelectorAll("select"))
      select.value = current.params[select.dataset.filter] ?? "";
    const position = current.key === null ? -1 : view.find(current.key);
    const moved = fresh || before.key !== current.key;
    const opened = moved && position >= 0 && view.open?.(position);
    const sameRows = !fresh && !opened && JSON.stringify(before.params) === JSON.stringify(current.params);
    if (sameRows)
      shown.rows.mark(current.key);
    else
      fill();
    known = shown.matches;
    // Something is always shown: the first row, until one is chosen.
    const first = current.key === null ? shown.rows.items.find((item) => !item.context) : undefined;
    if (first) {
      current.key = view.keyOf(first);
      drawn = route(current.view, current.key, current.params);
      history.replaceState(null, "", drawn);
      shown.rows.mark(current.key);
    }
    if (moved || first) walking ? showDetailSoon() : showDetail();
  }
  if (fresh || (before.params.q ?? "") !== query)
    countTabs(Object.keys(current.params).some((name) => name !== "q") ? null : known);
}

function setTheme(theme) {
  if (theme === "auto")
    delete document.documentElement.dataset.theme;
  else
    document.documentElement.dataset.theme = theme;
  const button = document.getElementById("theme");
  button.dataset.theme = theme;
  button.textContent = theme[0].toUpperCase() + theme.slice(1);
  button.setAttribute("aria-label", `Theme: ${theme}; press to change`);
}
const nextTheme = () =>
    setTheme({auto: "dark", dark: "light", light: "auto"}[document.getElementById("theme").dataset.theme]);

const keys = [
  ["/", "search all views"], ["Esc", "clear the search, close this"], [`1 to ${views.length}`, "go to a view"],
  ["↑ ↓ PgUp PgDn Home End", "move in the list"],
  ["→ ←", "open and close a process, go to its first child, to its parent"],
  ["Enter", "go to the details of the selected row"], ["l", "back to the list"],
  ["t", "light, dark, or as the system says"], ["?", "show this"]
];

const wordGroups = [
  ["Verdicts of spawn sites", [...verdictOrder, "unpredicted"]], ["How much of a process was seen", data.observations],
  ["Classes of variables", data.classes]
];

function showKeys() {
  const dialog = document.getElementById("keys");
  dialog.replaceChildren(
      h("h2", {id: "keys-title"}, "Keys and words"),
      h("dl", null, keys.map(([key, what]) => [h("dt", null, h("kbd", null, key)), h("dd", null, what)])),
      h("div", null,
        wordGroups.map(
            ([title, words]) =>
                [h("h3", null, title),
                 h("dl", null, words.map((word) => [h("dt", null, badge(word)), h("dd", null, meanings[word])]))])),
      h("form", {method: "dialog"}, h("button", {autofocus: true}, "Close")));
  dialog.showModal();
  dialog.scrollTop = 0;  // the button at its end has the focus
}

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || document.getElementById("keys").open) return;
  if (event.key === "Escape" && (current.params.q || document.activeElement === search)) {
    search.value = "";
    search.blur();
    setParam("q", "");
    return;
  }
  if (event.target === search) return;
  if (event.target.tagName === "SELECT" && !"/?".includes(event.key)) return;  // it goes to the choice that begins so
  if (event.key === "/")
    search.focus();
  else if (event.key === "?")
    showKeys();
  else if (event.key === "t")
    nextTheme();
  else if (event.key === "l" && shown.rows)
    shown.rows.element.focus();
  else if (/^[1-9]$/.test(event.key) && views[Number(event.key) - 1]) {
    go({view: views[Number(event.key) - 1].id, key: null, params: {q: current.params.q}});
    (shown.rows?.element ?? viewHolder).focus();
  } else
    return;
  event.preventDefault();
}

function start() {
  document.getElementById("views").append(...views.map(
      (view) =>
          h("a", {"data-view": view.id, href: route(view.id)}, view.title,
            view.total === undefined ? "" : [" ", h("span", {class: "count"})])));
  document.getElementById("top").hidden = false;
  setTheme("auto");
  document.getElementById("theme").addEventListener("click", nextTheme);
  document.getElementById("help").addEventListener("click", showKeys);
  search.addEventListener("input", () => setParam("q", search.value, {replace: true}));
  search.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "Enter") {
      // The summary has no list: on to the first that has what is searched for.
      const found = shown.view.page && views.find((view) => !view.page && view.rows(words(), {}).matches > 0);
      if (found) go({view: found.id, key: null, params: {q: current.params.q}});
      (shown.rows?.element ?? viewHolder).focus();
      event.preventDefault();
    }
  });
  addEventListener("popstate", () => render());
  addEventListener("keydown", onKey);
  addEventListener("beforeprint", () => shown.rows?.printing(true));
  addEventListener("afterprint", () => shown.rows?.printing(false));
  render();
  prepareSearch();
}
start();
