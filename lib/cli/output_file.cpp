#include "cli/output_file.hpp"

#include <cerrno>
#include <cstdio>
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

[[noreturn]] void throw_cannot_write(const std::string& path, int error) {
    throw Error(fmt::format("cannot write {}: {}; nothing was changed", escape_controls(path),
                            errno_text(error)));
}

/// The file that is meant, links followed.
std::string resolved(const std::string& path) {
    std::error_code none;
    const fs::path whole = fs::weakly_canonical(fs::absolute(path), none);
    return none ? path : whole.string();
}

bool is_written_directly(const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
}

std::string draft_of(const std::string& path) {
    const fs::path whole{path};
    return (whole.parent_path() / fmt::format(".{}.{}.tmp", whole.filename().string(), ::getpid()))
        .string();
}

/// Mode bits of the file that is replaced; of a new one, what the umask leaves.
void take_over_mode(int descriptor, const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0) ::fchmod(descriptor, status.st_mode & 0777U);
}

std::string usable(const std::string& path) {
    const fs::path folder = fs::path{path}.parent_path();
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) {
        throw UsageError(fmt::format("{} is a folder; name a file", escape_controls(path)));
    }
    if (path.empty() || !fs::is_directory(folder.empty() ? "." : folder, ignored)) {
        throw UsageError(
            fmt::format("{}: there is no folder that it could be in; make it first", quote(path)));
    }
    return resolved(path);
}

int opened(const std::string& path, const std::string& draft) {
    const int descriptor =
        draft.empty() ? ::open(path.c_str(), O_WRONLY | O_CLOEXEC)
                      : ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0) throw_cannot_write(path, errno);
    return descriptor;
}

}  // namespace

OutputFile::OutputFile(const std::string& path)
    : m_path(usable(path)),
      m_draft(is_written_directly(m_path) ? std::string{} : draft_of(m_path)),
      m_descriptor(opened(m_path, m_draft)),
      m_output(m_descriptor, escape_controls(path)) {
    if (!m_draft.empty()) take_over_mode(m_descriptor, m_path);
}

OutputFile::~OutputFile() {
    ::close(m_descriptor);
    if (!m_draft.empty()) ::unlink(m_draft.c_str());
}

void OutputFile::keep() {
    m_output.flush();
    if (m_draft.empty()) return;
    if (::fsync(m_descriptor) != 0) throw_cannot_write(m_path, errno);
    if (std::rename(m_draft.c_str(), m_path.c_str()) != 0) throw_cannot_write(m_path, errno);
    m_draft.clear();
    sync_folder(fs::path{m_path}.parent_path());
}

void sync_folder(const std::string& path) {
    const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = folder >= 0 && ::fsync(folder) == 0;
    const int error = errno;
    if (folder >= 0) ::close(folder);
    if (synced) return;
    throw Error(
        fmt::format("cannot bring {} to the disk: {}", escape_controls(path), errno_text(error)));
}

}  // namespace pressings::cli
