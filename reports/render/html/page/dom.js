// Building the page. Texts of the data are only ever set as text.
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on"))
      element.addEventListener(name.slice(2), value);
    else
      element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const link = (view, key, ...children) => h("a", {href: route(view, key)}, children);
const badge = (kind, label = kind, title = null) => h("span", {class: `badge ${kind}`, title}, label);
const code = (content) => h("code", null, content);
const faint = (...content) => h("span", {class: "faint"}, content);

const meanings = {
  full: "every read of this process was seen",
  imports: "the process copied its whole environment: what it did with the copy is not seen",
  partial: "some reads of this process were perhaps not seen",
  blind: "the probe was not in this process",
  confirmed: "variables crossed and a child read them",
  latent: "variables crossed, the children were fully observed, none was read in these runs",
  undecided: "copied environments or blind spots prevent a verdict",
  unexercised: "never executed in the given runs",
  contained: "does not hand the environment on, and the runs agree",
  contradicted: "the source and the runs say different things",
  unpredicted: "a spawn from the scanned sources that no site explains",
  ambient: "expected in every process: not judged",
  secret: "by the name's pattern or the value's shape",
  setting: "neither ambient nor a secret",
};
const verdictOrder = ["contradicted", "confirmed", "undecided", "latent", "unexercised", "contained"];

const imageLink = (index) => h("a", {class: "process", href: route("processes", imageId(index))}, imageName(index));
const siteLink = (index) => link("sites", data.sites[index].id, code(siteName(data.sites[index])));
const variableLink = (name) => {
  const known = variablesOfName.get(name);
  const label = code(nameText(name));
  return [
    known ? link("variables", String(known[0]), label) : label,
    isSecret(name) ? [" ", badge("secret", "secret", meanings.secret)] : "",
  ];
};
function placeNode(index) {
  if (!placeText(index)) return faint("place not known");
  return h("code", {title: place(index).func.length > shortFunction ? place(index).func : null}, placeText(index));
}

const atPlace = (index) => (placeText(index) ? [atText(index).slice(0, 4), placeNode(index)] : "");

function section(title, ...children) {
  return h("section", null, h("h3", null, title), children);
}

function facts(...pairs) {
  const known = pairs.filter(([, value]) => value !== null && value !== "");
  return h("dl", {class: "facts"}, known.map(([name, value]) => [h("dt", null, name), h("dd", null, value)]));
}

// The first `limit` of many items, and a button for the rest: nothing is left out without saying so.
function limited(items, make, {limit = 100, tag = "ul", noun = "more"} = {}) {
  const container = h(tag, {class: tag === "ul" ? "plain" : null});
  let shown = 0;
  const more = h("button", {type: "button", class: "more", onclick: () => show(limit * 10)});
  function show(count) {
    const end = Math.min(items.length, shown + count);
    const fragment = document.createDocumentFragment();
    for (; shown < end; ++shown) fragment.append(make(items[shown]));
    container.append(fragment);
    more.hidden = shown === items.length;
    const next = Math.min(limit * 10, items.length - shown);
    more.textContent = `Show ${number(next)} of ${number(items.length - shown)} ${noun}`;
  }
  show(limit);
  return [container, more];
}

function table(titles, rows, make, options = {}) {
  const [body, more] = limited(rows, (row) => h("tr", null, make(row).map((cell) => h("td", null, cell))), {
    ...options,
    tag: "tbody",
  });
  return [
    h("div", {class: "scroll"},
      h("table", null, h("thead", null, h("tr", null, titles.map((title) => h("th", {scope: "col"}, title)))), body)),
    more,
  ];
}

// The sources around a few places, each once.
const excerptsOf =
    (indexes) => [...new Map(indexes.map((index) => [`${place(index).file}:${place(index).line}`, index])).values()]
                     .slice(0, 3)
                     .map((index) => excerpt(index));

// Lines of the source around a place; the place's own is marked.
function excerpt(index, endLine = 0) {
  const at = place(index);
  const lines = excerpts.get(at.file);
  if (!lines || !lines.has(at.line)) return null;
  const last = Math.max(at.line, Math.min(endLine, at.line + 20));
  const rows = [];
  for (let n = at.line - 3; n <= last + 3; ++n) {
    if (!lines.has(n)) continue;
    const here = n >= at.line && n <= last;
    rows.push(
        h("span", {class: here ? "line here" : "line"}, h("span", {class: "number", "aria-hidden": "true"}, String(n)),
          lines.get(n) + "\n"));
  }
  return h(
      "pre", {class: "excerpt", tabindex: "0", "aria-label": `${at.file}, line ${at.line}`}, h("span", null, rows));
}
