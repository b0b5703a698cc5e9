#pragma once

#include <cstdint>
#include <string>

#include "base/time.hpp"
#include "store/sqlite/file/open_files.hpp"

namespace pressings::store::sqlite {

/// Which byte is locked for what. They lie in the database's own file, so that whoever has the file
/// has the locks, by whatever name; and at 2^60, far behind all that SQLite reads, writes or locks
/// (https://sqlite.org/fileformat2.html#the_lock_byte_page; its files end at 2^48).
constexpr std::int64_t k_first_byte = std::int64_t{1} << 60;
/// Who holds it may write, or move the log into the database.
constexpr std::int64_t k_writers_byte = k_first_byte;
/// Who holds it may change when requests may be made.
constexpr std::int64_t k_slots_byte = k_first_byte + 1;
/// Shared by those who read the file without SQLite's locks; held by who moves the log into it.
constexpr std::int64_t k_still_byte = k_first_byte + 2;

/// Locks on single bytes of a database file, which the kernel frees when the process dies (open
/// file description locks, fcntl(2)). One object is one owner.
class FileLock {
  public:
    /// Opens the file, which may be one that can only be read; then nothing can be locked alone,
    /// but looked at. StoreError if it cannot be opened.
    explicit FileLock(const std::string& path);

    /// Whether the byte is now ours alone.
    bool try_lock(std::int64_t byte);
    /// Whether the byte is now ours with others who share it.
    bool try_share(std::int64_t byte);
    /// Tries until `timeout_ms` have passed.
    bool lock(std::int64_t byte, Millis timeout_ms);
    void unlock(std::int64_t byte);
    /// Whether another owner holds the byte, alone or shared.
    bool is_held_elsewhere(std::int64_t byte) const;
    /// The same of any byte from `first` on.
    bool is_any_held_elsewhere(std::int64_t first) const;

    const FileIdentity& identity() const { return m_file.identity(); }
    bool is_writable() const { return m_file.is_writable(); }
    int descriptor() const { return m_file.descriptor(); }

  private:
    bool request(short type, std::int64_t byte);

    std::string m_path;
    OpenFile m_file;
};

}  // namespace pressings::store::sqlite
