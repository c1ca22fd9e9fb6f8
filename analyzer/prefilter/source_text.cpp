#include "analyzer/prefilter/source_text.h"

#include "analyzer/prefilter/characters.h"
#include "analyzer/prefilter/name_set.h"

#include <algorithm>
#include <unordered_set>

namespace envleak::analyzer {
namespace {

// What stands before a parenthesis in a declaration and is no function.
constexpr NameHash neverFunctions[] = {nameHash("__attribute__"), nameHash("__declspec"), nameHash("alignas"),
                                       nameHash("decltype"),      nameHash("noexcept"),   nameHash("throw")};

constexpr std::size_t recentNames = 8;           // a type and what is declared with it
constexpr std::size_t compoundLiteralNames = 3;  // (const struct T)

class Reader : private Characters {
 public:
  explicit Reader(std::string_view text) : Characters(text) {}

  SourceText run() {
    result_.suppresses = text_.find("envleak-") != text_.npos;
    bool line_start = true;
    while (at_ < text_.size()) {
      char c = text_[at_];
      if (c == '\n') {
        line_start = true;
        ++at_;
      } else if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v') {
        ++at_;
      } else if (skipComment() || skipContinuation()) {
      } else if (c == '#' && line_start) {
        directive();
      } else {
        line_start = false;
        token();
      }
    }
    NameSet names;
    for (NameHash name : all_) names.add(name);
    result_.names = names.take();
    // Braces that do not pair: what is a declaration is not known then.
    if (unsure_ || !scopes_.empty() || parentheses_ != 0) {
      for (NameHash name : result_.names) executed_.add(name);
      result_.bodies = {{result_.names, result_.names, result_.names}};
      result_.declarations = {{result_.names, 0, true, true}};
    }
    for (const SourceText::Body& body : result_.bodies)
      for (NameHash name : body.names) result_.defined.push_back(definedHash(name));
    for (SourceText::Macro& macro : result_.macros) result_.bodies.push_back({{macro.name}, macro.body, macro.body});
    std::ranges::sort(result_.names);
    std::ranges::sort(result_.included);
    result_.executed = executed_.take();
    return std::move(result_);
  }

 private:
  enum class Scope : char { declarations, body };
  struct Statement {
    std::vector<NameHash> names;
    std::vector<NameHash> called;  // before an opening parenthesis: one is the function's name if a body follows
    SourceText::Declaration declaration;
    bool declares_scope = false;   // class, struct, union, enum, namespace, extern "C"
    bool parenthesis = false;
    bool initialised = false;
    bool access = false;  // public, protected or private
    bool counts = false;  // has an initialiser, bases, or brings names in
  };
  struct Condition {
    std::size_t scopes;
    unsigned parentheses;
  };

  // Calls `visit` for the names up to the end of a directive's line.
  template <typename Visit>
  void restOfLine(Visit visit) {
    while (at_ < text_.size() && text_[at_] != '\n') {
      char c = text_[at_];
      if (skipComment() || skipContinuation()) continue;
      if (startsName(c)) {
        visit(name());
        passed('a');
      } else if (isDigit(c)) {
        number();
        passed('a');
      } else if (c == '"' || c == '\'') {
        std::string_view content = quoted();
        if (isName(content)) visit(content);
        passed('a');
      } else {
        ++at_;
        if (c != ' ' && c != '\t' && c != '\r') passed(c);
      }
    }
  }

