#include "facts/json_fields.h"

#include "facts/text.h"

namespace envleak::facts {

Json parseDocument(const std::string& text, const std::string& origin, std::string_view schema,
                   std::string_view remedy) {
  auto fail = [&](const std::string& what) -> InputError {
    return InputError(oneLine(origin) + ": " + what + "; " + std::string(remedy));
  };
  if (text.empty()) throw fail("the file is empty");
  Json document;
  try {
    document = Json::parse(text);
  } catch (const nlohmann::json::parse_error& error) {
    throw fail("not valid JSON (byte " + std::to_string(error.byte) + " of " + std::to_string(text.size()) + ")");
  } catch (const nlohmann::json::exception&) {
    throw fail("it has a number that is out of range");
  }
  if (!document.is_object() || !document.contains("schema") || !document["schema"].is_string())
    throw fail("this JSON is not from envleak (no field 'schema')");
  if (document["schema"] != schema)
    throw fail("its schema is '" + oneLine(document["schema"].get<std::string>()) + "', expected '" + std::string(schema) + "'");
  return document;
}

}  // namespace envleak::facts
