#include "mirror/file/reading_pool.hpp"

#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"

namespace pressings::mirror {

ReadingPool::ReadingPool(std::string path, Mirror::Warn warn)
    : m_path(std::move(path)), m_warn(std::move(warn)) {}

std::unique_ptr<Reading> ReadingPool::take() {
    Lock lock{m_mutex};
    if (auto reading = follow_name()) return reading;
    return one_before(lock);
}

/// Nothing if the mirror in use is to stay in use though the name does not lead to it.
std::unique_ptr<Reading> ReadingPool::follow_name() {
    FileIdentity found;
    try {
        found = identity_of(m_path);
        forget_if_written_over(found);
        if (found == m_used && !m_idle.empty()) {
            auto reading = std::move(m_idle.back());
            m_idle.pop_back();
            return reading;
        }
        if (is_put_off(found)) return nullptr;
        return guarded(m_path, [&] { return use(std::make_unique<Reading>(m_path)); });
    } catch (const Error& error) {
        if (m_open == 0) throw;
        put_off(found, error.what());
        return nullptr;
    }
}

void ReadingPool::forget_if_written_over(const FileIdentity& found) {
    const bool is_same_file = found.device == m_used.device && found.inode == m_used.inode;
    if (!is_same_file || found == m_used) return;
    m_used = {};
    m_open = 0;
    m_idle.clear();
}

/// From now on the mirror of this connection is the one that is used, if it holds what it promises.
std::unique_ptr<Reading> ReadingPool::use(std::unique_ptr<Reading> reading) {
    if (!(reading->identity == m_used)) {
        reading->probe();
        m_used = reading->identity;
        m_open = 0;
        m_idle.clear();
        m_warned = false;
    }
    ++m_open;
    return reading;
}

/// It has no name any more, so it cannot be opened once more; but who has it gives it back.
std::unique_ptr<Reading> ReadingPool::one_before(Lock& lock) {
    m_given_back.wait(lock, [&] { return !m_idle.empty() || m_open == 0; });
    if (m_idle.empty()) {
        lock.unlock();
        return take();
    }
    auto reading = std::move(m_idle.back());
    m_idle.pop_back();
    return reading;
}

void ReadingPool::give_back(std::unique_ptr<Reading> reading) {
    const std::lock_guard lock{m_mutex};
    if (reading->identity == m_used) m_idle.push_back(std::move(reading));
    m_given_back.notify_all();
}

bool ReadingPool::is_put_off(const FileIdentity& found) const {
    return m_open > 0 && found == m_refused && system_clock().steady_ms() < m_look_again_at;
}

void ReadingPool::put_off(const FileIdentity& found, const char* reason) {
    constexpr Millis k_pause_ms = 10'000;
    m_look_again_at = system_clock().steady_ms() + k_pause_ms;
    m_refused = found;
    if (std::exchange(m_warned, true) || !m_warn) return;
    m_warn(
        fmt::format("the mirror {} was replaced by what is of no use, and the one before is "
                    "read on: {}",
                    escape_controls(m_path), reason));
}

}  // namespace pressings::mirror
