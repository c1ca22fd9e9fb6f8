// The findings. What contradicts the scan comes first: it may be a mistake of its models.
const findingItems =
    data.findings
        .map((finding, index) => ({
               index,
               finding,
               haystack: [
                 finding.rule, finding.level, finding.message, placeText(finding.place), finding.fingerprint,
                 finding.name ? nameText(finding.name - 1) : ""
               ].join("\n").toLowerCase(),
             }))
        .sort((a, b) => mistakes.includes(b.finding.rule) - mistakes.includes(a.finding.rule) || a.index - b.index);

const findingFilters = {
  level: (value) => (item) => item.finding.level === value,
  rule: (value) => (item) => item.finding.rule === value,
  verdict: (value) => (item) => item.finding.site > 0 && data.sites[item.finding.site - 1].verdict === value,
};

function findingLine(index) {
  const finding = data.findings[index];
  return h(
      "p", {class: "finding"}, badge(finding.level), " ",
      h("a", {href: route("findings", String(index))}, finding.message),
      finding.count > 1 ? faint(` (${counted(finding.count, "time")})`) : "", " ",
      faint(locationText(finding.place), " ", finding.rule));
}

function locationText(index) {
  const at = place(index);
  return at.file && at.line ? `${at.file}:${at.line}${at.column ? ":" + at.column : ""}` : placeText(index);
}

function findingDetail(position) {
  const {finding} = findingItems[position];
  const site = one(finding.site);
  const process = one(finding.image);
  const readers = site === null ?
      [] :
      (data.sites[site].read ?? []).filter(([name]) => finding.name === 0 || name === finding.name - 1);
  return [
    h("h2", null, badge(finding.level), " ", finding.rule),
    h("p", {class: "message"}, finding.message, finding.count > 1 ? ` (${counted(finding.count, "time")})` : ""),
    mistakes.includes(finding.rule) ?
        h("p", null,
          "The source as envleak understands it and the run say different things. One of the two, or a model of envleak's, is wrong: clear this up before you trust the other verdicts.") :
        null,
    facts(
        ["Where", placeText(finding.place) ? code(locationText(finding.place)) : null],
        ["In", place(finding.place).func ? code(called(place(finding.place).func)) : null],
        [
          "Site",
          site !== null ? [siteLink(site), " ", data.sites[site].verdict ? badge(data.sites[site].verdict) : ""] : null
        ],
        ["Process", process !== null ? imageLink(process) : null],
        ["Variable", finding.name > 0 ? variableLink(finding.name - 1) : null],
        ["Fingerprint", finding.fingerprint ? code(finding.fingerprint) : null]),
    excerpt(finding.place),
    site !== null ? callersSection(data.sites[site], 8) : null,
    readers.length > 0 ?
        section(
            "Read by",
            table(
                ["Variable", "Process", "Where"], readers,
                ([name, by, at]) => [variableLink(name), imageLink(by), placeNode(at)], {noun: "reads"}),
            excerptsOf(readers.map(([, , at]) => at))) :
        null,
  ];
}

const findingsView = {
  id: "findings",
  title: "Findings",
  total: data.findings.length,
  columns: ["Level", "Message", "Where"],
  filters: [
    ["level", "Level", ["error", "warning", "note"]],
    ["rule", "Rule", [...new Set(data.findings.map((finding) => finding.rule))].sort()],
    ["verdict", "Verdict", data.runs.length ? verdictOrder : []],
  ],
  rows: (words, chosen) => filterItems(findingItems, findingFilters, words, chosen),
  cells: ({finding}) => [{content: badge(finding.level)}, {content: finding.message}, {
    class: "optional",
    content: place(finding.place).file ? `${shortPath(place(finding.place).file)}:${place(finding.place).line}` :
                                         placeText(finding.place)
  }],
  keyOf: (item) => String(item.index),
  find: (key) => findingItems.findIndex((item) => String(item.index) === key),
  detail: findingDetail,
};
