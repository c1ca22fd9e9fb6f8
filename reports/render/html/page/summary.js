// What a reader needs first: is something wrong, where, and how far can the rest be trusted.
const total = (level) => data.findings.filter((finding) => finding.level === level).length;

function tile(count, label, view, params, kind) {
  return h(
      "a", {class: `tile ${count > 0 ? kind : "none"}`, href: route(view, null, params)}, h("b", null, number(count)),
      h("span", null, label));
}

function headline() {
  const errors = total("error");
  const warnings = total("warning");
  const tail = [];
  if (data.scanned) tail.push(counted(data.sites.length, "spawn site"));
  if (data.runs.length > 0)
    tail.push(`${counted(imageCount, "process", "processes")} observed`, counted(edgeCount, "spawn"));
  return [
    h("h2", null, `${counted(errors, "error")}, ${counted(warnings, "warning")}`), h("p", null, tail.join(", ") + "."),
    data.incomplete ?
        h("p", {class: "warn"}, "Part of the input could not be analysed: what is missing here may lie there. See ",
          h("a", {href: route("blind")}, "blind spots"), ".") :
        null
  ];
}

function runsSection() {
  if (data.runs.length === 0)
    return h("p", null, "The source alone: no run was given, so nothing is known of what crosses and what is read.");
  return section(
      data.runs.length > 1 ? "Runs" : "The run",
      table(
          ["Command", "In", "State"], data.runs,
          (run) =>
              [code(run.command.join(" ")), code(run.directory),
               run.finished ? (run.lossy ? "the trace lost events" : "recorded to its end") :
                              "the recording did not see its end"],
          {noun: "runs"}));
}

function firstFindings() {
  if (data.findings.length === 0) return section("Findings", h("p", null, "None."));
  const wrong = findingItems.filter((item) => mistakes.includes(item.finding.rule));
  const rest = findingItems.filter((item) => !mistakes.includes(item.finding.rule));
  const shown = 8;
  const part = (title, items, note) => items.length === 0 ?
      null :
      section(
          title, note ? h("p", {class: "faint"}, note) : "",
          items.slice(0, shown).map((item) => findingLine(item.index)),
          items.length > shown ?
              h("p", null, h("a", {href: route("findings")}, `All ${number(data.findings.length)} findings`)) :
              "");
  return [
    part(
        "Source and run disagree", wrong,
        "A mistake in the scan, in one of its models, or in the probe. Look at these first: they bear on the rest."),
    part("Findings", rest)
  ];
}

function verdictTiles() {
  if (!data.scanned) return null;
  if (data.runs.length === 0)
    return section(
        "Spawn sites, by what the child gets",
        h("div", {class: "tiles"},
          Object.keys(environmentText)
              .map((name) => [name, data.sites.filter((site) => site.environment === name).length])
              .filter(([, count]) => count > 0)
              .map(([name, count]) => tile(count, name, "sites", {environment: name}, "neutral"))));
  const kinds = {
    contradicted: "mistake",
    confirmed: "bad",
    undecided: "open",
    latent: "warn",
    unexercised: "neutral",
    contained: "good"
  };
  return section(
      "Spawn sites, by verdict",
      h("div", {class: "tiles"},
        verdictOrder.map(
            (verdict) => tile(
                data.sites.filter((site) => site.verdict === verdict).length, verdict, "sites", {verdict},
                kinds[verdict])),
        tile(
            data.agreement.edges_unpredicted, "spawns unpredicted", "findings", {rule: "envleak-unpredicted"},
            "mistake")));
}

function observationTiles() {
  if (imageCount === 0) return null;
  const kinds = {full: "good", imports: "open", partial: "open", blind: "warn"};
  const counts = {full: 0, imports: 0, partial: 0, blind: 0};
  for (const observation of data.images.observation) ++counts[data.observations[observation]];
  return section(
      "Processes, by how much of them was seen",
      h("div", {class: "tiles"},
        Object.entries(counts).map(
            ([name, count]) => tile(
                count, {full: "in full", imports: "copied the environment", partial: "in part", blind: "blind"}[name],
                "processes", {observation: name}, kinds[name]))));
}