  void directive() {
    const char before = before_;
    readDirective();
    before_ = before;
  }
  void readDirective() {
    ++at_;
    before_ = '#';
    skipBlanks();
    std::string_view kind = name();
    skipBlanks();
    if (kind == "include" || kind == "include_next" || kind == "import") {
      if (at('"') || at('<')) {
        bool is_quoted = at('"');
        std::size_t end = text_.find_first_of(is_quoted ? "\"\n" : ">\n", at_ + 1);
        if (end != text_.npos && text_[end] != '\n') {
          std::string_view included = text_.substr(at_ + 1, end - at_ - 1);
          result_.includes.push_back({std::string(included), is_quoted, false});
          addWords(included);
        }
      } else {
        result_.includes.push_back({std::string(name()), false, true});
      }
    } else if (kind == "define") {
      SourceText::Macro macro{nameHash(name()), {}, false, {}};
      std::unordered_set<NameHash> parameters;
      if (at('(')) {
        std::size_t end = std::min(text_.find(')', at_), text_.size());
        while (at_ < end) {
          if (startsName(text_[at_]))
            parameters.insert(nameHash(name()));
          else
            ++at_;
        }
      }
      skipBlanks();
      if (at('"') || at('<')) {
        std::size_t end = text_.find_first_of(at('"') ? "\"\n" : ">\n", at_ + 1);
        if (end != text_.npos && text_[end] != '\n') macro.file = text_.substr(at_, end - at_ + 1);
      }
      restOfLine([&](std::string_view word) {
        NameHash hash = nameHash(word);
        bool field = isField();
        macro.accesses |= field && parameters.contains(hash);
        macro.body.push_back(hash);
        if (field) macro.body.push_back(fieldHash(hash));
        if (field && isAssigned()) macro.body.push_back(fieldHash(assignedHash(hash)));
      });
      if (!macro.body.empty() || !macro.file.empty()) result_.macros.push_back(std::move(macro));
    } else if (kind.starts_with("if")) {
      conditions_.push_back({scopes_.size(), parentheses_});
    } else if (kind.starts_with("el") && !conditions_.empty()) {
      // Each branch begins where the first did.
      if (scopes_.size() < conditions_.back().scopes)
        unsure_ = true;
      else
        leaveScopes(conditions_.back().scopes);
      parentheses_ = conditions_.back().parentheses;
    } else if (kind == "endif" && !conditions_.empty()) {
      conditions_.pop_back();
    }
    restOfLine([](std::string_view) {});
  }
  void addWords(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      std::size_t start = at;
      while (at < text.size() && continuesName(text[at])) ++at;
      if (at > start) result_.included.push_back(nameHash(text.substr(start, at - start)));
      at = at == start ? at + 1 : at;
    }
  }

  void leaveScopes(std::size_t left) {
    bool was_inside = inBody();
    for (std::size_t i = scopes_.size(); i > left; --i)
      if (scopes_[i - 1] == Scope::declarations) {
        statement_.declaration = std::move(tags_.back());
        tags_.pop_back();
      }
    scopes_.resize(left);
    if (was_inside && !inBody()) endBody();
  }
  bool inBody() const { return !scopes_.empty() && scopes_.back() == Scope::body; }

  // Does a single '=' follow?
  bool isAssigned() const {
    std::size_t next = text_.find_first_not_of(" \t\r\n", at_);
    return next != text_.npos && text_[next] == '=' && next + 1 < text_.size() && text_[next + 1] != '=';
  }

  // The last character of what was read but for blanks and comments; of a word, a letter; of "->" it is ".", of "(*" "^".
  void passed(char c) {
    bool declarator = c == '*' && (before_ == '(' || before_ == '^');
    before_ = c == '>' && before_ == '-' ? '.' : declarator ? '^' : c;
  }
  bool isField() const { return before_ == '.'; }
  // Is the name that was read all of an argument? A comment behind it hides that.
  bool isArgument() const {
    std::size_t after = text_.find_first_not_of(" \t\r\n\\", at_);
    bool ends = after != text_.npos && (text_[after] == ')' || text_[after] == ',' || text_[after] == '/');
    return ends && (before_ == '(' || before_ == ',');
  }

  bool isCalled() const {
    std::size_t next = text_.find_first_not_of(" \t\r\n", at_);
    return next != text_.npos && text_[next] == '(';
  }

  void use(std::string_view word) {
    NameHash hash = isAssigned() ? assignedHash(nameHash(word)) : nameHash(word);
    if (isField()) mention(fieldHash(hash));
    if (isArgument()) mention(argumentHash(hash));
    mention(hash);
    if (!inBody()) declare(word);
    if (recent_.size() < recentNames) recent_.push_back(nameHash(word));
    in_parentheses_.push_back(nameHash(word));
    last_word_ = nameHash(word);
    passed('a');
    if (inBody()) {
      body_.used.push_back(nameHash(word));
      if (isCalled()) body_.called.push_back(nameHash(word));
    }
  }
  // T x = {...}, (T){...}: called at the brace.
  void brace() {
    bool initialises = before_ == '=' || (before_ == ')' && may_be_literal_ && in_parentheses_.size() <= compoundLiteralNames);
    if (initialises)
      for (NameHash name : before_ == '=' ? recent_ : in_parentheses_) mention(bracedHash(name));
    if (!initialises && before_ != '{' && before_ != ',') recent_.clear();
  }

  void mention(NameHash hash) {
    all_.push_back(hash);
    if (inBody())
      executed_.add(hash);
    else
      statement_.names.push_back(hash);
  }

  // A name of a declaration: not of its parameters, but of T *(*name)(...), and all of MACRO(name, T).
  void declare(std::string_view word) {
    SourceText::Declaration& declaration = statement_.declaration;
    if (statement_.initialised) return;
    if (word == "typedef")
      declaration.is_typedef = true;
    else if (parentheses_ == 0 || before_ == '^' || declaration.unsure)
      declaration.names.push_back(nameHash(word));
    bool macro = parentheses_ == 0 && isCalled() &&
                 std::ranges::none_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
    declaration.unsure |= macro;
  }

