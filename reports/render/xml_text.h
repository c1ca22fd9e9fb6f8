// Text for XML 1.0, as an element's or an attribute's content.
#pragma once

#include <string>
#include <string_view>

namespace envleak::reports {

// Most control characters, U+FFFE and U+FFFF cannot be written in XML at all: they become \xNN and \uNNNN, as in texts.
// A newline is kept, as a reference.
std::string xmlText(std::string_view bytes);

}  // namespace envleak::reports
