// The report's data with its numbers resolved, and what several views derive from it.
const data = JSON.parse(document.getElementById("data").textContent);

const text = (index) => data.strings[index];
const texts = (list) => data.lists[list].map(text);
const list = (index) => data.lists[index];
const one = (reference) => (reference === 0 ? null : reference - 1);  // "one more than the number" back to it
const imageCount = data.images.id.length;
const edgeCount = data.edges.id.length;

const numbers = new Intl.NumberFormat("en");
const number = (count) => numbers.format(count);
const counted = (count, noun, many = noun + "s") => `${number(count)} ${count === 1 ? noun : many}`;
const baseName = (path) => path.slice(path.lastIndexOf("/") + 1);

const nameText = (name) => text(data.names.text[name]);
const nameClass = (name) => data.classes[data.names.class[name]] ?? "";
const isAmbient = (name) => nameClass(name) === "ambient";
const isSecret = (name) => nameClass(name) === "secret";
// Secrets first, then settings, then ambient names.
const byImportance = (a, b) =>
    isAmbient(a) - isAmbient(b) || isSecret(b) - isSecret(a) || (nameText(a) < nameText(b) ? -1 : 1);

const place = (index) => ({
  file: text(data.places.file[index]),
  line: data.places.line[index],
  column: data.places.column[index],
  func: text(data.places.function [index]),
  module: text(data.places.module[index]),
  by: text(data.places.by[index]),
});
// Names of C++ come with parameters and template arguments; of long ones these are left out.
const shortFunction = 48;
function called(func) {
  if (func.length <= shortFunction) return func.endsWith(")") ? func : func + "()";
  const bare = func.replaceAll("(anonymous namespace)", "{anonymous}");
  let out = "";
  let depth = 0;
  for (const c of bare) {
    if (c === ">" || c === ")") depth = Math.max(0, depth - 1);
    if (depth === 0) out += c;
    if ((c === "<" || c === "(") && ++depth === 1) out += "...";
  }
  return out.endsWith(")") || / const$/.test(out) ? out : out + "()";
}
// "orders/start.cpp:15 in start()", or the module where no line is known.
function placeText(index) {
  const at = place(index);
  let out = at.file && at.line ? `${at.file}:${at.line}` : at.module ? baseName(at.module) : at.file;
  if (at.func) out += (out ? " in " : "") + called(at.func);
  if (at.by) out += `, by way of ${baseName(at.by)}`;
  return out;
}

// For a narrow column: of a path outside the project its end.
const shortPath = (file) =>
    (file.startsWith("/") && file.split("/").length > 3 ? ".../" + file.split("/").slice(-2).join("/") : file);

// " at file:line" or " in module", as far as it is known.
function atText(index) {
  const at = place(index);
  return placeText(index) ? (at.file && at.line ? " at " : " in ") + placeText(index) : "";
}

const image = (index) => ({
  id: text(data.images.id[index]),
  run: data.images.run[index],
  parent: one(data.images.parent[index]),
  pid: data.images.pid[index],
  program: text(data.images.program[index]),
  argv: texts(data.images.argv[index]),
  end: text(data.images.end[index]),
  failed: data.images.failed[index] === 1,
  observation: data.observations[data.images.observation[index]],
  reasons: texts(data.images.reasons[index]),
  edge: one(data.images.edge[index]),
});
const imageId = (index) => text(data.images.id[index]);
const programOf = (index) => baseName(text(data.images.program[index]));
const imageName = (index) => `${imageId(index)} ${programOf(index)}`;
const fullyObserved = (index) =>
    data.observations[data.images.observation[index]] === "full" && !data.runs[data.images.run[index]].lossy;

const edgesOf = Array.from({length: imageCount}, () => []);
for (let edge = 0; edge < edgeCount; ++edge) edgesOf[data.edges.parent[edge]].push(edge);
const childrenOf = Array.from({length: imageCount}, () => []);
const rootImages = [];
for (let i = 0; i < imageCount; ++i) {
  const parent = one(data.images.parent[i]);
  (parent === null ? rootImages : childrenOf[parent]).push(i);
}

// A list's numbers reduced once, however many rows share the list.
function perList(reduce) {
  const known = new Map();
  return (index) => {
    let value = known.get(index);
    if (value === undefined) known.set(index, (value = reduce(list(index))));
    return value;
  };
}
const notAmbient = perList((names) => names.filter((name) => !isAmbient(name)).length);
const hasSecret = perList((names) => names.some(isSecret));
const readKind = (read) => data.kinds[data.reads.kind[read]];
const isSetRead = (read) => data.reads.set[read] === 1 && readKind(read) !== "imported";
// Distinct names that are not ambient, were set, and were asked for.
const readNames = perList(
    (reads) =>
        new Set(reads.filter((r) => isSetRead(r) && !isAmbient(data.reads.name[r])).map((r) => data.reads.name[r])),
);
const receivedCount = (index) => {
  const edge = one(data.images.edge[index]);
  return edge !== null && data.edges.compared[edge] ? notAmbient(data.edges.crossed[edge]) : null;
};

// Excerpts of the sources: file -> line -> text.
const excerpts = new Map();
for (const [file, first, lines] of data.excerpts) {
  if (!excerpts.has(file)) excerpts.set(file, new Map());
  lines.forEach((line, i) => excerpts.get(file).set(first + i, line));
}

const siteAt = (site) => place(site.place);
const siteName = (site) => `${site.callee} at ${siteAt(site).file}:${siteAt(site).line}`;

function groupBy(items, key) {
  const groups = new Map();
  for (const item of items) {
    const k = key(item);
    if (!groups.has(k)) groups.set(k, []);
    groups.get(k).push(item);
  }
  return groups;
}
const findingsOfImage = groupBy(data.findings.keys(), (f) => data.findings[f].image - 1);
const findingsOfSite = groupBy(data.findings.keys(), (f) => data.findings[f].site - 1);
const variablesOfName = groupBy(data.variables.keys(), (v) => data.variables[v].name);
const levels = {
  error: 0,
  warning: 1,
  note: 2
};
// Mistakes of the models come first: they bear on all the rest.
const mistakes = ["envleak-contradicted", "envleak-unpredicted"];
