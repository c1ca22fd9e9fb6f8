// The process tree, and what is known of one process.
const closedImages = new Set();

const haystacks = new Map();
function imageText(index) {
  if (!haystacks.has(index))
    haystacks.set(index, [
      imageId(index), text(data.images.program[index]), texts(data.images.argv[index]).join(" "),
      `pid ${data.images.pid[index]}`, text(data.images.end[index])
    ].join("\n").toLowerCase());
  return haystacks.get(index);
}

// The first letter of a search need not wait for the texts of ten thousand processes.
function prepareSearch(from = 0) {
  const end = Math.min(imageCount, from + 500);
  for (let i = from; i < end; ++i) imageText(i);
  if (end < imageCount) setTimeout(prepareSearch, 0, end);
}

// A process matches a word if its own text does, or a variable that it received, wrote or asked for.
function imageMatcher(words) {
  const tests = words.map((word) => {
    const names = data.names.text.map((index) => text(index).toLowerCase().includes(word));
    if (!names.includes(true)) return (index) => imageText(index).includes(word);
    const inNames = perList((of) => of.some((name) => names[name]));
    const inReads = perList((of) => of.some((read) => names[data.reads.name[read]]));
    const inWrites = perList((of) => of.some((write) => names[data.writes.name[write]]));
    return (index) => {
      const edge = one(data.images.edge[index]);
      return imageText(index).includes(word) || inReads(data.images.reads[index]) ||
          inWrites(data.images.writes[index]) || inNames(data.images.received[index]) ||
          (edge !== null && ["crossed", "added", "changed", "removed"].some((key) => inNames(data.edges[key][edge])));
    };
  });
  return (index) => tests.every((test) => test(index));
}

const processFilters = {
  observation: (value) => (index) => data.observations[data.images.observation[index]] === value,
  with: (value) => ({
                     "secret": (index) => receivedSecret(index),
                     "reads": (index) => readNames(data.images.reads[index]).size > 0,
                     "finding": (index) => findingsOfImage.has(index),
                     "failed": (index) => data.images.failed[index] === 1,
                     "writes": (index) => list(data.images.writes[index]).length > 0,
                   })[value] ??
      (() => true),
  run: (value) => (index) => data.images.run[index] === Number(value) - 1,
};

function receivedSecret(index) {
  const edge = one(data.images.edge[index]);
  return hasSecret(data.images.received[index]) ||
      (edge !== null && ["crossed", "added", "changed"].some((key) => hasSecret(data.edges[key][edge])));
}

// Rows in the order of the tree. With a search or filter, matches and the way to them.
function processRows(words, filters) {
  const tests = Object.entries(filters)
                    .filter(([name]) => Object.hasOwn(processFilters, name))
                    .map(([name, value]) => processFilters[name](value));
  if (words.length > 0) tests.push(imageMatcher(words));
  const narrowed = tests.length > 0;
  const state = new Uint8Array(imageCount);  // 1: on the way to a match, 2: a match
  let matches = 0;
  if (narrowed)
    for (let i = 0; i < imageCount; ++i) {
      if (!tests.every((test) => test(i))) continue;
      state[i] = 2;
      ++matches;
      for (let up = one(data.images.parent[i]); up !== null && state[up] === 0; up = one(data.images.parent[up]))
        state[up] = 1;
    }
  const rows = [];
  const stack = rootImages.map((index) => [index, 0]).reverse();
  while (stack.length > 0) {
    const [index, level] = stack.pop();
    if (narrowed && state[index] === 0) continue;
    const open = !closedImages.has(index);
    rows.push({index, level, parent: childrenOf[index].length > 0, open, context: narrowed && state[index] === 1});
    if (open)
      for (let i = childrenOf[index].length - 1; i >= 0; --i) stack.push([childrenOf[index][i], level + 1]);
  }
  return {rows, matches: narrowed ? matches : imageCount};
}

function processCells({index, parent, open}) {
  const of = image(index);
  const crossed = receivedCount(index);
  return [
    {
      class: "tree",
      content: [
        h("span", {class: parent ? "twisty" : "twisty leaf", "aria-hidden": "true"}, parent ? (open ? "▾" : "▸") : ""),
        h("span", {class: "id"}, of.id), " ", h("b", null, baseName(of.program)), " ", faint(of.argv.slice(1).join(" "))
      ]
    },
    {class: "optional", content: of.failed ? badge("failed", of.end) : faint(of.end)},
    {content: of.observation === "full" ? "" : badge(of.observation, of.observation, meanings[of.observation])},
    {class: "number", content: crossed === null ? (of.edge === null ? "" : faint("?")) : String(crossed)},
    {class: "number", content: String(readNames(data.images.reads[index]).size)},
  ];
}

