#pragma once

#include <cstdint>
#include <string>

#include "base/time.hpp"

namespace pressings::store::sqlite {

/// Locks on single bytes of a file of its own, which the kernel frees when the process dies
/// (open file description locks, fcntl(2)). One object is one owner.
class FileLock {
  public:
    /// Opens or makes the file; StoreError if it cannot be.
    explicit FileLock(const std::string& path);
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

    /// Whether the byte is now ours alone.
    bool try_lock(std::int64_t byte);
    /// Tries until `timeout_ms` have passed.
    bool lock(std::int64_t byte, Millis timeout_ms);
    void unlock(std::int64_t byte);
    /// Whether another owner holds the byte.
    bool is_held_elsewhere(std::int64_t byte) const;

  private:
    std::string m_path;
    int m_file = -1;
};

}  // namespace pressings::store::sqlite
