// The variables: where each came from, the way it went, who read it.
const readersOf = (variable) => variable.readers.map(([program, kind, at, api, count, images]) => ({
  program: text(program), kind: data.kinds[kind], place: at, api: text(api), count, images: list(images) }));

function originText(variable) {
  const origin = variable.origin;
  if (!origin) return counted(variable.origins, "origin");
  const where = placeText(origin.place);
  const more = variable.origins > 1 ? `, and ${counted(variable.origins - 1, "more time")}` : "";
  return ({
    outside: "outside",
    write: `${origin.api || "written"}${where ? " at " + where : ""} in ${imageName(origin.image)}`,
    edge: `given to the child${where ? " at " + where : ""} by ${imageName(origin.image)}`,
    "unseen-write": `changed unseen in ${imageName(origin.image)}`,
    unknown: "not known",
  })[origin.kind] + more;
}

// Processes that received it: the far ends of its path, and the first where it came from outside.
function reached(variable) {
  const images = new Set();
  for (const edge of list(variable.path)) {
    const child = one(data.edges.child[edge]);
    if (child !== null) images.add(child);
  }
  if (variable.origin?.kind === "outside") images.add(variable.origin.image);
  return images;
}
const readingImages = (variable) => new Set(readersOf(variable).flatMap((reader) => reader.images));

// Names that were asked for and that no process had.
const neverSet = (() => {
  const asked = new Map();
  const askedIn = perList((reads) => [...new Set(reads.filter((r) => !data.reads.set[r]).map((r) => data.reads.name[r]))]);
  for (let i = 0; i < imageCount; ++i)
    for (const name of askedIn(data.images.reads[i]))
      if (!variablesOfName.has(name)) asked.set(name, (asked.get(name) ?? 0) + 1);
  return asked;
})();

const variableItems = [
  ...data.variables.map((variable, index) => ({
    index, variable, name: variable.name, reached: reached(variable).size, readers: readingImages(variable).size,
    origin: originText(variable), haystack: [nameText(variable.name), originText(variable),
      ...readersOf(variable).map((reader) => reader.program + " " + placeText(reader.place)),
      ...variable.shadowed.map(([, file]) => file)].join("\n").toLowerCase() })),
  ...[...neverSet].map(([name, count], i) => ({
    index: data.variables.length + i, variable: null, name, reached: 0, readers: count, origin: "never set",
    haystack: (nameText(name) + "\nnever set").toLowerCase() })),
].sort((a, b) => (a.variable === null) - (b.variable === null) || byImportance(a.name, b.name) || a.index - b.index);

const variableFilters = {
  class: (value) => (item) => nameClass(item.name) === value,
  with: (value) => ({
    read: (item) => item.variable !== null && item.readers > 0,
    shadowed: (item) => item.variable?.shadowed.length > 0,
    written: (item) => item.variable?.origin?.kind === "write" || item.variable?.origin?.kind === "edge",
  })[value],
  ambient: (value) => (item) => value === "show" || !isAmbient(item.name),
  unset: (value) => (item) => value === "show" || item.variable !== null,
};

function filterItems(items, filters, words, chosen, defaults = {}) {
  const tests = Object.entries({ ...defaults, ...chosen }).filter(([name]) => filters[name])
    .map(([name, value]) => filters[name](value) ?? (() => true));
  const rows = items.filter((item) => tests.every((test) => test(item)) && words.every((word) => item.haystack.includes(word)));
  return { rows, matches: rows.length };
}

// The way of a value as a tree of processes; equal branches are told once, with their number.
function flowTree(variable) {
  const readers = new Map();
  for (const reader of readersOf(variable))
    for (const i of reader.images) readers.set(i, readers.get(i) === "read" ? "read" : reader.kind === "read" ? "read" : "looked at");
  const children = groupBy(list(variable.path), (edge) => data.edges.parent[edge]);
  const ends = new Set(list(variable.path).map((edge) => one(data.edges.child[edge])));
  const node = (index, edge) => h("li", null, imageLink(index),
    readers.has(index) ? [" ", badge(readers.get(index) === "read" ? "read" : "looked", readers.get(index))] : "",
    edge !== null ? faint(" by ", text(data.edges.api[edge]), placeText(data.edges.place[edge]) ? ` at ${placeText(data.edges.place[edge])}` : "") : "");
  const branch = (edges) => {
    const groups = groupBy(edges, (edge) => {
      const child = one(data.edges.child[edge]);
      const leaf = child === null || !children.has(child);
      return leaf ? `${child === null ? "" : programOf(child)}\n${data.edges.place[edge]}\n${readers.get(child) ?? ""}` : `e${edge}`;
    });
    return limited([...groups.values()], (same) => {
      const child = one(data.edges.child[same[0]]);
      if (child === null) return h("li", null, code(text(data.edges.program[same[0]])), faint(" left no trace"));
      const item = node(child, same[0]);
      if (same.length > 1) item.append(faint(` and ${counted(same.length - 1, "more process", "more processes")} like it`));
      if (children.has(child)) item.append(...branch(children.get(child)).filter(Boolean));
      return item;
    }, { limit: 50, noun: "branches" });
  };
  const starts = [...children.keys()].filter((index) => !ends.has(index));
  return h("div", { class: "flow" }, limited(starts, (index) => {
    const item = node(index, null);
    item.append(...branch(children.get(index)));
    return item;
  }, { limit: 50, noun: "branches" }));
}

