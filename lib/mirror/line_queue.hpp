#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>

#include "mirror/dump_reader.hpp"

namespace pressings::mirror {

/// What one thread unpacks and another takes in. Bounded by batches, so that memory is.
class LineQueue {
  public:
    explicit LineQueue(std::size_t most) : m_most(most) {}

    /// Waits for room; false if nobody wants more.
    bool push(LineBatch batch);
    /// No more will come; `failure` is why, if something went wrong.
    void end(std::exception_ptr failure);

    /// Waits for the next; nothing at the end. Throws what went wrong, once all before it is taken.
    std::optional<LineBatch> pop();
    /// Takes no more: whoever pushes is let go.
    void abandon();

  private:
    std::size_t m_most;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<LineBatch> m_batches;
    std::exception_ptr m_failure;
    bool m_ended = false;
    bool m_abandoned = false;
};

}  // namespace pressings::mirror
