#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <optional>
#include <thread>
#include <utility>

#include "base/bounded_queue.hpp"

namespace pressings {

/// Reads ahead on a thread of its own as long as it lives: as many items as `most`, for it begins
/// the next only when there is room.
template <typename Item>
class ReadAhead {
  public:
    /// `read` gives the next item, or nothing at the end. `stop` is to wake it up, even while it
    /// waits for input; it is called when this ends.
    ReadAhead(
        std::size_t most, std::function<std::optional<Item>()> read,
        std::function<void()> stop = [] {})
        : m_read(std::move(read)),
          m_stop(std::move(stop)),
          m_items(most),
          m_thread([this] { run(); }) {}
    ~ReadAhead() {
        m_items.abandon();
        m_stop();
        m_thread.join();
    }
    ReadAhead(const ReadAhead&) = delete;
    ReadAhead& operator=(const ReadAhead&) = delete;

    /// Nothing at the end. Throws what `read` threw, once all before it is taken.
    std::optional<Item> next() { return m_items.pop(); }

  private:
    void run() {
        try {
            while (m_items.await_room()) {
                auto item = m_read();
                if (!item) break;
                m_items.push(std::move(*item));
            }
            m_items.end(nullptr);
        } catch (...) {
            m_items.end(std::current_exception());
        }
    }

    std::function<std::optional<Item>()> m_read;
    std::function<void()> m_stop;
    BoundedQueue<Item> m_items;
    std::thread m_thread;
};

}  // namespace pressings
