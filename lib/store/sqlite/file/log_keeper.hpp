#pragma once

#include "base/time.hpp"

struct sqlite3;

namespace pressings::store::sqlite {

/// Keeps the write-ahead log of a connection short. It checkpoints, so it is only called under the
/// writers' lock, outside of a transaction (see Connection).
///
/// The log begins anew when all of it was moved into the database and nobody reads it. Readers that
/// follow one another without a gap keep it from that: when the newest commit is moved, some reader
/// is at an older one, and then others are at the newest. So once the log is twice as long as it
/// should be, commits are held off until the readers of that moment are done, and those that came
/// meanwhile; whoever comes then reads the database alone. Each time that this fails, the next one
/// comes later and waits longer. A reader that stays for longer than the longest wait is not
/// beaten, and costs less and less.
class LogKeeper {
  public:
    /// 32 MB of log; more is faster, less is smaller.
    static constexpr int k_usual_pages = 4000;

    /// The log shall have about so many pages at most, when no reader stays.
    explicit LogKeeper(int pages = k_usual_pages) : m_pages(pages), m_step(pages) {}

    int pages() const { return m_pages; }

    /// After a commit which left `pages` in the log. Moves them if they are many, and then waits
    /// for readers, if need be; never longer than `longest_wait_ms`.
    void after_commit(sqlite3* handle, int pages, Millis longest_wait_ms);

    /// When the connection has made its last commit, which left `pages` in the log: empties it.
    /// Waits for readers only if it is long, and a second at most.
    void at_the_end(sqlite3* handle, int pages) const;

  private:
    bool truncate(sqlite3* handle, Millis wait_ms) const;
    void begin_anew();
    void put_off(int pages);

    static constexpr Millis k_first_wait_ms = 2'000;
    static constexpr Millis k_longest_wait_ms = 16'000;

    int m_pages;
    int m_step;          ///< so many more pages until it is tried again
    int m_tried_at = 0;  ///< pages in the log when it was tried last; 0: not since it began
    int m_last = 0;      ///< pages in the log after the latest commit
    Millis m_wait_ms = k_first_wait_ms;
};

}  // namespace pressings::store::sqlite
