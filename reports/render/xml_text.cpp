#include "reports/render/xml_text.h"

#include "facts/text.h"

namespace envleak::reports {

std::string xmlText(std::string_view bytes) {
  std::string text;
  const std::string clean = printable(bytes);
  for (std::size_t at = 0; at < clean.size();) {
    const std::string_view rest = std::string_view(clean).substr(at, 3);
    if (rest == "\xEF\xBF\xBE" || rest == "\xEF\xBF\xBF") {
      text += rest.back() == '\xBE' ? "\\uFFFE" : "\\uFFFF";
      at += 3;
      continue;
    }
    const char c = clean[at++];
    if (c == '&')
      text += "&amp;";
    else if (c == '<')
      text += "&lt;";
    else if (c == '>')
      text += "&gt;";
    else if (c == '"')
      text += "&quot;";
    else if (c == '\n')
      text += "&#10;";
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
      text += oneLine(std::string_view(&c, 1));
    else
      text += c;
  }
  return text;
}

}  // namespace envleak::reports
