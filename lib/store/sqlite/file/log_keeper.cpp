#include "store/sqlite/file/log_keeper.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

#include <sqlite3.h>

namespace pressings::store::sqlite {

void LogKeeper::after_commit(sqlite3* handle, int pages, Millis longest_wait_ms) {
    // The log begins anew where all of it was moved and nobody reads it; its file stays as large.
    if (pages < m_last) begin_anew();
    m_last = pages;
    if (pages - m_tried_at < m_step) return;
    if (m_tried_at == 0) {
        // Without readers that is enough, and what cannot be moved now may be the next time.
        sqlite3_wal_checkpoint_v2(handle, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
        m_tried_at = pages;
    } else if (truncate(handle, std::min(m_wait_ms, longest_wait_ms))) {
        begin_anew();
    } else {
        put_off(pages);
    }
}

void LogKeeper::at_the_end(sqlite3* handle, int pages) const {
    constexpr Millis k_wait_ms = 1'000;
    truncate(handle, pages < m_pages ? 0 : k_wait_ms);
}

/// SQLite's own busy handler is no help: it waits for the slot of an old reader to be free, though
/// new ones, who do no harm, have taken it over by then. Asked again, SQLite looks at who is there.
/// What was moved stays moved; once it is all, whoever comes reads the database alone.
bool LogKeeper::truncate(sqlite3* handle, Millis wait_ms) const {
    constexpr std::chrono::milliseconds k_longest_sleep{20};
    const Millis deadline = system_clock().steady_ms() + wait_ms;
    std::chrono::milliseconds sleep{1};
    sqlite3_busy_timeout(handle, 0);
    while (sqlite3_wal_checkpoint_v2(handle, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr,
                                     nullptr) != SQLITE_OK) {
        if (system_clock().steady_ms() >= deadline) return false;
        std::this_thread::sleep_for(sleep);
        sleep = std::min(sleep * 2, k_longest_sleep);
    }
    return true;
}

void LogKeeper::begin_anew() {
    m_step = m_pages;
    m_tried_at = 0;
    m_last = 0;
}

void LogKeeper::put_off(int pages) {
    m_tried_at = pages;
    // Against a reader that outlasts the longest wait, no more is paid than the log is long.
    if (m_wait_ms == k_longest_wait_ms) m_step = pages;
    m_wait_ms = std::min(m_wait_ms * 2, k_longest_wait_ms);
}

}  // namespace pressings::store::sqlite
