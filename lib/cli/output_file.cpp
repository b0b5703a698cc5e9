#include "cli/output_file.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/text.hpp"

namespace pressings::cli {

namespace {

namespace fs = std::filesystem;

bool is_plain_file(const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

bool is_written_directly(const std::string& path) {
    struct stat status {};
    if (named_descriptor(path)) return true;
    return ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
}

/// Its first bytes; nothing if it cannot be read.
std::optional<std::string> beginning_of(const std::string& path) {
    std::array<char, 4096> buffer{};
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) return std::nullopt;
    const ssize_t size = ::read(file, buffer.data(), buffer.size());
    ::close(file);
    if (size < 0) return std::nullopt;
    return std::string(buffer.data(), static_cast<std::size_t>(size));
}

void require_folder_of(const std::string& path) {
    const fs::path folder = fs::path{path}.parent_path();
    std::error_code error;
    if (!path.empty() && fs::is_directory(folder.empty() ? "." : folder, error)) return;
    const bool is_missing = !error || error == std::errc::no_such_file_or_directory ||
                            error == std::errc::not_a_directory;
    if (!is_missing) {
        throw Error(fmt::format("{}: cannot look at its folder: {}", quote(path), error.message()));
    }
    throw UsageError(
        fmt::format("{}: there is no folder that it could be in; make it first", quote(path)));
}

std::string usable(const std::string& path, const OutputKind& kind) {
    std::error_code ignored;
    if (is_written_directly(path) && !fs::is_directory(path, ignored)) return path;
    if (fs::is_directory(path, ignored)) {
        throw UsageError(fmt::format("{} is a folder; name a file", escape_controls(path)));
    }
    if (fs::is_symlink(fs::symlink_status(path, ignored)) && !fs::exists(path, ignored)) {
        throw UsageError(
            fmt::format("{} is a symbolic link that leads nowhere", escape_controls(path)));
    }
    require_folder_of(path);
    refuse_other_kinds(path, kind);
    return resolved(path);
}

int open_directly(const std::string& path) {
    if (!is_written_directly(path)) return -1;
    const auto open = named_descriptor(path);
    const int descriptor =
        open ? ::fcntl(*open, F_DUPFD_CLOEXEC, 0) : ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor >= 0) return descriptor;
    throw Error(fmt::format("cannot write {}: {}; nothing was changed", escape_controls(path),
                            errno_text(errno)));
}

}  // namespace

void refuse_other_kinds(const std::string& path, const OutputKind& kind) {
    if (named_descriptor(path) || !is_plain_file(path)) return;
    const auto beginning = beginning_of(path);
    if (beginning && (beginning->empty() || kind.is_earlier(*beginning))) return;
    throw UsageError(
        fmt::format("{} is there already and is not {}; name another file, or remove it first",
                    escape_controls(path), kind.name));
}

std::string resolved(const std::string& path) {
    std::error_code none;
    const fs::path whole = fs::weakly_canonical(fs::absolute(path), none);
    return none ? path : whole.string();
}

std::string new_database(const std::string& path, const OutputKind& kind) {
    std::error_code ignored;
    if (is_written_directly(path) && !fs::is_directory(path, ignored)) {
        throw UsageError(fmt::format("{} is no plain file; name one", escape_controls(path)));
    }
    const std::string file = usable(path, kind);
    for (const char* ending : {"-wal", "-journal"}) {
        if (!fs::exists(file + ending, ignored)) continue;
        throw UsageError(
            fmt::format("{0} is in use, or was when a program died, for there is {0}{1}: close "
                        "what has it open, or open it once with sqlite3, or name another file",
                        escape_controls(file), ending));
    }
    return file;
}

std::optional<int> named_descriptor(std::string_view path) {
    if (path == "-" || path == "/dev/stdout") return STDOUT_FILENO;
    if (path == "/dev/stderr") return STDERR_FILENO;
    for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
        if (!path.starts_with(folder)) continue;
        int number = -1;
        const char* const end = path.data() + path.size();
        const auto [stop, error] = std::from_chars(path.data() + folder.size(), end, number);
        if (error == std::errc{} && stop == end && number >= 0) return number;
    }
    return std::nullopt;
}

OutputFile::OutputFile(const std::string& path, const OutputKind& kind)
    : m_path(usable(path, kind)),
      m_direct(open_directly(m_path)),
      m_output(m_direct >= 0 ? m_direct : m_draft.emplace(m_path, Draft::Kind::file).descriptor(),
               escape_controls(path)) {}

OutputFile::~OutputFile() {
    if (m_direct >= 0) ::close(m_direct);
}

void OutputFile::keep() {
    m_output.flush();
    if (m_draft) m_draft->replace_target();
}

}  // namespace pressings::cli
