#include "reports/render/html/excerpts.h"

#include <sys/stat.h>

#include <fstream>

namespace envleak::reports::html {
namespace {

constexpr unsigned around = 3;        // lines before and after a place
constexpr std::size_t longest = 400;  // bytes of a line

bool isRegular(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

bool belowRoot(const std::string& file) {
  return !file.empty() && !file.starts_with('/') && normalPath("/" + file) == "/" + file;
}

std::string shown(std::string text) {
  if (text.ends_with('\r')) text.pop_back();
  std::string wide;
  for (char c : text.substr(0, longest)) c == '\t' ? wide.append("    ") : wide.append(1, c);
  return clean(wide) + (text.size() > longest ? " [line cut here]" : "");
}

}  // namespace

void Excerpts::want(const std::string& file, unsigned line) {
  if (sources_ == nullptr || line == 0 || !belowRoot(file) || !sources_->find(file)) return;
  std::set<unsigned>& lines = wanted_[file];
  for (unsigned i = line > around ? line - around : 1; i <= line + around; ++i) lines.insert(i);
}

Json Excerpts::json() const {
  Json json = Json::array();
  for (const auto& [file, lines] : wanted_) {
    std::string path = sources_->root() + "/" + file;
    if (!isRegular(path)) continue;
    std::ifstream in(path);
    unsigned number = 0, last = 0;
    for (std::string text; number < *lines.rbegin() && std::getline(in, text);) {
      if (!lines.contains(++number)) continue;
      if (last == 0 || number != last + 1) json.push_back(Json::array({clean(file), number, Json::array()}));
      json.back()[2].push_back(shown(std::move(text)));
      last = number;
    }
  }
  return json;
}

}  // namespace envleak::reports::html
