#pragma once

#include <compare>
#include <string>

#include <sys/stat.h>
#include <sys/types.h>

namespace pressings::store::sqlite {

/// Which file it is, whatever its names.
struct FileIdentity {
    dev_t device = 0;
    ino_t inode = 0;
    auto operator<=>(const FileIdentity&) const = default;
};

FileIdentity identity_of(const struct stat& status);

/// A descriptor of a database file, apart from those that SQLite has; one object is one open file
/// description (open(2)), and so one owner of locks.
///
/// To close any descriptor of a file takes from a process all the POSIX locks that it has on that
/// file (fcntl(2)), those of SQLite too. So a descriptor that is not needed any more is kept for
/// whoever opens the file next, and closed only when no OpenFile of this process has the file.
/// Whoever opens a database with SQLite holds an OpenFile of it for longer. Safe from several
/// threads.
class OpenFile {
  public:
    /// Opens it to write, or only to read where it may not be written. StoreError if it is not
    /// there, cannot be opened, or is no regular file.
    explicit OpenFile(const std::string& path);
    ~OpenFile();
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    int descriptor() const { return m_descriptor; }
    bool is_writable() const { return m_is_writable; }
    const FileIdentity& identity() const { return m_identity; }

  private:
    FileIdentity m_identity;
    int m_descriptor = -1;
    bool m_is_writable = false;
};

}  // namespace pressings::store::sqlite
