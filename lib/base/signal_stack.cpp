#include "base/signal_stack.hpp"

#include <new>

namespace pressings {

namespace {

constexpr std::size_t k_bytes = 65'536;  // of which the kernel takes some thousand for registers

}  // namespace

SignalStack::SignalStack() : m_memory(new (std::nothrow) std::byte[k_bytes]) {
    if (m_memory == nullptr) return;
    stack_t stack{};
    stack.ss_sp = m_memory.get();
    stack.ss_size = k_bytes;
    if (::sigaltstack(&stack, &m_before) != 0) m_memory.reset();
}

SignalStack::~SignalStack() {
    if (m_memory != nullptr) ::sigaltstack(&m_before, nullptr);
}

}  // namespace pressings
