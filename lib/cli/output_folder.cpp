#include "cli/output_folder.hpp"

#include <cerrno>
#include <filesystem>
#include <optional>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/text.hpp"

namespace pressings::cli {

namespace {

namespace fs = std::filesystem;

bool is_of_kind(const fs::directory_entry& entry, const fs::path& root, const FolderKind& kind) {
    const std::string name = entry.path().lexically_relative(root).string();
    const auto type = entry.symlink_status().type();
    if (type == fs::file_type::directory) return kind.has_folder(name);
    return type == fs::file_type::regular && (name == kind.mark || kind.has_file(name));
}

/// Something in the folder that keeps it from being replaced; nothing if it may be.
std::optional<std::string> foreign_thing(const fs::path& folder, const FolderKind& kind) {
    if (fs::is_empty(folder)) return std::nullopt;
    for (const auto& entry : fs::recursive_directory_iterator{folder}) {
        if (!is_of_kind(entry, folder, kind))
            return entry.path().lexically_relative(folder).string();
    }
    if (fs::exists(folder / kind.mark)) return std::nullopt;
    return fs::directory_iterator {
        folder
        } -> path().filename().string();
}

void refuse_foreign(const fs::path& folder, const FolderKind& kind) {
    if (!fs::exists(folder)) return;
    if (!fs::is_directory(folder)) {
        throw UsageError(
            fmt::format("{} is no folder; name another", escape_controls(folder.string())));
    }
    const auto foreign = foreign_thing(folder, kind);
    if (!foreign) return;
    throw UsageError(
        fmt::format("{} is no earlier {}, or not only that: there is {} in it; name a new folder",
                    escape_controls(folder.string()), kind.noun, quote(*foreign)));
}

fs::path usable(const std::string& path, const FolderKind& kind, std::string_view option) {
    if (path.empty() || path == "-")
        throw UsageError(fmt::format("{} needs the name of a folder", option));
    fs::path folder = fs::weakly_canonical(fs::absolute(path));
    if (!folder.has_filename()) folder = folder.parent_path();
    if (folder == fs::current_path()) {
        throw UsageError(
            fmt::format("{} is the folder you are in, which cannot be replaced; name "
                        "another",
                        escape_controls(path)));
    }
    if (!fs::is_directory(folder.parent_path())) {
        throw UsageError(fmt::format("{}: there is no folder that it could be in; make it first",
                                     escape_controls(path)));
    }
    refuse_foreign(folder, kind);
    return folder;
}

[[noreturn]] void throw_cannot_write(const std::string& path, const std::string& why) {
    throw Error(
        fmt::format("cannot write {}: {}; nothing was changed", escape_controls(path), why));
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

int open_to_write(const std::string& file, FolderFile::Begin begin, const std::string& folder) {
    constexpr int k_any_file = 0666;
    const int how = begin == FolderFile::Begin::anew ? O_EXCL : O_APPEND;
    const int opened = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | how, k_any_file);
    if (opened < 0) throw_cannot_write(folder, errno_text(errno));
    return opened;
}

void write_whole(FolderFile&& file, std::string_view text) {
    file.output().write(text);
    file.output().flush();
}

bool is_unsupported(int error) {
    return error == EINVAL || error == ENOSYS;
}

}  // namespace

OutputFolder::OutputFolder(const std::string& path, const FolderKind& kind, std::string_view option)
    : m_path(guarded(path, [&] { return usable(path, kind, option).string(); })),
      m_kind(kind),
      m_draft(m_path, Draft::Kind::folder) {}

OutputFolder::~OutputFolder() {
    if (m_replaced.empty()) return;
    std::error_code ignored;
    fs::remove_all(m_replaced, ignored);
}

void OutputFolder::add(const std::string& name, std::string_view text) {
    write_whole(FolderFile{*this, name}, text);
    ++m_files;
    m_bytes += static_cast<std::int64_t>(text.size());
}

void OutputFolder::append(const std::string& name, std::string_view text) {
    write_whole(FolderFile{*this, name, FolderFile::Begin::at_end}, text);
    m_bytes += static_cast<std::int64_t>(text.size());
}

/// The earlier one gives up its place in one step, or in two where the file system has none.
void OutputFolder::put_in_place() {
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
void OutputFolder::take_back_if_foreign() {
    const auto foreign = guarded(m_path, [&] { return foreign_thing(m_draft.path(), m_kind); });
    if (!foreign) return;
    exchange_names(m_draft.path(), m_path);
    throw_cannot_write(m_path, quote(*foreign) + " has come into it meanwhile");
}

void OutputFolder::publish() {
    write_whole(FolderFile{*this, std::string{m_kind.mark}}, m_kind.mark_text);
    m_draft.sync();  // of the whole file system: a sync for each file would take minutes
    guarded(m_path, [&] { refuse_foreign(m_path, m_kind); });
    put_in_place();
    sync_folder_of(m_path);
}

FolderFile::FolderFile(OutputFolder& folder, const std::string& name, Begin begin)
    : m_descriptor(guarded(folder.m_path,
                           [&] {
                               const fs::path file = fs::path{folder.m_draft.path()} / name;
                               fs::create_directories(file.parent_path());
                               return open_to_write(file.string(), begin, folder.m_path);
                           })),
      m_output(m_descriptor, escape_controls(folder.m_path)) {}

FolderFile::~FolderFile() {
    ::close(m_descriptor);
}

}  // namespace pressings::cli
