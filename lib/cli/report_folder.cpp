#include "cli/report_folder.hpp"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <regex>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"

namespace pressings::cli {

namespace {

namespace fs = std::filesystem;

constexpr const char* k_mark = ".pressings-report";
constexpr const char* k_mark_text =
    "A report of release-catalog. It is replaced as a whole when it is written again.\n";

/// Whether a report has this in it: what is not ours is never removed. Reports from before 1.0.0
/// had a page an album, in folders of a thousand.
bool is_of_report(const fs::directory_entry& entry, const fs::path& root) {
    static const std::regex k_files{
        R"(\.pressings-report|(index|albums|album|artist|label)\.html|report\.(css|js)|icon\.svg)"
        R"(|data/(list|albums|tracks|artists|labels)-\d+\.js)"
        R"(|statistics\.html|albums-\d+\.html|albums/\d+/\d+\.html)"};
    static const std::regex k_folders{R"(data|albums(/\d+)?)"};
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

bool is_unsupported(int error) {
    return error == EINVAL || error == ENOSYS;
}

}  // namespace

ReportFolder::ReportFolder(const std::string& path)
    : m_path(guarded(path, [&] { return usable(path).string(); })),
      m_draft(m_path, Draft::Kind::folder) {}

ReportFolder::~ReportFolder() {
    if (m_replaced.empty()) return;
    std::error_code ignored;
    fs::remove_all(m_replaced, ignored);
}

void ReportFolder::add(const std::string& name, std::string_view text) {
    write(name, text, "wxe");
    ++m_files;
}

void ReportFolder::append(const std::string& name, std::string_view text) {
    write(name, text, "ae");
}

void ReportFolder::write(const std::string& name, std::string_view text, const char* mode) {
    const fs::path file = fs::path{m_draft.path()} / name;
    guarded(m_path, [&] { fs::create_directories(file.parent_path()); });
    std::FILE* opened = std::fopen(file.c_str(), mode);
    if (opened == nullptr) throw_cannot_write(m_path, errno_text(errno));
    const bool written = std::fwrite(text.data(), 1, text.size(), opened) == text.size();
    int error = errno;
    const bool closed = std::fclose(opened) == 0;
    if (written && !closed) error = errno;
    if (!written || !closed) throw_cannot_write(m_path, errno_text(error));
    m_bytes += static_cast<std::int64_t>(text.size());
}

/// The earlier report gives up its place in one step, or in two where the file system has none.
void ReportFolder::put_in_place() {
    const std::string& draft = m_draft.path();
    if (std::rename(draft.c_str(), m_path.c_str()) == 0) return;  // there was none, or an empty one
    if (errno != EEXIST && errno != ENOTEMPTY) throw_cannot_write(m_path, errno_text(errno));
    if (exchange_names(draft, m_path)) return take_back_if_foreign();
    if (!is_unsupported(errno)) throw_cannot_write(m_path, errno_text(errno));
    const std::string old = draft + ".old";
    if (std::rename(m_path.c_str(), old.c_str()) != 0)
        throw_cannot_write(m_path, errno_text(errno));
    if (std::rename(draft.c_str(), m_path.c_str()) == 0) {
        m_replaced = old;
        return;
    }
    const int error = errno;
    std::rename(old.c_str(), m_path.c_str());
    throw_cannot_write(m_path, errno_text(error));
}

/// Somebody may have put something into the folder after it was looked at.
void ReportFolder::take_back_if_foreign() {
    const auto foreign = guarded(m_path, [&] { return foreign_thing(m_draft.path()); });
    if (!foreign) return;
    exchange_names(m_draft.path(), m_path);
    throw_cannot_write(m_path, quote(*foreign) + " has come into it meanwhile");
}

void ReportFolder::publish() {
    write(k_mark, k_mark_text, "wxe");
    m_draft.sync();  // of the whole file system: a sync for each file would take minutes
    guarded(m_path, [&] { refuse_foreign(m_path); });
    put_in_place();
    sync_folder_of(m_path);
}

}  // namespace pressings::cli
