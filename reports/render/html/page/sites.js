// The spawn sites: what the source says, what the runs showed.
const siteItems = data.sites
                      .map((site, index) => ({
                             index,
                             site,
                             haystack: [
                               site.id, site.callee, placeText(site.place), site.environment, site.verdict ?? "",
                               site.reason, site.program ?? "", site.rule, ...(site.why ?? []),
                               ...(site.crossed ?? []).map(([name]) => nameText(name)),
                               ...site.path.map(([at, note]) => `${placeText(at)} ${note}`)
                             ].join("\n").toLowerCase(),
                           }))
                      .sort(
                          (a, b) => verdictOrder.indexOf(a.site.verdict) - verdictOrder.indexOf(b.site.verdict) ||
                              (a.site.rule === "") - (b.site.rule === "") || a.index - b.index);

const siteFilters = {
  verdict: (value) => (item) => item.site.verdict === value,
  environment: (value) => (item) => item.site.environment === value,
  kind: (value) => (item) => item.site.kind === value,
  with: (value) => ({
    finding: (item) => findingsOfSite.has(item.index),
    crossed: (item) => (item.site.crossed ?? []).some(([name]) => !isAmbient(name)),
    suppressed: (item) => item.site.suppressed,
  })[value],
};

const environmentText = {
  inherited: "everything: the call names no environment",
  forwarded: "everything: the process's own environment is passed on",
  extended: "everything, plus or minus some names",
  filtered: "an allow-list of names",
  explicit: "what the call builds, nothing of the parent's",
  empty: "nothing",
  "from-caller": "what a parameter says: see the callers",
  unknown: "not decided",
};
const readingText = {
  read: "read",
  "looked-at": "looked at, by what code is not known",
  unread: "not read: every process that received it was fully observed",
  undecided: "perhaps read: not all processes were fully observed",
  allowed: "allowed by the policy, not judged",
  "not-judged": "ambient, not judged",
};
const readingBadge = {
  read: "read",
  "looked-at": "looked",
  unread: "unread",
  undecided: "open",
  allowed: "allowed",
  "not-judged": "ambient"
};

function namesOf(names, open) {
  return [
    names.map((name, i) => [i ? ", " : "", code(name)]),
    open ? [names.length ? ", " : "", "and names that are not constants"] : ""
  ];
}

// Those that were executed come first.
function callersSection(site, limit) {
  const callers = [...list(site.callers)];
  const spawned = (other) => list(data.sites[other].edges ?? 0).length;
  if (callers.length === 0) return null;
  return section(
      "Reached from",
      limited(
          callers.sort((a, b) => spawned(b) - spawned(a) || a - b),
          (other) =>
              h("li", null, siteLink(other), " in ", code(called(siteAt(data.sites[other]).func)),
                spawned(other) > 0 ? faint(` (${counted(spawned(other), "spawn")})`) : ""),
          {noun: "callers", limit}));
}

