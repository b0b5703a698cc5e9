#include "mirror/file/mirror_swap.hpp"

#include <cerrno>
#include <cstdio>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/fs.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/text.hpp"

namespace pressings::mirror {

namespace {

constexpr std::size_t k_copied_at_once = std::size_t{64} << 20U;
/// Never through a link, never what somebody else has put there.
constexpr int k_make = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;

[[noreturn]] void fail(const char* what, const std::string& path) {
    const int why = errno;
    throw Error(fmt::format("cannot {} {}: {}", what, escape_controls(path), errno_text(why)));
}

/// A file that is closed with the object.
class OpenFile {
  public:
    OpenFile(const std::string& path, int flags) : m_file(::open(path.c_str(), flags, 0666)) {
        if (m_file < 0) fail("open", path);
    }
    ~OpenFile() { ::close(m_file); }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    int descriptor() const { return m_file; }

  private:
    int m_file;
};

std::string folder_of(const std::string& path) {
    return std::filesystem::absolute(path).parent_path().string();
}

void sync(const std::string& path, int flags) {
    const OpenFile file{path, flags};
    if (::fsync(file.descriptor()) != 0) fail("write", path);
}

}  // namespace

LoadLock::LoadLock(const std::string& mirror)
    : m_file(::open((mirror + "-lock").c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666)) {
    if (m_file < 0) fail("write beside the mirror", mirror);
    if (::flock(m_file, LOCK_EX | LOCK_NB) == 0) return;
    ::close(m_file);
    throw Error(fmt::format("the mirror {} is being loaded by another process; wait for it",
                            escape_controls(mirror)));
}

LoadLock::~LoadLock() {
    ::close(m_file);
}

std::string loading_path(const std::string& mirror) {
    return mirror + ".loading";
}

bool has_loading(const std::string& mirror) {
    struct stat status {};
    return ::lstat(loading_path(mirror).c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
           status.st_nlink == 1;
}

void make_loading(const std::string& mirror) {
    const OpenFile made{loading_path(mirror), k_make};
}

void remove_loading(const std::string& mirror) {
    for (const char* ending : {"", "-wal", "-shm", "-journal"}) {
        const std::string path = loading_path(mirror) + ending;
        if (::unlink(path.c_str()) != 0 && errno != ENOENT) fail("remove", path);
    }
}

void copy_to_loading(const std::string& mirror) {
    const std::string path = loading_path(mirror);
    const OpenFile from{mirror, O_RDONLY | O_CLOEXEC};
    const OpenFile to{path, k_make};
    if (::ioctl(to.descriptor(), FICLONE, from.descriptor()) == 0) return;
    while (true) {
        const ssize_t size = ::copy_file_range(from.descriptor(), nullptr, to.descriptor(), nullptr,
                                               k_copied_at_once, 0);
        if (size < 0 && errno != EINTR) fail("copy the mirror to", path);
        if (size == 0) return;
    }
}

void publish_loading(const std::string& mirror) {
    const std::string path = loading_path(mirror);
    struct stat before {};
    if (::stat(mirror.c_str(), &before) == 0) ::chmod(path.c_str(), before.st_mode & 07777);
    sync(path, O_RDWR | O_CLOEXEC);
    if (::rename(path.c_str(), mirror.c_str()) != 0) fail("replace", mirror);
    sync(folder_of(mirror), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

}  // namespace pressings::mirror