// What this process is known to have done with a variable it received. Unread is only said where all was seen.
function readingOf(index, reads, name, how) {
  let own = false;
  let looked = false;
  for (const read of reads.get(name) ?? []) {
    if (!isSetRead(read)) continue;
    if (data.reads.own[read])
      own = true;
    else if (readKind(read) === "read")
      return badge(how === "crossed" && !isAmbient(name) ? "read" : "setting", "read");
    else
      looked = true;
  }
  if (looked) return badge("looked", "looked at", "the value was looked at; by what code is not known");
  if (own) return badge("open", "not known", "read after the process had written it itself");
  if (fullyObserved(index))
    return badge("unread", "not read", "this process was fully observed and did not ask for it");
  return badge(
      "open", "not known",
      data.runs[data.images.run[index]].lossy ? "the trace lost events" : meanings[image(index).observation]);
}

// One table for what an edge did to the environment; ambient names are behind a switch.
function receivedTable(index, groups) {
  const rows =
      groups.flatMap(([how, names, passed]) => [...names].sort(byImportance).map((name) => ({how, name, passed})));
  const ambient = rows.filter((row) => isAmbient(row.name));
  const reads = groupBy(list(data.images.reads[index]), (read) => data.reads.name[read]);
  const build = (shown) => shown.length === 0 ?
      h("p", {class: "faint"}, "None but ambient variables.") :
      table(
          ["Variable", "Class", "On the way", "In this process"], shown,
          ({how, name, passed}) =>
              [variableLink(name).slice(0, 1),
               nameClass(name) ? badge(nameClass(name), nameClass(name), meanings[nameClass(name)]) : "", how,
               passed ? readingOf(index, reads, name, how) : ""],
          {noun: "variables"});
  const holder = h("div", null, build(rows.filter((row) => !isAmbient(row.name))));
  if (ambient.length === 0) return holder;
  const toggle =
      h("label", {class: "check"}, h("input", {
          type: "checkbox",
          onchange: (event) => holder.replaceChildren(
              ...[build(event.target.checked ? rows : rows.filter((row) => !isAmbient(row.name)))].flat())
        }),
        ` with ${counted(ambient.length, "ambient variable")}`);
  return [toggle, holder];
}

function startedBy(index) {
  const edge = one(data.images.edge[index]);
  const parent = one(data.images.parent[index]);
  if (edge === null) {
    const names = list(data.images.received[index]);
    return section(
        "What it received",
        h("p", null,
          parent === null ? "The first process of the run: its environment came from outside." :
                            ["Its parent is ", imageLink(parent), "; the call that started it was not seen."]),
        names.length === 0 ? h("p", {class: "faint"}, "What it received is not known.") :
                             receivedTable(index, [[parent === null ? "from outside" : "received", names, true]]));
  }
  const sites = list(data.edges.sites[edge]);
  const wrappers = list(data.edges.wrappers[edge]);
  const known = data.edges.compared[edge] === 1;
  return section(
      "Who passed it what",
      h("p", null, "Started by ", imageLink(parent), " with ", code(text(data.edges.api[edge])),
        atPlace(data.edges.place[edge]), "."),
      sites.length > 0 ?
          h("p", null, sites.length > 1 ? "One of the sites " : "Site ",
            sites.map((s, i) => [i ? ", " : "", siteLink(s)]),
            wrappers.length > 0 ? [", reached through ", wrappers.map((s, i) => [i ? ", " : "", siteLink(s)])] : "") :
          data.scanned ?
          h("p", null, data.joins[data.edges.join[edge]] === "unpredicted" ? [badge("unpredicted"), " "] : "",
            joinText[data.joins[data.edges.join[edge]]]) :
          null,
      excerpt(data.edges.place[edge]),
      !known ?
          [
            h("p", null, "What crossed is not known: the two environments could not be compared."),
            list(data.images.received[index]).length > 0 ?
                receivedTable(index, [["received", list(data.images.received[index]), true]]) :
                ""
          ] :
          receivedTable(index, [
            ["crossed", list(data.edges.crossed[edge]), true], ["changed", list(data.edges.changed[edge]), true],
            ["added", list(data.edges.added[edge]), true], ["removed", list(data.edges.removed[edge]), false]
          ]));
}

const joinText = {
  site: "",
  ambiguous: "Several sites may have made this spawn.",
  unpredicted: "The spawn comes from the scanned sources, but no site explains it.",
  outside: "The call is not in the scanned sources.",
  unlocated:
      "The program that called has no debug information: whether the call is in the scanned sources is not known.",
};

