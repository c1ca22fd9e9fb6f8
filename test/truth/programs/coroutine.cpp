// A coroutine that goes on in another place.
#include <coroutine>
#include <cstdio>
#include <cstdlib>

struct Task {
  struct promise_type {
    Task get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
  std::coroutine_handle<promise_type> handle;
};

static Task task() {
  std::puts(std::getenv("N1"));
  co_return;
}

int main() {
  const Task started = task();
  started.handle.resume();
  started.handle.destroy();
}
