// The page's own text, from the files in page/; written by cmake/EmbedPage.cmake.
#pragma once

#include <string_view>
#include <vector>

namespace envleak::reports::html {

extern const std::string_view pageFrame;  // page.html
extern const std::string_view pageStyle;  // page.css
extern const std::vector<std::string_view> pageScripts;

}  // namespace envleak::reports::html