  void end(bool counts) {
    if (counts)
      for (NameHash hash : statement_.names) executed_.add(hash);
    if (statement_.declaration.names.size() > 1) {
      if (!tags_.empty() && !tags_.back().names.empty()) statement_.declaration.owner = tags_.back().names.back();
      result_.declarations.push_back(std::move(statement_.declaration));
    }
    // int f(a, b) int a; char *b; { ... }: between a function's parameters and its body.
    if (statement_.parenthesis) declared_ = std::move(statement_.called);
    statement_ = {};
  }

  void beginBody() {
    scopes_.push_back(Scope::body);
    body_ = {statement_.called.empty() && !statement_.initialised ? declared_ : statement_.called, {}, {}};
    // What the initialisers of a constructor name.
    if (!body_.names.empty()) body_.used = statement_.names;
  }

  void endBody() {
    if (body_.names.empty()) return;
    NameSet used, called;
    for (NameHash name : body_.used) used.add(name);
    for (NameHash name : body_.called) called.add(name);
    result_.bodies.push_back({std::move(body_.names), used.take(), called.take()});
  }

  void token() {
    char c = text_[at_];
    if (startsName(c)) {
      std::string_view word = name();
      if (at('"') && word.ends_with('R') && word.size() <= 3) return rawString();
      if (word == "class" || word == "struct" || word == "union" || word == "enum" || word == "namespace" ||
          word == "extern")
        statement_.declares_scope = true;
      else if (word == "public" || word == "protected" || word == "private")
        statement_.access = true;
      else if (word == "using" || word == "friend")
        statement_.counts = true;
      use(word);
      return;
    }
    if (isDigit(c)) {
      number();
      return passed('a');
    }
    if (c == '"') {
      std::string_view content = quoted();
      if (isName(content)) use(content);
      return passed('a');
    }
    if (c == '\'') {
      quoted();
      return passed('a');
    }
    ++at_;
    if (c == '{') brace();
    if (c == ';' || c == '}') recent_.clear();
    if (c == '(') {  // not of a call, a parameter list, a condition
      may_be_literal_ = before_ != 'a' || last_word_ == nameHash("return");
      in_parentheses_.clear();
    }
    passed(c);
    if (inBody()) {
      if (c == '{') scopes_.push_back(Scope::body);
      if (c == '}') scopes_.pop_back();
      if (!inBody()) endBody();
      return;
    }
    switch (c) {
      case '(':
        statement_.parenthesis = true;
        if (parentheses_ == 0 && !statement_.names.empty() && !std::ranges::count(neverFunctions, statement_.names.back()))
          statement_.called.push_back(statement_.names.back());
        ++parentheses_;
        break;
      case ')':
        if (parentheses_ > 0) --parentheses_;
        break;
      case '=':
        statement_.counts = statement_.initialised = true;
        break;
      case ':':  // bases, or the initialisers of a constructor
        if (at(':'))
          ++at_;
        else if (statement_.access && statement_.names.size() == 1)
          end(false);
        else
          statement_.counts = true;
        break;
      case ';':
        if (parentheses_ == 0) end(statement_.counts);
        break;
      case '{': {
        bool declares =
            statement_.declares_scope && !statement_.parenthesis && !statement_.initialised && parentheses_ == 0;
        if (declares) {
          scopes_.push_back(Scope::declarations);
          // struct T { ... } what is declared with it;
          tags_.push_back(statement_.declaration);
        } else {
          beginBody();
        }
        end(!declares || statement_.counts);
        break;
      }
      case '}':
        end(statement_.counts);
        if (scopes_.empty())
          unsure_ = true;
        else
          leaveScopes(scopes_.size() - 1);
        break;
      default:
        break;
    }
  }

  SourceText result_;
  std::vector<NameHash> all_;
  NameSet executed_;
  std::vector<Scope> scopes_;
  std::vector<SourceText::Declaration> tags_;  // of the open scopes of declarations
  std::vector<Condition> conditions_;
  Statement statement_;
  std::vector<NameHash> declared_;  // functions of the last statement that had any
  SourceText::Body body_;           // the one that is open
  unsigned parentheses_ = 0;
  bool unsure_ = false;
  char before_ = ' ';
  std::vector<NameHash> recent_;          // of the statement; the first of them
  std::vector<NameHash> in_parentheses_;  // since the last opening one
  bool may_be_literal_ = false;           // (T) before a brace, by what stood before the parenthesis
  NameHash last_word_ = 0;
};

}  // namespace

SourceText readSourceText(std::string_view text) { return Reader(text).run(); }

}  // namespace envleak::analyzer
