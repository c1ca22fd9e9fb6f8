// Errors that a user caused or can mend: bad input, an unwritable output, a missing file.
#pragma once

#include <stdexcept>
#include <string>

namespace envleak {

// Thrown for bad input or a failed output. The message is complete as shown to the user: it names the file and says
// what to do. The driver prints it on stderr and exits with status 2.
class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace envleak
