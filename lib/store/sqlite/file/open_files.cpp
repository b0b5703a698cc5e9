#include "store/sqlite/file/open_files.hpp"

#include <algorithm>
#include <cerrno>
#include <map>
#include <mutex>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "base/text.hpp"
#include "store/store_error.hpp"

namespace pressings::store::sqlite {

namespace {

struct Descriptor {
    int number = -1;
    bool is_writable = false;
};

/// What this process has of one file.
struct Use {
    int users = 0;
    std::vector<Descriptor> idle;
};

struct Register {
    std::mutex mutex;
    std::map<FileIdentity, Use> uses;
};

Register& open_now() {
    static Register all;
    return all;
}

[[noreturn]] void refuse(const std::string& path, const std::string& reason) {
    throw StoreError(
        fmt::format("the database {} cannot be opened: {}", escape_controls(path), reason));
}

/// Never waits, as to open a pipe would.
constexpr int k_flags = O_CLOEXEC | O_NONBLOCK;

Descriptor open_it(const std::string& path) {
    const int both = ::open(path.c_str(), O_RDWR | k_flags);
    if (both >= 0) return {both, true};
    if (errno == EACCES || errno == EROFS || errno == EPERM) {
        const int reading = ::open(path.c_str(), O_RDONLY | k_flags);
        if (reading >= 0) return {reading, false};
    }
    const char* hint =
        errno == EACCES || errno == EPERM ? "; look at the rights of the file and its folder" : "";
    refuse(path, errno_text(errno) + hint);
}

/// One that was left, if the file is open already and there is one that may write.
Descriptor take_idle(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return {};
    auto& uses = open_now().uses;
    const auto use = uses.find(identity_of(status));
    if (use == uses.end()) return {};
    auto& idle = use->second.idle;
    const auto found = std::find_if(idle.begin(), idle.end(),
                                    [](const Descriptor& one) { return one.is_writable; });
    if (found == idle.end()) return {};
    const Descriptor taken = *found;
    idle.erase(found);
    return taken;
}

}  // namespace

FileIdentity identity_of(const struct stat& status) {
    return {status.st_dev, status.st_ino};
}

OpenFile::OpenFile(const std::string& path) {
    const std::lock_guard guard{open_now().mutex};
    Descriptor opened = take_idle(path);
    if (opened.number < 0) opened = open_it(path);
    struct stat status {};
    const int result = ::fstat(opened.number, &status);
    if (result != 0 || !S_ISREG(status.st_mode)) {
        const std::string reason = result != 0 ? errno_text(errno) : "it is no regular file";
        ::close(opened.number);  // of nothing that SQLite could have locked
        refuse(path, reason);
    }
    m_descriptor = opened.number;
    m_is_writable = opened.is_writable;
    m_identity = identity_of(status);
    ++open_now().uses[m_identity].users;
}

OpenFile::~OpenFile() {
    const std::lock_guard guard{open_now().mutex};
    // Its locks must not outlive it, though the descriptor may.
    struct flock everything {};
    everything.l_type = F_UNLCK;
    everything.l_whence = SEEK_SET;
    ::fcntl(m_descriptor, F_OFD_SETLK, &everything);
    auto& uses = open_now().uses;
    const auto use = uses.find(m_identity);
    use->second.idle.push_back({m_descriptor, m_is_writable});
    if (--use->second.users > 0) return;
    for (const Descriptor& idle : use->second.idle)
        ::close(idle.number);
    uses.erase(use);
}

}  // namespace pressings::store::sqlite
