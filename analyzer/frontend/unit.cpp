#include "analyzer/frontend/refused_flags.h"
#include "analyzer/frontend/unit.h"

#include "analyzer/frontend/callees.h"
#include "analyzer/frontend/dataflow.h"
#include "analyzer/frontend/initializers.h"
#include "analyzer/frontend/lowering.h"
#include "analyzer/frontend/mentions.h"
#include "analyzer/frontend/paths.h"
#include "analyzer/frontend/resource_directory.h"
#include "analyzer/frontend/source_files.h"
#include "analyzer/frontend/suppressions.h"
#include "analyzer/frontend/vfork_child.h"
#include "analyzer/frontend/syntax_tree.h"
#include "analyzer/frontend/values.h"

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>

namespace envleak::analyzer {
namespace {

constexpr std::size_t errorsShown = 10;

struct ErrorPlace {
  unsigned file = 0;
  unsigned line = 0;
};

// Complaints about gcc's flags leave a whole tree behind.
bool isAboutFlags(const std::string& message) {
  for (const char* start :
       {"unknown argument", "unsupported option", "unsupported argument", "unknown warning", "unknown target",
        "invalid value", "optimization flag", "the clang compiler does not support"})
    if (message.starts_with(start)) return true;
  return false;
}

// The flag itself.
std::string quotedPart(const std::string& message) {
  std::size_t start = message.find('\'');
  std::size_t end = start == std::string::npos ? start : message.find('\'', start + 1);
  return end == std::string::npos ? message : message.substr(start + 1, end - start - 1);
}

std::vector<ErrorPlace> readDiagnostics(CXTranslationUnit unit, SourceFiles& files, UnitSummary& summary) {
  std::vector<ErrorPlace> places;
  std::set<std::string> seen;
  for (unsigned i = 0, count = clang_getNumDiagnostics(unit); i < count; ++i) {
    CXDiagnostic diagnostic = clang_getDiagnostic(unit, i);
    if (clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error) {
      FilePlace place = files.place(clang_getDiagnosticLocation(diagnostic));
      std::string message = take(clang_getDiagnosticSpelling(diagnostic));
      if (place.file) {
        places.push_back({files.indexOf(place.file), place.line});
        ShownPlace shown = files.shown(place);
        message = files.names()[shown.file] + ":" + std::to_string(shown.line) + ": " + message;
      }
      if (!place.file && isAboutFlags(message)) {
        summary.repairs.push_back({facts::RepairKind::ignored_flag, quotedPart(message)});
      } else if (seen.insert(message).second) {
        summary.status = facts::UnitStatus::partial;
        if (summary.errors.size() < errorsShown) summary.errors.push_back(message);
      }
    }
    clang_disposeDiagnostic(diagnostic);
  }
  return places;
}

// Copies what is worth a look at: bodies of functions and initialisers outside system headers.
struct Collector {
  SyntaxTree& tree;
  std::vector<NodeId> roots;
  CursorMap<NodeId> member_defaults;
  std::vector<CXCursor> fields;  // these, in order

