// Structures to bytes and back, by their field lists (Fields<Structure>, declared by the user of this header).
//
// Numbers are of variable length (LEB128), strings stand once in a table in front and are numbers afterwards, an
// optional value and a structure that equals its default are one byte. The decoder takes its input for hostile: it
// reads nothing behind the end, makes at most decodedLimit bytes of what it reads, and throws DamagedArchive on all
// that no encoder wrote.
#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <typeindex>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace envleak::analyzer {

template <typename Structure>
struct Fields;
// The highest value of an enumeration: more is not accepted.
template <typename Enumeration>
struct Last;

class DamagedArchive : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// What one archive may decode to, counted as the sizes of its structures and strings.
inline constexpr std::size_t decodedLimit = std::size_t{1} << 30;

template <typename Value>
inline constexpr bool isVector = false;
template <typename Element>
inline constexpr bool isVector<std::vector<Element>> = true;
template <typename Value>
inline constexpr bool isOptional = false;
template <typename Element>
inline constexpr bool isOptional<std::optional<Element>> = true;
// Structures that are one byte when nothing is said in them.
template <typename Value>
concept Omissible = std::default_initializable<Value> && std::equality_comparable<Value>;

class Encoder {
 public:
  void operator()(const auto&... values) { (add(values), ...); }
  // The table of strings, then what was added.
  std::string take() const {
    std::string all;
    append(all, table_.size());
    for (const std::string* text : table_) {
      append(all, text->size());
      all += *text;
    }
    return all + bytes_;
  }

 private:
  static void append(std::string& bytes, std::uint64_t number) {
    for (; number >= 0x80; number >>= 7) bytes += static_cast<char>(number | 0x80);
    bytes += static_cast<char>(number);
  }
  void add(const std::string& text) {
    auto [found, added] = numbers_.try_emplace(text, table_.size());
    if (added) table_.push_back(&found->first);
    append(bytes_, found->second);
  }
  template <typename Value>
  void add(const Value& value) {
    if constexpr (std::unsigned_integral<Value>) {
      append(bytes_, value);
    } else if constexpr (std::signed_integral<Value>) {  // small ones, of either sign, are short
      append(bytes_, (static_cast<std::uint64_t>(value) << 1) ^ (value < 0 ? ~std::uint64_t{0} : 0));
    } else if constexpr (std::is_enum_v<Value>) {
      append(bytes_, static_cast<std::uint64_t>(value));
    } else if constexpr (isOptional<Value>) {
      append(bytes_, value.has_value());
      if (value) add(*value);
    } else if constexpr (isVector<Value>) {
      append(bytes_, value.size());
      for (const auto& element : value) add(element);
    } else if constexpr (Omissible<Value>) {
      bool said = !(value == Value{});
      append(bytes_, said);
      if (said) Fields<Value>::list(*this, value);
    } else {
      Fields<Value>::list(*this, value);
    }
  }

  std::string bytes_;
  std::unordered_map<std::string, std::size_t> numbers_;
  std::vector<const std::string*> table_;  // keys of numbers_, which stay where they are
};

class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : rest_(bytes) {
    for (std::uint64_t count = number(); count > 0; --count) {
      std::uint64_t length = number();
      if (length > rest_.size()) throw DamagedArchive("a string is cut off");
      spend(sizeof(std::string_view));
      table_.push_back(rest_.substr(0, static_cast<std::size_t>(length)));
      rest_.remove_prefix(static_cast<std::size_t>(length));
    }
  }
  void operator()(auto&... values) { (get(values), ...); }
  // Throws if anything is left.
  void finish() const {
    if (!rest_.empty()) throw DamagedArchive("more bytes than it has fields");
  }

 private:
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (rest_.empty()) throw DamagedArchive("it is cut off");
      auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      if (shift == 63 && byte > 1) break;
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
    throw DamagedArchive("a number is too large");
  }
  template <typename Value>
  Value bounded(Value last) {
    std::uint64_t value = number();
    if (value > static_cast<std::uint64_t>(last)) throw DamagedArchive("a value is out of its range");
    return static_cast<Value>(value);
  }
  void spend(std::size_t bytes) {
    if (bytes > budget_) throw DamagedArchive("it holds more than a summary may");
    budget_ -= bytes;
  }
  void get(std::string& text) {
    std::uint64_t index = number();
    if (index >= table_.size()) throw DamagedArchive("a string is not in its table");
    spend(table_[static_cast<std::size_t>(index)].size());
    text = table_[static_cast<std::size_t>(index)];
  }
  template <typename Value>
  void get(Value& value) {
    if constexpr (std::unsigned_integral<Value>) {
      value = bounded(std::numeric_limits<Value>::max());
    } else if constexpr (std::signed_integral<Value>) {
      static_assert(sizeof(Value) == 8);
      std::uint64_t coded = number();
      value = static_cast<Value>((coded >> 1) ^ (~(coded & 1) + 1));
    } else if constexpr (std::is_enum_v<Value>) {
      value = bounded(Last<Value>::value);
    } else if constexpr (isOptional<Value>) {
      if (bounded(true)) get(value.emplace());
    } else if constexpr (isVector<Value>) {
      std::uint64_t count = number();
      if (count > rest_.size()) throw DamagedArchive("a list is cut off");  // an element is a byte at least
      spend(static_cast<std::size_t>(count) * sizeof(typename Value::value_type));
      value.reserve(static_cast<std::size_t>(count));
      for (; count > 0; --count) get(value.emplace_back());
    } else {
      if (++depth_ > 64) throw DamagedArchive("it is nested too deeply");
      if constexpr (Omissible<Value>) {
        if (bounded(true)) Fields<Value>::list(*this, value);
      } else {
        Fields<Value>::list(*this, value);
      }
      --depth_;
    }
  }

  std::string_view rest_;
  std::vector<std::string_view> table_;
  std::size_t budget_ = decodedLimit;
  unsigned depth_ = 0;
};

// The shape of a structure as text, from its field list: two builds that differ in it cannot read each other's bytes.
class Layout {
 public:
  void operator()(const auto&... values) { (add(values), ...); }
  const std::string& text() const { return text_; }

 private:
  void add(const std::string&) { text_ += 's'; }
  template <typename Value>
  void add(const Value& value) {
    if constexpr (std::unsigned_integral<Value>) {
      text_ += 'n' + std::to_string(sizeof(Value));
    } else if constexpr (std::signed_integral<Value>) {
      text_ += 'i' + std::to_string(sizeof(Value));
    } else if constexpr (std::is_enum_v<Value>) {
      text_ += 'e' + std::to_string(static_cast<unsigned>(Last<Value>::value));
    } else if constexpr (isOptional<Value>) {
      text_ += '?';
      add(typename Value::value_type{});
    } else if constexpr (isVector<Value>) {
      text_ += '*';
      add(typename Value::value_type{});
    } else {
      text_ += Omissible<Value> ? '[' : '{';
      // A structure may hold others of its kind; it is described once.
      if (seen_.insert(typeid(Value)).second) Fields<Value>::list(*this, value);
      text_ += '}';
    }
  }

  std::string text_;
  std::unordered_set<std::type_index> seen_;
};

}  // namespace envleak::analyzer
