#include "reports/render/rules.h"

namespace envleak::reports {
namespace {

constexpr Rule all[] = {
    {"envleak-inherited", "A child inherits the whole environment",
     "The call has no environment argument, or one that means 'inherit', and nothing cleared the environment before. "
     "The child gets every variable of its parent, secrets and settings for other programs among them.",
     "Use a call that takes an environment (execve, execvpe, posix_spawn) and give it the variables that the child "
     "needs, by name.",
     "5.0"},
    {"envleak-forwarded", "The whole environment is passed on to a child",
     "The call takes an environment and is given the process's own: environ, main's third parameter, or a copy of it.",
     "Give it an array that holds the variables that the child needs, by name.", "5.0"},
    {"envleak-extended", "The environment is passed on with some names more or less",
     "Variables were added to the environment, or some names removed from it, and all the rest goes to the child. A list "
     "of names that must not pass forgets those that nobody thought of.",
     "Begin with nothing and take over the variables that the child needs, by name.", "4.0"},
    {"envleak-unknown", "The source does not tell what environment a child gets",
     "The value of the environment could not be followed; the message says why. It is not known to be safe.",
     "Build the environment where it can be seen, or look at it and suppress the finding with a reason.", "3.0"},
    {"envleak-script", "A script started a child with variables of its own environment",
     "A recorded run shows a call in a script (PHP, Python, Perl, Ruby, JavaScript, bash) by which variables crossed to a "
     "child. An interpreter hands its environment on unless the script says otherwise.",
     "Give the child an environment that names what it needs, or begin the command with 'env -i NAME=VALUE...'.", "5.0"},
    {"envleak-ineffective", "A call looks as if it gave an environment, and inherits all the same",
     "The environment that is set is ignored, or means 'inherit' to this API: an empty QProcessEnvironment in Qt 5, NULL "
     "to g_spawn_async, an environment with APR_PROGRAM_ENV.",
     "Set at least one variable, or use the way in which the API takes an empty environment.", "6.0"},
    {"envleak-vfork-clear", "A vfork child changes its parent's environment too",
     "A vfork child runs in its parent's memory until it calls exec or _exit. Clearing or changing the environment "
     "there does it to the parent, for all that it starts later and for all its threads.",
     "Pass execve an array of its own, or use posix_spawn.", "4.0"},
    {"envleak-contradicted", "A run shows another environment than the source says",
     "The source says that the environment is not handed on, but variables crossed in a recorded run; or the reverse.",
     "Find out where the child's environment is copied from.", "6.0"},
    {"envleak-unpredicted", "A child was started at a place that the scan does not know",
     "A recorded run shows a spawn from the scanned sources that no known call explains.",
     "Look at the place; add a model of the function that spawns there.", "3.0"},
    {"envleak-shadowed-file", "An inherited value beats the one in a child's own file",
     "The child read a file that gives a variable another value than the one it inherited, and kept the inherited one.",
     "Do not pass the variable on, or name it where the child is started.", "7.0"},
    {"envleak-laundered", "A value of one process's environment reached another one through a file",
     "A process wrote a file that holds the value of a variable of its environment, and another one, which did not have "
     "the variable, read that file: a cached configuration, for instance. No environment shows the value there.",
     "Start the process that writes the file without the variable, and have the file made again.", "7.0"},
    {"envleak-suppression", "A suppression is not used, or gives no reason",
     "A NOLINT comment that hides nothing, or that does not say why.", "Remove it, or write the reason after a colon.",
     ""},
    {"envleak-policy", "An entry of the policy is not used",
     "The policy file allows a crossing that did not happen in the given runs.",
     "Remove the entry, or give runs in which it is needed.", ""},
};

}  // namespace

std::span<const Rule> rules() { return all; }

}  // namespace envleak::reports
