// Sentences that the answers to an investigator's questions share.
#pragma once

#include "reports/investigate/process_view.h"
#include "reports/render/style.h"

namespace envleak::reports {

class Sentences {
 public:
  explicit Sentences(const Report& report) : report_(report), runs_(*report.runs) {}

  // " at spawn.cpp:14 in run()", or that it is not known.
  std::string at(Place place) const;
  // ", called from service.cpp:30, ..."
  std::string callers(const std::vector<facts::Frame>& frames) const;
  // "outside environment of p1 service"; `to`: the image that received it. `any`: of one of several processes of the
  // program that introduced it.
  std::string origin(const Origin& of, Index to, bool any = false) const;
  // "inherited: all 4 variables of the parent crossed"
  std::string handover(const Handover& handover) const;
  // ", exit 0"; ", signal 9"; empty if the end was not seen.
  std::string exit(const std::optional<facts::Exit>& exit) const;
  // "partial: environ-walk: ..."; empty for a full observation.
  std::string observation(const facts::Image& image) const;
  // "DB_PASSWORD (secret)"
  std::string name(NameId name) const;
  // "label: A, B and 3 more", broken into lines that are indented below the label; empty for no names.
  std::string names(const std::string& label, const std::vector<NameId>& list, std::size_t most) const;
  std::string names(const std::string& label, const std::vector<std::string>& list, std::size_t most) const;
  // ", value 'x'" where the recorder kept it.
  std::string value(Index image, NameId name) const;
  // " trace 2: ./server --port 80\n"
  std::string traceTitle(Index run) const;

 private:
  const Report& report_;
  const Runs& runs_;
};

// "ns::start(...)" for a function whose parameters would fill the line.
std::string shortFunction(const std::string& function);

// "p2", "p2, p3 and 5 more".
std::string listIds(const Runs& runs, const std::vector<Index>& images, std::size_t most);

// Lines that say of which runs something is missing; empty if nothing is.
std::string missing(const Runs& runs);

// What the kernel calls an errno value, as strerror(3) has it.
std::string errorText(int error);

}  // namespace envleak::reports
