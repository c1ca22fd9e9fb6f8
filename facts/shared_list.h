// A list that many owners share and none changes: the environments and call chains of a run are few, and each is had by
// thousands of its processes.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <utility>
#include <vector>

namespace envleak::facts {

template <typename T>
class SharedList {
 public:
  using value_type = T;
  using const_iterator = typename std::vector<T>::const_iterator;
  using iterator = const_iterator;

  SharedList() = default;
  SharedList(std::vector<T> list) {
    list.shrink_to_fit();
    if (!list.empty()) list_ = std::make_shared<const std::vector<T>>(std::move(list));
  }
  SharedList(std::initializer_list<T> list) : SharedList(std::vector<T>(list)) {}

  const std::vector<T>& get() const {
    static const std::vector<T> none;
    return list_ ? *list_ : none;
  }
  operator const std::vector<T>&() const { return get(); }
  const_iterator begin() const { return get().begin(); }
  const_iterator end() const { return get().end(); }
  std::size_t size() const { return get().size(); }
  bool empty() const { return list_ == nullptr; }
  const T& operator[](std::size_t i) const { return get()[i]; }
  const T& front() const { return get().front(); }
  const T& back() const { return get().back(); }

  friend bool operator==(const SharedList& a, const std::vector<T>& b) { return a.get() == b; }
  friend bool operator==(const SharedList& a, const SharedList& b) { return a.get() == b.get(); }

  // Lists of one identity are equal; equal ones may have several. Null for an empty list.
  const void* identity() const { return list_.get(); }

 private:
  std::shared_ptr<const std::vector<T>> list_;  // null: empty
};

}  // namespace envleak::facts
