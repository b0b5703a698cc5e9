#pragma once

#include <chrono>
#include <thread>

namespace pressings::test {

/// Waits until `holds()`; false if it does not within the time, which is generous: a slow machine
/// must not fail a test.
template <typename Condition>
bool eventually(Condition&& holds, std::chrono::seconds within = std::chrono::seconds{30}) {
    const auto deadline = std::chrono::steady_clock::now() + within;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    return true;
}

}  // namespace pressings::test
