#include "cli/report_folder.hpp"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <regex>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/output_file.hpp"

namespace pressings::cli {

namespace {

namespace fs = std::filesystem;

constexpr const char* k_mark = ".pressings-report";
constexpr const char* k_mark_text =
    "A report of release-catalog. It is replaced as a whole when it is written again.\n";
constexpr std::int64_t k_albums_in_a_folder = 1000;

/// Whether a report has this in it: what is not ours is never removed.
bool is_of_report(const fs::directory_entry& entry, const fs::path& root) {
    static const std::regex k_files{
        R"(\.pressings-report|index\.html|statistics\.html|albums-\d+\.html|albums/\d+/\d+\.html)"};
    static const std::regex k_folders{R"(albums(/\d+)?)"};
    const std::string name = entry.path().lexically_relative(root).string();
    const auto type = entry.symlink_status().type();
    if (type == fs::file_type::directory) return std::regex_match(name, k_folders);
    return type == fs::file_type::regular && std::regex_match(name, k_files);
}

/// Something in the folder that keeps it from being replaced; nothing if it may be.
std::optional<std::string> foreign_thing(const fs::path& folder) {
    if (fs::is_empty(folder)) return std::nullopt;
    for (const auto& entry : fs::recursive_directory_iterator{folder}) {
        if (!is_of_report(entry, folder)) return entry.path().lexically_relative(folder).string();
    }
    if (fs::exists(folder / k_mark)) return std::nullopt;
    return fs::directory_iterator {
        folder
        } -> path().filename().string();
}

void refuse_foreign(const fs::path& folder) {
    if (!fs::exists(folder)) return;
    if (!fs::is_directory(folder)) {
        throw UsageError(
            fmt::format("{} is no folder; name another", escape_controls(folder.string())));
    }
    const auto foreign = foreign_thing(folder);
    if (!foreign) return;
    throw UsageError(
        fmt::format("{} is no earlier report, or not only that: there is {} in it; name a new "
                    "folder",
                    escape_controls(folder.string()), quote(*foreign)));
}

fs::path usable(const std::string& path) {
    if (path.empty()) throw UsageError("--output needs the name of a folder");
    fs::path folder = fs::weakly_canonical(fs::absolute(path));
    if (!folder.has_filename()) folder = folder.parent_path();
    if (!fs::is_directory(folder.parent_path())) {
        throw UsageError(fmt::format("{}: there is no folder that it could be in; make it first",
                                     escape_controls(path)));
    }
    refuse_foreign(folder);
    return folder;
}

[[noreturn]] void throw_cannot_write(const std::string& path, const std::string& why) {
    throw Error(fmt::format("cannot write the report {}: {}; nothing was changed",
                            escape_controls(path), why));
}

/// What the file system refuses becomes an error of ours, about the folder that was asked for.
template <typename Work>
auto guarded(const std::string& path, const Work& work) {
    try {
        return work();
    } catch (const fs::filesystem_error& error) {
        throw_cannot_write(path, error.code().message());
    }
}

/// Exchanges two folders in one step; false where the file system cannot.
bool exchange(const std::string& one, const std::string& other) {
    return ::renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE) == 0;
}

/// Brings the whole file system of a folder to the disk: a sync for each page would take minutes.
bool sync_all(const std::string& folder) {
    const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = opened >= 0 && ::syncfs(opened) == 0;
    if (opened >= 0) ::close(opened);
    return synced;
}

}  // namespace

ReportFolder::ReportFolder(const std::string& path) {
    guarded(path, [&] {
        const fs::path folder = usable(path);
        const fs::path draft = folder.parent_path() /
                               fmt::format(".{}.{}.tmp", folder.filename().string(), ::getpid());
        if (!fs::create_directory(draft)) {
            throw_cannot_write(path, draft.string() + " is in the way");
        }
        m_draft = draft.string();
        m_path = folder.string();
        std::error_code ignored;
        const auto before = fs::status(folder, ignored);
        if (fs::exists(before)) fs::permissions(draft, before.permissions(), ignored);
    });
}

ReportFolder::~ReportFolder() {
    std::error_code ignored;
    fs::remove_all(m_draft, ignored);
}

void ReportFolder::add(const std::string& name, std::string_view text) {
    const fs::path file = fs::path{m_draft} / name;
    guarded(m_path, [&] { fs::create_directories(file.parent_path()); });
    std::FILE* opened = std::fopen(file.c_str(), "wxe");
    if (opened == nullptr) throw_cannot_write(m_path, errno_text(errno));
    const bool written = std::fwrite(text.data(), 1, text.size(), opened) == text.size();
    int error = errno;
    const bool closed = std::fclose(opened) == 0;
    if (written && !closed) error = errno;
    if (!written || !closed) throw_cannot_write(m_path, errno_text(error));
    ++m_pages;
}

void ReportFolder::put_in_place() {
    const std::string old = m_draft + ".old";
    if (std::rename(m_draft.c_str(), m_path.c_str()) == 0)
        return;  // there was none, or an empty one
    if (errno != EEXIST && errno != ENOTEMPTY) throw_cannot_write(m_path, errno_text(errno));
    if (exchange(m_draft, m_path)) return;
    if (errno != EINVAL && errno != ENOSYS) throw_cannot_write(m_path, errno_text(errno));
    if (std::rename(m_path.c_str(), old.c_str()) != 0)
        throw_cannot_write(m_path, errno_text(errno));
    if (std::rename(m_draft.c_str(), m_path.c_str()) == 0) {
        m_draft = old;
        return;
    }
    const int error = errno;
    std::rename(old.c_str(), m_path.c_str());
    throw_cannot_write(m_path, errno_text(error));
}

void ReportFolder::publish() {
    add(k_mark, k_mark_text);
    --m_pages;
    if (!sync_all(m_draft)) throw_cannot_write(m_path, errno_text(errno));
    guarded(m_path, [&] { refuse_foreign(m_path); });
    put_in_place();
    sync_folder(fs::path{m_path}.parent_path().string());
}

std::string index_name(std::int64_t page) {
    return page == 1 ? "index.html" : fmt::format("albums-{}.html", page);
}

std::string album_name(std::int64_t album_id) {
    return fmt::format("albums/{}/{}.html", album_id / k_albums_in_a_folder, album_id);
}

}  // namespace pressings::cli
