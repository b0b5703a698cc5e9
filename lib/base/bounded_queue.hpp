#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <utility>

namespace pressings {

/// What one thread makes and another takes. Bounded, so that memory is.
template <typename Item>
class BoundedQueue {
  public:
    explicit BoundedQueue(std::size_t most) : m_most(most) {}

    /// Waits for room; false if nobody wants more.
    bool await_room() {
        std::unique_lock lock{m_mutex};
        return await_room(lock);
    }
    /// Waits for room and puts the item there; false if nobody wants more.
    bool push(Item item) {
        std::unique_lock lock{m_mutex};
        if (!await_room(lock)) return false;
        m_items.push_back(std::move(item));
        m_changed.notify_all();
        return true;
    }
    /// No more will come; `failure` is why, if something went wrong.
    void end(std::exception_ptr failure) {
        const std::lock_guard lock{m_mutex};
        m_failure = std::move(failure);
        m_ended = true;
        m_changed.notify_all();
    }

    /// Waits for the next; nothing at the end. Throws what went wrong, once all before it is taken.
    std::optional<Item> pop() {
        std::unique_lock lock{m_mutex};
        m_changed.wait(lock, [&] { return m_ended || !m_items.empty(); });
        if (m_items.empty()) {
            if (m_failure) std::rethrow_exception(m_failure);
            return std::nullopt;
        }
        Item item = std::move(m_items.front());
        m_items.pop_front();
        m_changed.notify_all();
        return item;
    }
    /// Takes no more: whoever pushes is let go.
    void abandon() {
        const std::lock_guard lock{m_mutex};
        m_abandoned = true;
        m_items.clear();
        m_changed.notify_all();
    }

  private:
    bool await_room(std::unique_lock<std::mutex>& lock) {
        m_changed.wait(lock, [&] { return m_abandoned || m_items.size() < m_most; });
        return !m_abandoned;
    }

    std::size_t m_most;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Item> m_items;
    std::exception_ptr m_failure;
    bool m_ended = false;
    bool m_abandoned = false;
};

}  // namespace pressings
