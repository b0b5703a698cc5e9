#include "rejects_file.hpp"

#include <cerrno>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/output_kinds.hpp"

namespace pressings {

namespace {

struct Opened {
    int file = -1;
    bool made = false;
};

Opened open_to_write(const std::string& path) {
    constexpr int k_rights = 0666;
    if (const auto open = cli::named_descriptor(path)) {
        return {::fcntl(*open, F_DUPFD_CLOEXEC, 0), false};
    }
    const int made =
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, k_rights);
    if (made >= 0) return {made, true};
    if (errno != EEXIST) return {};
    return {::open(path.c_str(), O_WRONLY | O_CLOEXEC), false};
}

bool is_plain_file(int file) {
    struct stat status {};
    return ::fstat(file, &status) == 0 && S_ISREG(status.st_mode);
}

}  // namespace

RejectsFile::RejectsFile(const std::string& path) : m_path(path) {
    cli::refuse_other_kinds(path, cli::k_rejects_kind);
    const Opened opened = open_to_write(path);
    if (opened.file < 0) {
        throw UsageError(fmt::format("--rejects {}: cannot be written: {}", escape_controls(path),
                                     errno_text(errno)));
    }
    m_made = opened.made;
    m_file = opened.file;
}

RejectsFile::~RejectsFile() {
    ::close(m_file);
    if (m_made && !m_begun) ::unlink(m_path.c_str());
}

void RejectsFile::begin() {
    m_begun = true;
    const bool is_to_be_cleared = !cli::named_descriptor(m_path) && is_plain_file(m_file);
    if (!is_to_be_cleared || ::ftruncate(m_file, 0) == 0) return;
    throw Error(fmt::format("cannot clear {}: {}", escape_controls(m_path), errno_text(errno)));
}

void RejectsFile::add(std::string_view line) {
    std::string text{line};
    text += '\n';
    std::string_view rest = text;
    while (!rest.empty()) {
        const ssize_t written = ::write(m_file, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) {
            throw Error(fmt::format("cannot write {}: {}; the albums reported so far are saved",
                                    escape_controls(m_path), errno_text(errno)));
        }
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
}

}  // namespace pressings