function readsSection(index) {
  const reads =
      [...list(data.images.reads[index])].sort((a, b) => byImportance(data.reads.name[a], data.reads.name[b]));
  const unset = reads.filter((read) => readKind(read) === "read" && !data.reads.set[read]);
  const rest = reads.filter((read) => !unset.includes(read));
  const where = (read) => [placeNode(data.reads.place[read]), number(data.reads.count[read])];
  const how = (read) => readKind(read) === "imported" ? "copied with the whole environment" :
      readKind(read) === "touched"                    ? "looked at" :
                                                        [
                                       "read by ", code(text(data.reads.api[read]) || "?"),
                                       data.reads.own[read] ? faint(", after the process wrote it") : ""
                                     ];
  return section(
      "What it read",
      rest.length === 0 ?
          h("p", {class: "faint"}, fullyObserved(index) ? "No variable that was set." : "Nothing that was seen.") :
          table(
              ["Variable", "How", "Where", "Times"], rest,
              (read) => [variableLink(data.reads.name[read]), how(read), ...where(read)], {noun: "reads"}),
      unset.length === 0 ?
          null :
          h("details", null,
            h("summary", null,
              `Asked for ${counted(new Set(unset.map((read) => data.reads.name[read])).size, "name")} that ${
                  unset.length === 1 ? "was" : "were"} not set`),
            table(
                ["Variable", "Where", "Times"], unset, (read) => [variableLink(data.reads.name[read]), ...where(read)],
                {noun: "reads"})));
}

function writesSection(index) {
  const writes = list(data.images.writes[index]);
  if (writes.length === 0) return null;
  return section(
      "What it wrote into its environment",
      table(
          ["Variable", "How", "Where"], writes,
          (write) =>
              [text(data.names.text[data.writes.name[write]]) ? variableLink(data.writes.name[write]) :
                                                                faint("all of them"),
               [text(data.writes.kind[write]), " by ", code(text(data.writes.api[write]))],
               placeNode(data.writes.place[write])],
          {noun: "writes"}));
}

function childrenSection(index) {
  const edges = edgesOf[index];
  if (edges.length === 0) return null;
  return section(
      "What it started", table(["Process", "Call", "Crossed"], edges, (edge) => {
        const child = one(data.edges.child[edge]);
        const failed = text(data.edges.error[edge]);
        return [
          child !== null ?
              imageLink(child) :
              [code(text(data.edges.program[edge])), " ", failed ? badge("failed", failed) : faint("left no trace")],
          [code(text(data.edges.api[edge])), atPlace(data.edges.place[edge])],
          failed                        ? "" :
              data.edges.compared[edge] ? counted(notAmbient(data.edges.crossed[edge]), "variable") :
                                          faint("not known")
        ];
      }, {noun: "spawns"}));
}

function processDetail(index) {
  const of = image(index);
  const findings = findingsOfImage.get(index) ?? [];
  return [
    h("h2", null, imageName(index)),
    facts(
        ["Program", code(of.program)], ["Arguments", of.argv.length > 0 ? code(of.argv.join(" ")) : null],
        ["Process", `pid ${of.pid}, ${of.end}`],
        ["Run", data.runs.length > 1 ? `${of.run + 1} of ${data.runs.length}` : null],
        ["Observed", [badge(of.observation, of.observation), " ", meanings[of.observation]]],
        [
          "Because",
          of.observation !== "full" && of.reasons.length > 0 ? of.reasons.map((reason) => h("div", null, reason)) : null
        ]),
    findings.length > 0 ? section("Findings", findings.map(findingLine)) : null,
    startedBy(index),
    readsSection(index),
    writesSection(index),
    childrenSection(index),
  ];
}

const processesView = {
  id: "processes",
  title: "Processes",
  total: imageCount,
  columns: ["Process", "End", "Observed", "Crossed", "Read"],
  note: "How many variables that are not ambient crossed, and how many were read or looked at.",
  filters: [
    ["observation", "Observed", ["full", "imports", "partial", "blind"]],
    [
      "with", "Only", ["secret", "reads", "writes", "finding", "failed"], {
        secret: "that received a secret",
        reads: "that read a variable",
        writes: "that wrote a variable",
        finding: "with a finding",
        failed: "that failed"
      }
    ],
    ...(data.runs.length > 1 ? [["run", "Run", data.runs.map((_, i) => String(i + 1))]] : []),
  ],
  tree: true,
  rows: processRows,
  cells: processCells,
  keyOf: (row) => imageId(row.index),
  find: (key) => data.images.id.findIndex((id) => text(id) === key),
  detail: processDetail,
  // Opens the way to a process; was it closed?
  open(index) {
    let opened = false;
    for (let up = one(data.images.parent[index]); up !== null; up = one(data.images.parent[up]))
      opened = closedImages.delete(up) || opened;
    return opened;
  },
};
