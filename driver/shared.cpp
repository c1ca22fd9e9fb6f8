#include "driver/shared.h"

#include "facts/text.h"

#include <llvm/ADT/STLExtras.h>

namespace envleak::driver {

OutputOptions::OutputOptions(llvm::cl::SubCommand& command, const char* default_format)
    : file_("o", llvm::cl::desc("Write to FILE ('-': standard output, the default)"), llvm::cl::value_desc("FILE"),
            llvm::cl::init("-"), llvm::cl::sub(command), llvm::cl::cat(category())),
      format_("format", llvm::cl::desc("text (default), json, sarif (for GitHub and others), sarif-full (with what does not count), "
                                      "gitlab (Code Quality), junit, markdown, dot (GraphViz; needs a run), html (one file for a browser)"), llvm::cl::value_desc("FORMAT"),
              llvm::cl::init(default_format), llvm::cl::sub(command), llvm::cl::cat(category())),
      fail_on_("fail-on", llvm::cl::desc("Lowest level of findings that gives exit status 1: note, warning, error (default), never"),
               llvm::cl::value_desc("LEVEL"), llvm::cl::init("error"), llvm::cl::sub(command), llvm::cl::cat(category())) {}

void OutputOptions::validate() const {
  if (!llvm::is_contained(reports::formats(), format_.getValue())) {
    std::string known;
    for (const std::string& format : reports::formats()) known += (known.empty() ? "" : ", ") + format;
    throw InputError("--format: '" + oneLine(format_) + "' is not one of " + known);
  }
  gate(0, false, fail_on_);
  checkWritable(file_);
}

reports::RenderOptions OutputOptions::render() const {
  return {format_, format_ == "text" && toStandardOutput() && standardOutputIsTerminal()};
}

int OutputOptions::finish(const reports::Rendered& rendered) const {
  writeFile(file_, rendered.content);
  return gate(static_cast<int>(rendered.highest), rendered.incomplete, fail_on_);
}

}  // namespace envleak::driver
