#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>

namespace pressings {

/// Things that are dear to make, each used by one thread at a time and kept for the next one that
/// wants it. In place of thread_local, for the C library ends the process if it has no memory to
/// note what is to be destroyed with a thread.
template <typename Thing>
class Spares {
  public:
    /// The one that was given back last; nothing if none is left.
    std::unique_ptr<Thing> take() {
        const std::lock_guard lock{m_mutex};
        return m_count == 0 ? nullptr : std::move(m_things[--m_count]);
    }

    /// Kept, or destroyed if there are enough.
    void give_back(std::unique_ptr<Thing> thing) noexcept {
        const std::lock_guard lock{m_mutex};
        if (m_count < m_things.size()) m_things[m_count++] = std::move(thing);
    }

  private:
    std::mutex m_mutex;
    std::array<std::unique_ptr<Thing>, 16> m_things;
    std::size_t m_count = 0;
};

/// One of them, until the end of the scope; made by `make` if there is none.
template <typename Thing>
class Lent {
  public:
    template <typename Make>
    Lent(Spares<Thing>& spares, Make make) : m_spares(spares), m_thing(spares.take()) {
        if (m_thing == nullptr) m_thing = make();
    }
    ~Lent() { m_spares.give_back(std::move(m_thing)); }
    Lent(const Lent&) = delete;
    Lent& operator=(const Lent&) = delete;

    Thing& operator*() const { return *m_thing; }
    Thing* operator->() const { return m_thing.get(); }

  private:
    Spares<Thing>& m_spares;
    std::unique_ptr<Thing> m_thing;
};

}  // namespace pressings