  static CXChildVisitResult visit(CXCursor cursor, CXCursor, CXClientData data) {
    auto& self = *static_cast<Collector*>(data);
    if (clang_Location_isInSystemHeader(clang_getCursorLocation(cursor))) return CXChildVisit_Continue;
    switch (clang_getCursorKind(cursor)) {
      case CXCursor_Namespace:
      case CXCursor_LinkageSpec:
      case CXCursor_UnexposedDecl:
      case CXCursor_StructDecl:
      case CXCursor_ClassDecl:
      case CXCursor_UnionDecl:
      case CXCursor_ClassTemplate:
      case CXCursor_ClassTemplatePartialSpecialization:
        return CXChildVisit_Recurse;
      case CXCursor_VarDecl:
        if (!clang_Cursor_isNull(clang_Cursor_getVarDeclInitializer(cursor)))
          self.roots.push_back(self.tree.add(cursor));
        return CXChildVisit_Continue;
      case CXCursor_FieldDecl:
        if (CXCursor value = defaultOf(cursor); !clang_Cursor_isNull(value) && self.member_defaults.try_emplace(cursor, self.tree.add(value)).second)
          self.fields.push_back(cursor);
        return CXChildVisit_Continue;
      default:
        // What a generic lambda does is looked at where it stands.
        if (isFunctionKind(clang_getCursorKind(cursor)) && clang_isCursorDefinition(cursor) &&
            !isClosure(clang_getCursorSemanticParent(cursor)))
          self.roots.push_back(self.tree.add(cursor));
        return CXChildVisit_Continue;
    }
  }
};

// The end of the main file asks for the values of macros that tell a library's version.
constexpr std::string_view macroPrefix = "envleak_value_of_";

std::string macroQuestions(const Knowledge& knowledge) {
  std::string text = "\n";
  for (const std::string& macro : knowledge.variantMacros())
    text += "#ifdef " + macro + "\nenum { " + std::string(macroPrefix) + macro + " = (" + macro + ") };\n#endif\n";
  return text;
}

std::optional<std::int64_t> macroValue(CXTranslationUnit unit, const std::string& macro) {
  struct Search {
    std::string name;
    std::optional<std::int64_t> value;
  } search{std::string(macroPrefix) + macro, std::nullopt};
  clang_visitChildren(
      clang_getTranslationUnitCursor(unit),
      [](CXCursor cursor, CXCursor, CXClientData data) {
        auto& wanted = *static_cast<Search*>(data);
        if (clang_getCursorKind(cursor) == CXCursor_EnumDecl) return CXChildVisit_Recurse;
        if (clang_getCursorKind(cursor) == CXCursor_EnumConstantDecl && spellingOf(cursor) == wanted.name)
          wanted.value = clang_getEnumConstantDeclValue(cursor);
        return CXChildVisit_Continue;
      },
      &search);
  return search.value;
}

// Global arrays that are changed in ways the data flow does not follow: what is put in them is not all known.
void addUnknownCells(const Dataflow& dataflow, Callees& callees, UnitSummary& summary) {
  std::map<std::string, CellValue> cells;  // in order of their keys
  dataflow.forEachVariable([&](CXCursor declaration, const Variable& variable) {
    if (clang_getCursorKind(declaration) != CXCursor_VarDecl || clang_Cursor_hasVarDeclGlobalStorage(declaration) != 1 ||
        !isStringArray(clang_getCursorType(declaration)) || callees.isEnviron(declaration))
      return;
    std::string key = callees.pointerKey(declaration), name = "'" + spellingOf(declaration) + "'";
    std::optional<EnvironmentValue> more;
    // What calls do to it is told where they are made.
    if (variable.leaked) more = {EnvironmentValue::Kind::unknown, 0, {}, name + " may be changed through another name"};
    for (const Variable::Escape& escape : variable.escapes)
      if (clang_Cursor_isNull(dataflow.calledFunction(escape.call)))
        more = {EnvironmentValue::Kind::unknown, 0, {}, name + " is filled by '" + escape.callee + "'"};
    for (const std::string& cell : variable.kept) {
      EnvironmentValue kept{EnvironmentValue::Kind::cell, 0, {}, name + " is also known elsewhere", {}, cell};
      more = more ? together(*more, kept) : kept;
    }
    if (!more) return;
    CellValue value{key, "?", {}};
    value.value.value = *more;
    cells.try_emplace(key, std::move(value));
  });
  for (auto& [key, cell] : cells) summary.cells.push_back(std::move(cell));
}

void lower(CXTranslationUnit unit, const CompileCommand& command, const Knowledge& knowledge, UnitSummary& summary,
           PresumedFiles& presumed) {
  SourceFiles files(unit, command.directory);
  std::vector<ErrorPlace> errors = readDiagnostics(unit, files, summary);

  SyntaxTree tree;
  Collector collector{tree, {}, {}, {}};
  clang_visitChildren(clang_getTranslationUnitCursor(unit), Collector::visit, &collector);
  Callees callees(knowledge, files);
  for (const std::string& macro : knowledge.variantMacros())
    if (std::optional<std::int64_t> value = macroValue(unit, macro)) callees.setMacro(macro, *value);
  Dataflow dataflow(tree, callees);
  for (NodeId root : collector.roots) dataflow.add(root);

  Values values(tree, dataflow, callees, files, summary.status == facts::UnitStatus::partial);
  dataflow.addLookups(collector.roots, values);
  CXTargetInfo target = clang_getTranslationUnitTargetInfo(unit);
  std::string triple = take(clang_TargetInfo_getTriple(target));
  clang_TargetInfo_dispose(target);
  std::string architecture = triple.substr(0, triple.find('-'));
  CursorMap<bool> contains_environment;
  CursorMap<std::vector<CXCursor>> destructors;
  CursorMap<bool> never_return;
  Lowering::Context context{tree,    dataflow,     values,      callees, files, architecture, summary, contains_environment,
                            destructors, never_return, collector.member_defaults};
  std::vector<bool> inside(errors.size());  // is the error within a function?
  for (NodeId root : collector.roots) {
    Lowering lowering(context, root);
    Function function = lowering.run();
    findVforkHazards(tree, root, dataflow, callees, files, summary.hazards);
    unsigned last_line = files.endOf(tree[root].cursor).line;
    for (std::size_t i = 0; i < errors.size(); ++i) {
      if (errors[i].file != function.file || errors[i].line < function.line || errors[i].line > last_line) continue;
      function.broken = true;
      if (isFunctionKind(tree[root].kind)) inside[i] = true;
    }
    // A variable's initialiser without calls says nothing; a function without any is known to change nothing.
    const bool broken = function.broken;
    if (!function.calls.empty() || isFunctionKind(tree[root].kind)) summary.functions.push_back(std::move(function));
    std::vector<Lowering::Inner> open = lowering.inner();
    for (std::size_t i = 0; i < open.size(); ++i) {
      const Lowering::Inner one = open[i];
      Lowering inner(context, one);
      summary.functions.push_back(inner.run());
      summary.functions.back().broken = broken;
      for (Lowering::Inner& within : inner.inner()) open.push_back(std::move(within));
    }
  }
  addUnknownCells(dataflow, callees, summary);
  // However an object is made, a field may hold what it is declared with.
  for (CXCursor field : collector.fields) {
    if (!isStringArray(clang_getCursorType(field))) continue;
    CellValue value{callees.pointerKey(field), "?", {}};
    value.value.value = values.environment(collector.member_defaults.at(field), noNode);
    if (value.value.value.kind == EnvironmentValue::Kind::environ) value.value.value.kind = EnvironmentValue::Kind::forwarded;
    summary.cells.push_back(std::move(value));
  }
  // A lost header, declaration or flag may change the meaning of any function: by a macro, a type, a condition.
  bool all_broken = !command.losses.empty() || (errors.empty() && summary.status == facts::UnitStatus::partial) ||
                    std::ranges::find(inside, false) != inside.end();
  if (all_broken)
    for (Function& function : summary.functions) function.broken = true;
  summary.pointers.assign(dataflow.pointers().begin(), dataflow.pointers().end());
  summary.address_taken.assign(dataflow.addressTaken().begin(), dataflow.addressTaken().end());

  std::set<CXFile> sources;
  for (NodeId root : collector.roots) sources.insert(files.startOf(tree[root].cursor).file);
  sources.insert(clang_getFile(unit, command.file.c_str()));
  std::set<std::string> searched;
  for (CXFile source : sources)
    if (source && searched.insert(files.nameOf(source)).second)
      findSuppressions(
          files.text(source),
          [&](unsigned line) {
            ShownPlace shown = files.shownLine(source, line);
            return std::pair(files.names()[shown.file], shown.line);
          },
          summary);
  summary.files = files.names();
  for (const auto& [name, file] : files.otherNames()) summary.other_names.push_back({name, file});
  presumed.found = files.presumedFound();
  presumed.missed = files.presumedMissed();
  if (summary.status == facts::UnitStatus::partial)
    summary.unseen_mentions =
        unseenMentions(files.text(clang_getFile(unit, command.file.c_str())), summary.main_file, knowledge, summary);
}

}  // namespace

UnitSummary summarize(CXIndex index, const CompileCommand& command, const Knowledge& knowledge, DatedHashes& hashes,
                      Preambles& preambles, Closure& closure) {
  const timespec started = fileClock();
  UnitSummary summary;
  summary.main_file = canonicalPath(command.file, command.directory);
  if (!llvm::sys::fs::exists(summary.main_file)) {
    summary.status = facts::UnitStatus::missing;
    summary.errors.push_back(summary.main_file + ": the source file does not exist");
    return summary;
  }
  if (!command.refused.empty()) {
    summary.status = facts::UnitStatus::failed;
    summary.errors.push_back(command.refused);
    return summary;
  }
  if (!command.losses.empty()) summary.status = facts::UnitStatus::partial;
  summary.errors = command.losses;
  std::vector<std::string> words{command.cplusplus ? "clang++" : "clang"};
  words.insert(words.end(), command.arguments.begin(), command.arguments.end());
  words.push_back("-resource-dir");
  words.push_back(resourceDirectory());
  words.push_back("-working-directory=" + command.directory);
  words.push_back("-ferror-limit=0");
  words.push_back("-Wno-everything");
  std::string source;
  std::vector<CXUnsavedFile> appended;
  if (!knowledge.variantMacros().empty())
    if (auto buffer = llvm::MemoryBuffer::getFile(summary.main_file)) {
      source = (*buffer)->getBuffer().str() + macroQuestions(knowledge);
      appended.push_back({summary.main_file.c_str(), source.data(), static_cast<unsigned long>(source.size())});
    }
  CXTranslationUnit unit = nullptr;
  auto parse = [&](CXIndex with) {
    std::vector<const char*> pointers;
    for (const std::string& word : words) pointers.push_back(word.c_str());
    return clang_parseTranslationUnit2FullArgv(with, command.file.c_str(), pointers.data(), static_cast<int>(pointers.size()),
                                               appended.data(), static_cast<unsigned>(appended.size()),
                                               CXTranslationUnit_KeepGoing, &unit);
  };
  const Preambles::Preamble* preamble = appended.empty() ? nullptr : preambles.of(command, words, source);
  CXErrorCode error = CXError_Failure;
  if (preamble) {
    words.insert(words.end(), {"-include-pch", preamble->file});
    error = parse(preambles.index());
    words.resize(words.size() - 2);
    if (error != CXError_Crashed && (error != CXError_Success || !unit || hasErrors(unit))) {
      if (unit) clang_disposeTranslationUnit(unit);
      unit = nullptr;
      preamble = nullptr;
    }
  }
  if (!preamble) error = parse(index);
  if (error != CXError_Crashed && (error != CXError_Success || !unit)) {
    std::vector<std::string> refused = refusedFlags(index, words, command.cplusplus);
    std::erase_if(words, [&](const std::string& word) { return std::ranges::find(refused, word) != refused.end(); });
    for (std::string& flag : refused) summary.repairs.push_back({facts::RepairKind::dropped_flag, std::move(flag)});
    if (!refused.empty()) error = parse(index);
  }
  if (error == CXError_Crashed) {
    summary.status = facts::UnitStatus::crashed;
    summary.errors.push_back("the parser crashed");
  } else if (error != CXError_Success || !unit) {
    summary.status = facts::UnitStatus::failed;
    summary.errors.push_back(
        "the compiler's flags or the file are not understood; try: clang-19 -fsyntax-only with the same flags");
  } else {
    PresumedFiles presumed;
    lower(unit, command, knowledge, summary, presumed);
    const timespec since = preamble ? preamble->started : started;
    closure = closureOf(unit, command, since, hashes, presumed, preamble ? preamble->files : std::vector<std::string>());
  }
  if (unit) clang_disposeTranslationUnit(unit);
  return summary;
}

}  // namespace envleak::analyzer
