#pragma once

#include <csignal>
#include <cstddef>
#include <memory>

namespace pressings {

/// A stack for the signal handlers of the thread that makes it, as long as it lives: a thread that
/// has used up its own stack can still leave its DeathNote. Goes on the same thread. Without memory
/// for it, there is none.
class SignalStack {
  public:
    SignalStack();
    ~SignalStack();
    SignalStack(const SignalStack&) = delete;
    SignalStack& operator=(const SignalStack&) = delete;

  private:
    std::unique_ptr<std::byte[]> m_memory;
    stack_t m_before{};
};

}  // namespace pressings
