// The variables: where each came from, the way it went, who read it.
const readersOf = (variable) => variable.readers.map(
    ([program, kind, at, api, count, images]) =>
        ({program: text(program), kind: data.kinds[kind], place: at, api: text(api), count, images: list(images)}));

function originText(variable) {
  const origin = variable.origin;
  if (!origin) return counted(variable.origins, "origin");
  const where = atText(origin.place);
  const more = variable.origins > 1 ? `, and ${counted(variable.origins - 1, "more time")}` : "";
  return ({
           outside: "outside",
           write: `${origin.api || "written"}${where} in ${imageName(origin.image)}`,
           edge: `given to its child by ${imageName(origin.image)}${where}`,
           "unseen-write": `changed unseen in ${imageName(origin.image)}`,
           unknown: "not known",
         })[origin.kind] +
      more;
}

// Processes that received it.
const reached = (variable) => list(variable.carriers);
const readingImages = (variable) => new Set(readersOf(variable).flatMap((reader) => reader.images));

// Names that were asked for and that no process had.
const neverSet = (() => {
  const asked = new Map();
  const askedIn =
      perList((reads) => [...new Set(reads.filter((r) => !data.reads.set[r]).map((r) => data.reads.name[r]))]);
  for (let i = 0; i < imageCount; ++i)
    for (const name of askedIn(data.images.reads[i]))
      if (!variablesOfName.has(name)) asked.set(name, (asked.get(name) ?? 0) + 1);
  return asked;
})();

const variableItems = [
  ...data.variables.map((variable, index) => ({
                          index,
                          variable,
                          name: variable.name,
                          reached: reached(variable).length,
                          readers: readingImages(variable).size,
                          origin: originText(variable),
                          haystack: [
                            nameText(variable.name), originText(variable),
                            ...readersOf(variable).map((reader) => reader.program + " " + placeText(reader.place)),
                            ...variable.shadowed.map(([, file]) => file)
                          ].join("\n").toLowerCase()
                        })),
  ...[...neverSet].map(([name, count], i) => ({
                         index: data.variables.length + i,
                         variable: null,
                         name,
                         reached: 0,
                         readers: count,
                         origin: "never set",
                         haystack: (nameText(name) + "\nnever set").toLowerCase()
                       })),
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
  const tests = Object.entries({...defaults, ...chosen})
                    .filter(([name]) => Object.hasOwn(filters, name))
                    .map(([name, value]) => filters[name](value) ?? (() => true));
  const rows =
      items.filter((item) => tests.every((test) => test(item)) && words.every((word) => item.haystack.includes(word)));
  return {rows, matches: rows.length};
}

// How an edge treated the name, where the value did not simply cross.
const treatments = ["added", "changed", "crossed"];
const treatmentOf = (edge, name) => treatments.find((how) => list(data.edges[how][edge]).includes(name)) ?? "passed";

// The way of a value as a tree of processes; equal branches are told once, with their number.
function flowTree(variable) {
  const readers = new Map();
  for (const reader of readersOf(variable))
    for (const i of reader.images)
      if (readers.get(i) !== "read") readers.set(i, reader.kind === "read" ? "read" : "looked at");
  const carriers = new Set(list(variable.carriers));
  const path = new Set(list(variable.path));
  const below = new Map();    // parent -> carriers that got it from there
  const sources = new Set();  // where it began: a first process, or one that gave it to its children
  for (const index of carriers) {
    const edge = one(data.images.edge[index]);
    const parent = edge === null ? null : data.edges.parent[edge];
    if (parent === null)
      sources.add(index);
    else if (!path.has(edge) || !carriers.has(parent))
      sources.add(parent);
    if (parent !== null) below.has(parent) ? below.get(parent).push(index) : below.set(parent, [index]);
  }
  const seen = new Set();
  const line = (index, edge) =>
      [imageLink(index),
       readers.has(index) ? [" ", badge(readers.get(index) === "read" ? "read" : "looked", readers.get(index))] : "",
       edge === null ? "" :
                       faint(
                           path.has(edge) ? " by " : ` ${treatmentOf(edge, variable.name)} by `,
                           text(data.edges.api[edge]), atPlace(data.edges.place[edge]))];
  const branch = (parent) => {
    if (seen.has(parent) || !below.has(parent)) return [];
    seen.add(parent);
    const groups = groupBy(below.get(parent), (index) => below.has(index) ? `p${index}` : [
      programOf(index), data.edges.place[one(data.images.edge[index])], readers.get(index) ?? ""
    ].join("\n"));
    return limited(
        [...groups.values()],
        (same) => h(
            "li", null, line(same[0], one(data.images.edge[same[0]])),
            same.length > 1 ? faint(` and ${counted(same.length - 1, "more process", "more processes")} like it`) : "",
            branch(same[0])),
        {limit: 50, noun: "branches"});
  };
  const inner = (index) => carriers.has(index) && path.has(one(data.images.edge[index]) ?? -1);
  return h(
      "div", {class: "flow"},
      limited(
          [...sources].filter((index) => !inner(index)),
          (index) => h("li", null, line(index, null), carriers.has(index) ? "" : faint(" began it"), branch(index)),
          {limit: 50, noun: "beginnings"}));
}

