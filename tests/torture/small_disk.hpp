#pragma once

#include <cstdint>
#include <string>

#include "support/temporary_folder.hpp"

namespace pressings::test {

/// A file system in memory for one test, which can be made full. Where nobody may mount one it is
/// a folder like any other, and never full.
class SmallDisk {
  public:
    /// The process gets mounts of its own (unshare(2)), so no thread may have been started.
    SmallDisk();
    ~SmallDisk();
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    bool can_be_full() const { return m_mounted; }
    std::string folder() const { return m_folder.path().string(); }
    std::string file(const std::string& name) const { return m_folder.file(name); }

    /// Leaves room for about so many bytes more.
    void fill(std::uint64_t room) const;
    void make_room() const;

  private:
    TemporaryFolder m_folder;
    bool m_mounted = false;
};

}  // namespace pressings::test