function siteDetail(position) {
  const {site, index} = siteItems[position];
  const findings = findingsOfSite.get(index) ?? [];
  const edges = site.edges === undefined ? [] : list(site.edges);
  const failed = site.failed === undefined ? [] : list(site.failed);
  const crossed = (site.crossed ?? []).filter(([name]) => !isAmbient(name));
  const ambient = (site.crossed ?? []).length - crossed.length;
  const decided = list(site.decided_at).filter((other) => other !== index);
  const spawns = list(site.spawns);
  const unobserved = site.unobserved === undefined ? [] : list(site.unobserved);
  return [
    h("h2", null, code(site.callee), " ", site.verdict ? badge(site.verdict) : badge("open", site.environment)),
    facts(
        ["At", placeNode(site.place)],
        [
          "Kind", {
            direct: "direct: a call that starts a program",
            indirect: "indirect: through a function pointer",
            wrapper: "wrapper: a function of the project that ends in a spawn"
          }[site.kind]
        ],
        ["The child gets", [badge("open", site.environment), " ", environmentText[site.environment]]],
        ["Because", site.reason], ["Sets", site.set.length ? namesOf(site.set, site.open) : null],
        ["Takes away", site.unset.length ? namesOf(site.unset, site.open) : null],
        ["Keeps only", site.kept.length ? namesOf(site.kept, site.open) : null],
        ["Starts", site.program ? code(site.program) : null],
        [
          "Verdict",
          site.verdict ?
              [
                badge(site.verdict, site.verdict, meanings[site.verdict]), " ",
                site.why.length > 0 ? site.why.map((clause, i) => (i > 0 ? h("div", null, clause) : clause)) :
                                      meanings[site.verdict]
              ] :
              data.runs.length === 0 ? "none: no run was given" :
                                       null
        ],
        ["Accepted", site.suppressed ? site.suppression || "without a reason" : null],
        ["Decided at", decided.length ? decided.map((other) => siteLink(other)) : null]),
    excerpt(site.place, site.end_line) ??
        h("p", {class: "faint"}, "The source was not at hand when this report was written."),
    findings.length > 0 ? section("Findings", findings.map(findingLine)) : null,
    site.path.length > 0 ?
        section(
            "The way to the spawn",
            h("ol", {class: "plain"},
              site.path.map(([at, note]) => h("li", null, placeNode(at), ": ", note, excerpt(at))))) :
        null,
    spawns.length > 0 ? section("Ends in", limited(spawns, (other) => h("li", null, siteLink(other)))) : null,
    callersSection(site, 100),
    crossed.length > 0 || ambient > 0 ?
        section(
            "What crossed",
            crossed.length > 0 ?
                table(
                    ["Variable", "In the children"], crossed,
                    ([name, reading]) => [variableLink(name), [badge(readingBadge[reading], readingText[reading])]],
                    {noun: "variables"}) :
                "",
            ambient > 0 ?
                h("p", {class: "faint"}, `${crossed.length ? "And " : ""}${counted(ambient, "ambient variable")}.`) :
                "") :
        null,
    (site.read ?? []).length > 0 ?
        section(
            "Who read it",
            table(
                ["Variable", "Process", "Where", "Times"], site.read,
                ([name, by, at, kind, processes, count]) =>
                    [variableLink(name),
                     [
                       imageLink(by),
                       processes > 1 ? faint(` and ${counted(processes - 1, "more process", "more processes")} of it`) :
                                       ""
                     ],
                     [kind === "touched" ? "looked at: " : "", placeNode(at)], String(count)],
                {noun: "reads"})) :
        null,
    unobserved.length > 0 ?
        section(
            "Keeps the verdict open",
            limited(
                unobserved,
                (other) => {
                  const of = image(other);
                  return h("li", null, imageLink(other), " ", badge(of.observation), " ", of.reasons.join("; "));
                },
                {noun: "processes"})) :
        null,
    edges.length + failed.length > 0 ?
        section(
            "Spawns made here",
            site.ambiguous ? h("p", {class: "faint"}, "Some of these may be those of another call on the same line.") :
                             "",
            limited(
                [...edges, ...failed],
                (edge) => {
                  const child = one(data.edges.child[edge]);
                  return h("li", null, imageLink(data.edges.parent[edge]), " → ", child !== null ? imageLink(child) : [
                    code(text(data.edges.program[edge])), " ", faint(text(data.edges.error[edge]) || "left no trace")
                  ]);
                },
                {noun: "spawns"})) :
        null,
    childrenInSource(site),
  ];
}

function childrenInSource(site) {
  const programs = site.children.filter((id) => Object.hasOwn(data.programs, id)).map((id) => data.programs[id]);
  if (programs.length === 0) return null;
  return section(
      "What the child reads, by its source",
      programs.map(
          (program) =>
              [h("p", null, h("b", null, program.name ?? "?"), ", whose main is at ", placeNode(program.place),
                 program.unknown_reads ?
                     `; and ${counted(program.unknown_reads, "read")} of names that are not constants` :
                     ""),
               program.reads.length > 0 ? table(
                                              ["Variable", "Where"], program.reads,
                                              ([name, at]) => [variableLink(name), placeNode(at)], {noun: "reads"}) :
                                          h("p", {class: "faint"}, "No constant name.")]));
}

const sitesView = {
  id: "sites",
  title: "Spawn sites",
  total: data.sites.length,
  columns: ["Call", "Where", "The child gets", "Verdict", "Spawns"],
  filters: [
    ["verdict", "Verdict", data.runs.length ? verdictOrder : []],
    ["environment", "The child gets", Object.keys(environmentText)],
    ["kind", "Kind", ["direct", "indirect", "wrapper"]],
    [
      "with", "Only those", ["finding", "crossed", "suppressed"],
      {finding: "with a finding", crossed: "where variables crossed", suppressed: "accepted in the source"}
    ],
  ],
  rows: (words, chosen) => filterItems(siteItems, siteFilters, words, chosen),
  cells: ({site}) =>
      [{content: code(site.callee)}, {content: `${shortPath(siteAt(site).file)}:${siteAt(site).line}`},
       {class: "optional", content: site.environment},
       {content: site.verdict ? badge(site.verdict) :
            site.rule         ? badge("warning", "finding") :
                                ""},
       {class: "number", content: site.edges === undefined ? "" : number(list(site.edges).length)}],
  keyOf: (item) => item.site.id,
  find: (key) => siteItems.findIndex((item) => item.site.id === key),
  detail: siteDetail,
};