function variableDetail(position) {
  const item = variableItems[position];
  const {variable, name} = item;
  const title =
      h("h2", null, code(nameText(name)), " ",
        nameClass(name) ? badge(nameClass(name), nameClass(name), meanings[nameClass(name)]) : "");
  if (variable === null)
    return [
      title, h("p", null, `${counted(item.readers, "process", "processes")} asked for it; no process had it.`),
      h("p", null, h("a", {href: route("processes", null, {q: nameText(name)})}, "Show these processes"))
    ];
  const origin = variable.origin;
  const throughFiles = data.laundered.filter(([of]) => of === name);
  const same = variablesOfName.get(name).filter((index) => index !== item.index);
  const readers = readersOf(variable).sort((a, b) => b.images.length - a.images.length);
  const ownRead = (index) =>
      list(data.images.reads[index]).some((read) => data.reads.name[read] === name && data.reads.own[read]);
  const full = reached(variable).every((index) => fullyObserved(index) && !ownRead(index));
  return [
    title,
    facts(
        [
          "Came from",
          origin ? [originText(variable), " "] :
                   `${counted(variable.origins, "origin")} (of an ambient name they are not told apart)`
        ],
        [origin?.kind === "outside" ? "First in" : "Begun by", origin ? imageLink(origin.image) : null],
        ["Received by", counted(item.reached, "process", "processes")],
        [
          "Other origins",
          same.length > 0 ?
              same.map((index) => [link("variables", String(index), originText(data.variables[index])), h("br")]) :
              null
        ]),
    origin && excerpt(origin.place),
    variable.shadowed.length > 0 ?
        section(
            "Files that give another value",
            table(
                ["Process", "File", "What counts"], variable.shadowed,
                ([index, file, line, dotenv]) =>
                    [imageLink(index), code(`${file}:${line}`),
                     dotenv ? "the inherited value: the process did not take the file's over" :
                              "not known: it asked for the inherited value too"],
                {noun: "files"})) :
        null,
    throughFiles.length > 0 ?
        section(
            "Through a file",
            h("p", null, "The value stands in a file that the reader opened, and not in the reader's environment."),
            table(
                ["Had it and wrote the file", "File", "Opened by"], throughFiles,
                ([, writer, reader, file, line]) => [imageLink(writer), code(`${file}:${line}`), imageLink(reader)],
                {noun: "files"})) :
        null,
    section(
        "Who read it",
        readers.length > 0 ?
            table(
                ["Program", "How", "Where", "Processes", "Times"], readers,
                (reader) =>
                    [reader.images.length === 1 ?
                         imageLink(reader.images[0]) :
                         [
                           baseName(reader.program), faint(", first "),
                           link("processes", imageId(reader.images[0]), imageId(reader.images[0]))
                         ],
                     reader.kind === "read" ? "read" : "looked at", placeNode(reader.place),
                     number(reader.images.length), number(reader.count)],
                {noun: "readers"}) :
            h("p", null,
              full ? "No process that received it read it: all were fully observed." :
                     "No read was seen, which says little: it is not known of all that received it what they read.")),
    excerptsOf(readers.map((reader) => reader.place)),
    section("The way it went", flowTree(variable)),
  ];
}

const variablesView = {
  id: "variables",
  title: "Variables",
  total: data.variables.length,
  columns: ["Variable", "Class", "Came from", "Received", "Read"],
  note: "Received and read: in how many processes.",
  filters: [
    ["class", "Class", ["secret", "setting", "ambient"]],
    [
      "with", "Only those", ["read", "shadowed", "written"],
      {read: "that were read", shadowed: "that beat a file", written: "written by a program"}
    ],
    ["ambient", "Ambient", ["show"], {show: "shown"}, "hidden"],
    ["unset", "Never set", ["show"], {show: "shown"}, "hidden"],
  ],
  rows: (words, chosen) => ({
    ...filterItems(
        variableItems, variableFilters, words, chosen,
        {...(chosen.class === "ambient" ? {} : {ambient: "hide"}), unset: "hide"}),
    total: chosen.unset === "show" ? variableItems.length : data.variables.length,
  }),
  cells: (item) =>
      [{content: code(nameText(item.name))}, {content: nameClass(item.name) ? badge(nameClass(item.name)) : ""},
       {class: "optional", content: item.origin}, {class: "number", content: number(item.reached)},
       {class: "number", content: number(item.readers)}],
  keyOf: (item) => String(item.index),
  find: (key) => variableItems.findIndex((item) => String(item.index) === key),
  detail: variableDetail,
};
