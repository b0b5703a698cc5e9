#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "crash/recording.hpp"

namespace pressings::test {

/// A disk and what has been asked of it, as POSIX promises it and no more: what was synced stays.
/// Of what was not, any part may be there when the power comes back: of what was written to a
/// file, some sectors and not others, in whatever order; of names made, moved and removed, the
/// earlier ones, or any of them. fsync() of a file keeps its content, fsync() of a folder the names
/// in it.
class Disk {
  public:
    /// With everything under `root` as it is now, safely stored.
    explicit Disk(const std::filesystem::path& root);

    void apply(const Change& change);

    /// Empties the root and writes into it one of the states that the disk may be in after the
    /// power was cut now.
    void restore(std::mt19937_64& random) const;

  private:
    using Inode = std::uint64_t;
    using Name = std::pair<Inode, std::string>;  ///< of the folder, and the name in it
    using Names = std::map<Name, Inode>;

    struct File {
        std::string synced;
        std::vector<Change> unsynced{};
    };

    struct NameChange {
        preload_change kind;
        Name name;
        Name other{};  ///< the new one
        Inode inode = 0;
    };

    void scan(const std::filesystem::path& folder, Inode inode);
    Name name_of(const std::string& path) const;
    void change_name(const Change& change);
    void sync(Inode inode);
    void sync_all();
    static void apply(Names& names, const NameChange& change);
    Names some_names(std::mt19937_64& random) const;
    void write_folder(const Names& names, Inode inode, const std::filesystem::path& path,
                      std::mt19937_64& random) const;

    std::filesystem::path m_root;
    Inode m_root_inode = 0;
    std::map<Inode, File> m_files;
    std::map<Inode, bool> m_folders;
    Names m_names;   ///< as the tools see them
    Names m_synced;  ///< as they are on the disk
    std::vector<NameChange> m_unsynced;
};

}  // namespace pressings::test
