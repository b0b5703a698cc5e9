#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "mirror/file/reading.hpp"

namespace pressings::mirror {

/// Connections to the mirror that a name leads to, for several threads. When it leads to another
/// one, that is opened; but not if it cannot be used: then the one before is, and the name is
/// looked at again later. A file that was written over is no longer the one before.
class ReadingPool {
  public:
    ReadingPool(std::string path, Mirror::Warn warn);
    ReadingPool(const ReadingPool&) = delete;
    ReadingPool& operator=(const ReadingPool&) = delete;

    /// A connection, ours until the end of the object. Error if there is none to be had.
    class Borrowed {
      public:
        explicit Borrowed(ReadingPool& pool) : m_pool(pool), m_reading(pool.take()) {}
        ~Borrowed() { m_pool.give_back(std::move(m_reading)); }
        Borrowed(const Borrowed&) = delete;
        Borrowed& operator=(const Borrowed&) = delete;

        Reading& operator*() const { return *m_reading; }

      private:
        ReadingPool& m_pool;
        std::unique_ptr<Reading> m_reading;
    };

  private:
    using Lock = std::unique_lock<std::mutex>;

    std::unique_ptr<Reading> take();
    void give_back(std::unique_ptr<Reading> reading);
    std::unique_ptr<Reading> follow_name();
    void forget_if_written_over(const FileIdentity& found);
    std::unique_ptr<Reading> use(std::unique_ptr<Reading> reading);
    std::unique_ptr<Reading> one_before(Lock& lock);
    bool is_put_off(const FileIdentity& found) const;
    void put_off(const FileIdentity& found, const char* reason);

    std::string m_path;
    Mirror::Warn m_warn;
    std::mutex m_mutex;
    std::condition_variable m_given_back;
    FileIdentity m_used;                           ///< of the mirror that is in use
    int m_open = 0;                                ///< connections to it
    std::vector<std::unique_ptr<Reading>> m_idle;  ///< those of them that nobody has
    FileIdentity m_refused;                        ///< what the name leads to, and is of no use
    Millis m_look_again_at = 0;                    ///< steady
    bool m_warned = false;                         ///< since a mirror came into use
};

}  // namespace pressings::mirror
