#include "store/sqlite/file/location.hpp"

#include <cerrno>
#include <cstdint>
#include <filesystem>

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "base/text.hpp"
#include "store/store_error.hpp"

namespace pressings::store::sqlite {

namespace {

/// "catalog.db", "sqlite:catalog.db" or "file:catalog.db" as a path.
std::string path_of(const std::string& location) {
    for (const std::string_view scheme : {"sqlite:", "file:"}) {
        if (!location.starts_with(scheme)) continue;
        std::string path = location.substr(scheme.size());
        if (path.starts_with("///")) path.erase(0, 2);
        return path;
    }
    return location;
}

/// The path of the file itself, behind all symbolic links, whether it is there or not: by every
/// name it is one database, with one log.
std::string resolved(const std::string& path) {
    namespace fs = std::filesystem;
    constexpr int k_most_links = 40;  // as the kernel follows
    std::error_code ignored;
    fs::path file = fs::absolute(path, ignored);
    for (int links = 0; fs::is_symlink(file, ignored); ++links) {
        if (links == k_most_links) {
            throw StoreError(fmt::format("the database {} is a symbolic link that leads nowhere",
                                         escape_controls(path)));
        }
        const fs::path target = fs::read_symlink(file, ignored);
        file = fs::weakly_canonical(file.parent_path(), ignored) / target;
    }
    const fs::path folder = fs::weakly_canonical(file.parent_path(), ignored);
    return folder.empty() ? file.string() : (folder / file.filename()).string();
}

void refuse_unknown(const std::string& location, const std::string& path) {
    const auto colon = location.find("://");
    const bool other_scheme = colon != std::string::npos && path == location;
    if (other_scheme || path.starts_with(":memory:") || path.find('?') != std::string::npos) {
        throw UsageError(
            fmt::format("--db {}: not a database that can be used; give the path of a SQLite file",
                        escape_controls(location)));
    }
    if (path.empty()) throw UsageError("--db needs the path of a SQLite file");
}

/// The type that statfs(2) gives, and what people call it (linux/magic.h).
struct NetworkFileSystem {
    std::uint32_t type;
    const char* name;
};

constexpr NetworkFileSystem k_network_file_systems[] = {
    {0x6969, "NFS"},      {0x517B, "SMB"},      {0xFF534D42, "CIFS"},   {0xFE534D42, "SMB2"},
    {0x5346414F, "AFS"},  {0x00C36400, "Ceph"}, {0x0BD00BD0, "Lustre"}, {0x01021997, "9P"},
    {0x47504653, "GPFS"}, {0x01161970, "GFS2"},
};

}  // namespace

std::string file_of(const std::string& location) {
    const std::string path = path_of(location);
    refuse_unknown(location, path);
    return resolved(path);
}

void make_folder(const std::string& path) {
    const std::filesystem::path folder = std::filesystem::path{path}.parent_path();
    std::error_code error;
    if (!folder.empty()) std::filesystem::create_directories(folder, error);
    if (error) {
        throw StoreError(fmt::format("cannot make the folder {} for the database: {}",
                                     escape_controls(folder.string()), error.message()));
    }
}

void refuse_folder(const std::string& path) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(path, ignored)) return;
    throw StoreError(
        fmt::format("the database {} is a folder; name a file", escape_controls(path)));
}

void require_database(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0 || (errno != ENOENT && errno != ENOTDIR)) return;
    throw StoreError(
        fmt::format("there is no database {}; `album-import` makes one with the first album",
                    escape_controls(path)));
}

void refuse_network(const std::string& path) {
    struct statfs status {};
    const std::filesystem::path folder = std::filesystem::path{path}.parent_path();
    if (::statfs(folder.empty() ? "." : folder.c_str(), &status) != 0) return;
    for (const NetworkFileSystem& known : k_network_file_systems) {
        if (known.type != static_cast<std::uint32_t>(status.f_type)) continue;
        throw StoreError(fmt::format(
            "the database {} is on a network file system ({}), where SQLite's locks and shared "
            "memory cannot be relied on; put it on a local disk, or say "
            "--allow-network-filesystem if only this machine uses it",
            escape_controls(path), known.name));
    }
}

bool is_part_of(const std::string& location, const std::string& file) {
    namespace fs = std::filesystem;
    std::error_code ignored;
    const std::string whole = resolved(file);
    const std::string path = resolved(path_of(location));
    for (const char* suffix : {"", "-wal", "-shm", "-journal", "-rate", "-deaths"}) {
        if (whole == path + suffix || fs::equivalent(path + suffix, file, ignored)) return true;
    }
    return false;
}

}  // namespace pressings::store::sqlite