function secretsSection() {
  const secrets = variableItems.filter((item) => item.variable !== null && isSecret(item.name));
  if (imageCount === 0) return null;
  return section(
      "Secrets and where they went",
      secrets.length === 0 ? h("p", null, "No variable looks like a secret.") :
                             table(
                                 ["Secret", "Came from", "Received by", "Read or looked at by"], secrets,
                                 (item) =>
                                     [link("variables", String(item.index), code(nameText(item.name))), item.origin,
                                      counted(item.reached, "process", "processes"),
                                      item.readers > 0 ? counted(item.readers, "process", "processes") :
                                          reached(item.variable).every(fullyObserved) ? "none" :
                                                                                        "none that was seen"],
                                 {noun: "secrets", limit: 20}));
}

function agreementSection() {
  if (!data.scanned) return null;
  const of = data.agreement;
  const part = (count, all) => `${number(count)} of ${number(all)}`;
  const spawns = [
    [of.edges_predicted, "at a known site"], [of.edges_ambiguous, "at one of several sites"],
    [of.edges_unpredicted, "unpredicted"], [of.edges_outside, "by programs that were not scanned"],
    [of.edges_unlocated, "by programs without debug information"], [of.edges_failed, "failed"]
  ];
  return section(
      data.runs.length > 0 ? "Agreement of source and runs" : "Scanned",
      data.runs.length > 0 ?
          facts(
              ["Sites executed", part(of.sites_exercised, of.sites)],
              [
                "Spawns",
                `${number(of.edges)}${of.edges ? ": " : ""}` +
                    spawns.filter(([count]) => count > 0).map(([count, what]) => `${number(count)} ${what}`).join(", ")
              ],
              ["Reads in the source that were executed", part(of.static_reads_observed, of.static_reads)],
              ["Executed reads that the source shows", part(of.observed_reads_predicted, of.observed_reads)]) :
          "",
      facts(
          [
            "Units",
            `${number(data.units.all)}` +
                (data.units.skipped ? `, ${data.units.skipped} not parsed: nothing in their text matters` : "") +
                (data.units.lost ? `, ${data.units.lost} with errors` : "")
          ],
          ["Reads and writes in the source", `${number(data.units.reads)} and ${number(data.units.writes)}`],
          ["Sites accepted in the source", of.sites_suppressed ? String(of.sites_suppressed) : null],
          ["Entries not in C or C++", data.units.foreign ? String(data.units.foreign) : null]));
}

// What counts is shown; what does not is told.
function setAsideSection() {
  const why = {
    suppressed: "suppressed in the source",
    excluded: "in places that the policy leaves out",
    off: "of rules that the policy turns off",
    allowed: "allowed by the policy",
    known: "known to the baseline",
    elsewhere: "outside of the change that was asked about",
  };
  if (data.set_aside.length === 0) return null;
  return section("Findings that do not count", facts(...data.set_aside.map(([name, count]) => [why[name], number(count)])));
}

function blindSection() {
  return section(
      "Not seen",
      blindItems.length === 0 ?
          h("p", null, data.runs.length ? "No blind spot is known." : "All units were parsed without errors.") :
          table(
              ["Kind", "What", "Processes"], blindItems,
              (item) =>
                  [link("blind", item.kind, item.kind), text(data.blind_spots.detail[item.spots[0]]),
                   item.processes.length ? number(item.processes.length) : ""],
              {noun: "kinds"}));
}

const summaryView = {
  id: "summary",
  title: "Summary",
  page: () =>
      h("div", {class: "page"}, headline(), firstFindings(), verdictTiles(), secretsSection(), observationTiles(),
        setAsideSection(), blindSection(), agreementSection(), runsSection(),
        h("p", {class: "faint"},
          `Written by ${data.tool}${
              data.root ? `; paths are relative to ${data.root}` :
                          ""}. No value of a variable is shown; arguments and lines of the source are, as they were.`)),
};
