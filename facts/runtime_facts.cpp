#include "facts/runtime_facts.h"

#include "facts/enum_names.h"
#include "facts/json_fields.h"
#include "facts/text.h"
#include "facts/version.h"

namespace envleak::facts {
namespace {

constexpr std::string_view schema = "envleak-runtime-facts/1";

constexpr EnumNames<ReadKind, 3> readNames{
    {{ReadKind::read, "read"}, {ReadKind::touched, "touched"}, {ReadKind::imported, "imported"}}};
constexpr EnumNames<Observation, 4> observationNames{{{Observation::full, "full"},
                                                      {Observation::imports, "imports"},
                                                      {Observation::partial, "partial"},
                                                      {Observation::blind, "blind"}}};

std::vector<std::string> strings(const Json& json, const char* name) {
  return field<std::vector<std::string>>(json, name);
}

Json frameToJson(const Frame& frame) {
  if (!frame.language.empty())
    return {{"language", printable(frame.language)},
            {"function", printable(frame.function)},
            {"file", printable(frame.file)},
            {"line", frame.line}};
  return {{"module", printable(frame.module)}, {"build_id", frame.build_id},
          {"offset", frame.offset},            {"function", printable(frame.function)},
          {"file", printable(frame.file)},     {"line", frame.line},
          {"column", frame.column},            {"inlined", frame.inlined}};
}

Frame frameFromJson(const Json& json) {
  Frame frame;
  frame.language = fieldOr<std::string>(json, "language", "");
  frame.function = field<std::string>(json, "function");
  frame.file = field<std::string>(json, "file");
  frame.line = field<unsigned>(json, "line");
  if (!frame.language.empty()) return frame;
  frame.module = field<std::string>(json, "module");
  frame.build_id = field<std::string>(json, "build_id");
  frame.offset = field<std::uint64_t>(json, "offset");
  frame.column = field<unsigned>(json, "column");
  frame.inlined = fieldOr(json, "inlined", false);
  return frame;
}

std::vector<Frame> frames(const Json& json) { return listField<Frame>(json, "frames", frameFromJson); }

Json variableToJson(const Variable& variable) {
  Json json = {{"name", printable(variable.name)}, {"hash", hexOf(variable.hash)}, {"shape", variable.shape}};
  if (variable.value) json["value"] = printable(*variable.value);
  return json;
}

Variable variableFromJson(const Json& json) {
  return {field<std::string>(json, "name"), hexField(json, "hash"), field<std::string>(json, "shape"),
          optionalField<std::string>(json, "value")};
}

Json readToJson(const Read& read) {
  return {{"kind", toString(read.kind)}, {"name", printable(read.name)}, {"set", read.set},
          {"api", printable(read.api)},  {"count", read.count},          {"order", read.order},
          {"frames", listToJson(read.frames.get(), frameToJson)}};
}

Read readFromJson(const Json& json) {
  Read read;
  read.kind = valueOf(readNames, field<std::string>(json, "kind"), "kind of read");
  read.name = field<std::string>(json, "name");
  read.set = field<bool>(json, "set");
  read.api = field<std::string>(json, "api");
  read.count = field<std::uint64_t>(json, "count");
  read.order = field<std::uint64_t>(json, "order");
  read.frames = frames(json);
  return read;
}

Json writeToJson(const Write& write) {
  return {{"kind", toString(write.kind)}, {"name", printable(write.name)}, {"hash", hexOf(write.hash)},
          {"api", printable(write.api)},  {"order", write.order},          {"frames", listToJson(write.frames.get(), frameToJson)}};
}

Write writeFromJson(const Json& json) {
  Write write;
  write.kind = writeKindFromString(field<std::string>(json, "kind"));
  write.name = field<std::string>(json, "name");
  write.hash = hexField(json, "hash");
  write.api = field<std::string>(json, "api");
  write.order = field<std::uint64_t>(json, "order");
  write.frames = frames(json);
  return write;
}

Json fileToJson(const ConfigFile& file) {
  return {{"path", printable(file.path)},
          {"order", file.order},
          {"defines", listToJson(file.defines,
                                 [](const FileDefinition& definition) -> Json {
                                   return {{"name", printable(definition.name)},
                                           {"line", definition.line},
                                           {"hash", hexOf(definition.hash)}};
                                 })},
          {"values", listToJson(file.values, [](const FileValue& value) -> Json {
             return {{"line", value.line}, {"hash", hexOf(value.hash)}};
           })}};
}

ConfigFile fileFromJson(const Json& json) {
  return {field<std::string>(json, "path"), field<std::uint64_t>(json, "order"),
          listField<FileDefinition>(json, "defines",
                                    [](const Json& element) {
                                      return FileDefinition{field<std::string>(element, "name"),
                                                            field<unsigned>(element, "line"),
                                                            hexField(element, "hash")};
                                    }),
          listField<FileValue>(json, "values", [](const Json& element) {
            return FileValue{field<unsigned>(element, "line"), hexField(element, "hash")};
          })};
}

Json writtenToJson(const WrittenFile& file) { return {{"path", printable(file.path)}, {"order", file.order}}; }

WrittenFile writtenFromJson(const Json& json) {
  return {field<std::string>(json, "path"), field<std::uint64_t>(json, "order")};
}

Json exitToJson(const std::optional<Exit>& exit) {
  if (!exit) return nullptr;
  return {{exit->by_signal ? "signal" : "status", exit->value}, {"order", exit->order}};
}

std::optional<Exit> exitFromJson(const Json& json) {
  if (!json.contains("exit") || json["exit"].is_null()) return std::nullopt;
  const Json& exit = json["exit"];
  const bool by_signal = exit.contains("signal");
  return Exit{by_signal, field<int>(exit, by_signal ? "signal" : "status"), fieldOr<std::uint64_t>(exit, "order", 0)};
}

Json adapterToJson(const std::optional<Adapter>& adapter) {
  if (!adapter) return nullptr;
  return {{"language", printable(adapter->language)}, {"version", printable(adapter->version)}, {"covers", adapter->covers}};
}

std::optional<Adapter> adapterFromJson(const Json& json) {
  if (!json.contains("adapter") || json["adapter"].is_null()) return std::nullopt;
  const Json& adapter = json["adapter"];
  return Adapter{field<std::string>(adapter, "language"), field<std::string>(adapter, "version"),
                 field<bool>(adapter, "covers")};
}

Json imageToJson(const Image& image) {
  return {{"id", image.id},
          {"parent", nullable(image.parent)},
          {"pid", image.pid},
          {"exec_number", image.exec_number},
          {"program", printable(image.program)},
          {"argv", stringsToJson(image.argv)},
          {"exit", exitToJson(image.exit)},
          {"observation", {{"status", toString(image.observation)}, {"reasons", stringsToJson(image.reasons)}}},
          {"adapter", adapterToJson(image.adapter)},
          {"received", listToJson(image.received.get(), variableToJson)},
          {"reads", listToJson(image.reads, readToJson)},
          {"writes", listToJson(image.writes, writeToJson)},
          {"files", listToJson(image.files, fileToJson)},
          {"files_written", listToJson(image.files_written, writtenToJson)}};
}

Image imageFromJson(const Json& json) {
  Image image;
  image.id = field<std::string>(json, "id");
  image.parent = optionalField<std::string>(json, "parent");
  image.pid = field<int>(json, "pid");
  image.exec_number = field<int>(json, "exec_number");
  image.program = field<std::string>(json, "program");
  image.argv = strings(json, "argv");
  image.exit = exitFromJson(json);
  Json observation = field<Json>(json, "observation");
  image.observation = valueOf(observationNames, field<std::string>(observation, "status"), "observation status");
  image.reasons = strings(observation, "reasons");
  image.adapter = adapterFromJson(json);
  image.received = listField<Variable>(json, "received", variableFromJson);
  image.reads = listField<Read>(json, "reads", readFromJson);
  image.writes = listField<Write>(json, "writes", writeFromJson);
  image.files = listField<ConfigFile>(json, "files", fileFromJson);
  image.files_written = listField<WrittenFile>(json, "files_written", writtenFromJson);
  return image;
}

Json edgeToJson(const Edge& edge) {
  return {{"id", edge.id},
          {"parent", edge.parent},
          {"child", nullable(edge.child)},
          {"pid", edge.pid},
          {"api", edge.api},
          {"program", printable(edge.program)},
          {"error", edge.error},
          {"order", edge.order},
          {"frames", listToJson(edge.frames.get(), frameToJson)},
          {"frames_complete", edge.frames_complete},
          {"compared", edge.compared},
          {"crossed", stringsToJson(edge.crossed.get())},
          {"added", stringsToJson(edge.added.get())},
          {"changed", stringsToJson(edge.changed.get())},
          {"removed", stringsToJson(edge.removed.get())}};
}

Edge edgeFromJson(const Json& json) {
  Edge edge;
  edge.id = field<std::string>(json, "id");
  edge.parent = field<std::string>(json, "parent");
  edge.child = optionalField<std::string>(json, "child");
  edge.pid = field<int>(json, "pid");
  edge.api = field<std::string>(json, "api");
  edge.program = field<std::string>(json, "program");
  edge.error = field<int>(json, "error");
  edge.order = field<std::uint64_t>(json, "order");
  edge.frames = frames(json);
  edge.frames_complete = field<bool>(json, "frames_complete");
  edge.compared = field<bool>(json, "compared");
  edge.crossed = strings(json, "crossed");
  edge.added = strings(json, "added");
  edge.changed = strings(json, "changed");
  edge.removed = strings(json, "removed");
  return edge;
}

}  // namespace

std::string_view toString(ReadKind value) { return nameOf(readNames, value); }
std::string_view toString(Observation value) { return nameOf(observationNames, value); }

Json toJson(const RuntimeFacts& facts) {
  return {{"schema", schema},
          {"tool", {{"name", "envleak"}, {"version", version}}},
          {"command", stringsToJson(facts.command)},
          {"directory", printable(facts.directory)},
          {"finished", facts.finished},
          {"images", listToJson(facts.images, imageToJson)},
          {"edges", listToJson(facts.edges, edgeToJson)},
          {"blind_spots", listToJson(facts.blind_spots, [](const BlindSpot& spot) -> Json {
             return {{"process", nullable(spot.process)}, {"kind", spot.kind}, {"detail", printable(spot.detail)}};
           })}};
}

RuntimeFacts runtimeFactsFromJson(const std::string& text, const std::string& origin) {
  Json json = parseDocument(text, origin, schema, "record a trace with 'envleak record -o FILE -- COMMAND'");
  try {
    RuntimeFacts facts;
    facts.command = strings(json, "command");
    facts.directory = field<std::string>(json, "directory");
    facts.finished = field<bool>(json, "finished");
    facts.images = listField<Image>(json, "images", imageFromJson);
    facts.edges = listField<Edge>(json, "edges", edgeFromJson);
    facts.blind_spots = listField<BlindSpot>(json, "blind_spots", [](const Json& element) {
      return BlindSpot{optionalField<std::string>(element, "process"), field<std::string>(element, "kind"),
                       field<std::string>(element, "detail")};
    });
    return facts;
  } catch (const InputError& error) {
    throw InputError(origin + ": " + error.what() + "; record the trace anew with 'envleak record'");
  }
}

}  // namespace envleak::facts
