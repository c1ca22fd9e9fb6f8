#include "analyzer/frontend/preambles.h"

#include <gtest/gtest.h>

namespace envleak::analyzer {
namespace {

using Names = std::vector<std::string>;

TEST(LeadingIncludes, OnlyBlanksAndCommentsStandBeforeThem) {
  EXPECT_EQ(leadingIncludes("/* a\n b */\n#include <a.h>\n\n // c\n  # include\t\"b.h\" /* d */\nint x;\n#include <c.h>\n"),
            (Names{"<a.h>", "\"b.h\""}));
  EXPECT_EQ(leadingIncludes("#define X\n#include <a.h>\n"), Names{});
  EXPECT_EQ(leadingIncludes("#include <a.h>\n#ifdef X\n#include <b.h>\n#endif\n"), Names{"<a.h>"});
  EXPECT_EQ(leadingIncludes("int x;\n#include <a.h>\n"), Names{});
}

TEST(LeadingIncludes, WhatIsNotPlainEndsThem) {
  EXPECT_EQ(leadingIncludes("#include <a.h>\n#include NAME\n#include <b.h>\n"), Names{"<a.h>"});
  EXPECT_EQ(leadingIncludes("#include <a.h>\n#include_next <b.h>\n"), Names{"<a.h>"});
  EXPECT_EQ(leadingIncludes("#include <a.h> more\n#include <b.h>\n"), Names{});
  EXPECT_EQ(leadingIncludes("#include <a\\\n.h>\n"), Names{});
  EXPECT_EQ(leadingIncludes("// goes on \\\n#include <a.h>\n#include <b.h>\n"), Names{});
  EXPECT_EQ(leadingIncludes("// goes on \\ \r\n#include <a.h>\n#include <b.h>\n"), Names{});
}

TEST(LeadingIncludes, TheTextMayEndAnywhere) {
  EXPECT_EQ(leadingIncludes(""), Names{});
  EXPECT_EQ(leadingIncludes("/* a"), Names{});
  EXPECT_EQ(leadingIncludes("#"), Names{});
  EXPECT_EQ(leadingIncludes("#include"), Names{});
  EXPECT_EQ(leadingIncludes("#include \"a.h"), Names{});
  EXPECT_EQ(leadingIncludes("#include \"a.h\""), Names{"\"a.h\""});
}

}  // namespace
}  // namespace envleak::analyzer
