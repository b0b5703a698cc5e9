#include "store/sqlite/file/named_files.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/text.hpp"
#include "store/store_error.hpp"

namespace pressings::store::sqlite {

namespace {

std::optional<FileIdentity> identity_at(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return std::nullopt;
    return identity_of(status);
}

/// SQLite names the log after the database: by each name of the file there would be another.
void require_one_name(const std::string& path, const struct stat& status) {
    if (status.st_nlink <= 1) return;
    throw StoreError(fmt::format(
        "the database {} has {} names (hard links), and SQLite keeps a log for each, so that what "
        "is written by one name is damaged by the other; remove all names but one (`find FOLDER "
        "-samefile FILE` finds them), or work on a copy made with `release-worker backup`",
        escape_controls(path), status.st_nlink));
}

}  // namespace

void NamedFiles::note_log() {
    m_log = identity_at(m_path + "-wal");
    m_index = identity_at(m_path + "-shm");
}

void NamedFiles::require_in_place() const {
    struct stat status {};
    if (::stat(m_path.c_str(), &status) != 0 || identity_of(status) != m_database) {
        throw StoreError(
            fmt::format("the database {} was replaced or removed while in use; nothing more is "
                        "written; put it back, or start again with what is there now",
                        escape_controls(m_path)));
    }
    require_one_name(m_path, status);
    const auto gone = [this](const char* suffix, const std::optional<FileIdentity>& opened) {
        return opened && identity_at(m_path + suffix) != opened;
    };
    const char* suffix = gone("-wal", m_log) ? "-wal" : gone("-shm", m_index) ? "-shm" : nullptr;
    if (suffix == nullptr) return;
    throw StoreError(
        fmt::format("{0}{1} was replaced or removed while the database was in use, and the latest "
                    "commits with it; nothing more is written; stop every tool that uses {0}, then "
                    "run `release-worker check`",
                    escape_controls(m_path), suffix));
}

}  // namespace pressings::store::sqlite