function variableDetail(position) {
  const item = variableItems[position];
  const { variable, name } = item;
  const title = h("h2", null, code(nameText(name)), " ", nameClass(name) ? badge(nameClass(name), nameClass(name), meanings[nameClass(name)]) : "");
  if (variable === null)
    return [title, h("p", null, `${counted(item.readers, "process", "processes")} asked for it; no process had it.`),
      h("p", null, h("a", { href: route("processes", null, { q: nameText(name) }) }, "Show these processes"))];
  const origin = variable.origin;
  const same = variablesOfName.get(name).filter((index) => index !== item.index);
  const readers = readersOf(variable);
  const ownRead = (index) => list(data.images.reads[index]).some((read) => data.reads.name[read] === name && data.reads.own[read]);
  const full = [...reached(variable)].every((index) => fullyObserved(index) && !ownRead(index));
  return [
    title,
    facts(["Came from", origin ? [originText(variable), " "] : `${counted(variable.origins, "origin")} (of an ambient name they are not told apart)`],
      ["First in", origin ? imageLink(origin.image) : null],
      ["Received by", counted(item.reached, "process", "processes")],
      ["Other origins", same.length > 0 ? same.map((index) => [link("variables", String(index), originText(data.variables[index])), h("br")]) : null]),
    origin && excerpt(origin.place),
    variable.shadowed.length > 0 ? section("Files it beats",
      h("p", null, "The inherited value was kept although the process opened a file that gives another one."),
      table(["Process", "File"], variable.shadowed, ([index, file, line]) => [imageLink(index), code(`${file}:${line}`)], { noun: "files" })) : null,
    section("Who read it", readers.length > 0 ?
      table(["Program", "How", "Where", "Processes", "Times"], readers, (reader) => [
        reader.images.length === 1 ? imageLink(reader.images[0]) :
          [baseName(reader.program), faint(" first "), imageLink(reader.images[0])],
        reader.kind === "read" ? "read" : "looked at", placeNode(reader.place), String(reader.images.length), String(reader.count)],
        { noun: "readers" }) :
      h("p", null, full ? "No process that received it read it: all were fully observed." :
        "No read was seen, which says little: it is not known of all that received it what they read.")),
    ...readers.slice(0, 3).map((reader) => excerpt(reader.place)),
    list(variable.path).length > 0 ? section("The way it went", flowTree(variable)) :
      h("p", { class: "faint" }, "It crossed to no other process."),
  ];
}

const variablesView = {
  id: "variables", title: "Variables", total: data.variables.length,
  columns: ["Variable", "Class", "Came from", "Received", "Read"],
  note: "Received and read: in how many processes.",
  filters: [
    ["class", "Class", ["secret", "setting", "ambient"]],
    ["with", "Only those", ["read", "shadowed", "written"],
      { read: "that were read", shadowed: "that beat a file", written: "written by a program" }],
    ["ambient", "Ambient", ["show"], { show: "shown" }, "hidden"],
    ["unset", "Never set", ["show"], { show: "shown" }, "hidden"],
  ],
  rows: (words, chosen) => filterItems(variableItems, variableFilters, words, chosen,
    { ...(chosen.class === "ambient" ? {} : { ambient: "hide" }), unset: "hide" }),
  cells: (item) => [
    { content: code(nameText(item.name)) },
    { content: nameClass(item.name) ? badge(nameClass(item.name)) : "" },
    { class: "optional", content: item.origin },
    { class: "number", content: String(item.reached) },
    { class: "number", content: String(item.readers) }],
  keyOf: (item) => String(item.index),
  find: (key) => variableItems.findIndex((item) => String(item.index) === key),
  detail: variableDetail,
};
