#pragma once

#include <string>

/// How a mirror is replaced: a new one is made beside it and takes its name when it is whole. Who
/// reads the old one keeps it until he looks again; there is never half a mirror under the name.
namespace pressings::mirror {

/// Held while a mirror is loaded, so that only one process does. It is the lock of a file beside
/// it that stays, and is free again when the process ends, however it does.
class LoadLock {
  public:
    /// Error if another process holds it.
    explicit LoadLock(const std::string& mirror);
    ~LoadLock();
    LoadLock(const LoadLock&) = delete;
    LoadLock& operator=(const LoadLock&) = delete;

  private:
    int m_file;
};

/// Where the next mirror is made.
std::string loading_path(const std::string& mirror);

/// Whether there is one that could be gone on with: a file of its own, neither a link nor known by
/// another name.
bool has_loading(const std::string& mirror);

/// Makes it, empty, where none is. Error if something is there.
void make_loading(const std::string& mirror);

/// Removes it, with what SQLite keeps beside it.
void remove_loading(const std::string& mirror);

/// Makes it a copy of the mirror there is; at once where the file system can share blocks.
void copy_to_loading(const std::string& mirror);

/// Gives it the name of the mirror, after all of it is on the disk. It must be closed.
void publish_loading(const std::string& mirror);

}  // namespace pressings::mirror
