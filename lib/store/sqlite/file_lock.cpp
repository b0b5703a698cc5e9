#include "store/sqlite/file_lock.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "base/text.hpp"
#include "store/store_error.hpp"

namespace pressings::store::sqlite {

namespace {

struct flock one_byte(short type, std::int64_t byte) {
    struct flock request {};
    request.l_type = type;
    request.l_whence = SEEK_SET;
    request.l_start = byte;
    request.l_len = 1;
    return request;
}

}  // namespace

FileLock::FileLock(const std::string& path) : m_path(path) {
    constexpr int k_mode = 0666;
    m_file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, k_mode);
    if (m_file < 0) {
        throw StoreError(fmt::format("cannot open the lock file {}: {}", escape_controls(path),
                                     errno_text(errno)));
    }
}

FileLock::~FileLock() {
    ::close(m_file);
}

bool FileLock::try_lock(std::int64_t byte) {
    struct flock request = one_byte(F_WRLCK, byte);
    if (::fcntl(m_file, F_OFD_SETLK, &request) == 0) return true;
    if (errno == EAGAIN || errno == EACCES || errno == EINTR) return false;
    throw StoreError(
        fmt::format("cannot lock {}: {}; the database must be on a file system with "
                    "locks",
                    escape_controls(m_path), errno_text(errno)));
}

bool FileLock::lock(std::int64_t byte, Millis timeout_ms) {
    // Polled, for a blocking wait cannot be bounded; short at first, as most locks are brief.
    using std::chrono::microseconds;
    constexpr microseconds k_longest_sleep{5000};
    const Millis deadline = system_clock().steady_ms() + timeout_ms;
    microseconds sleep{50};
    while (!try_lock(byte)) {
        if (system_clock().steady_ms() >= deadline) return false;
        std::this_thread::sleep_for(sleep);
        sleep = std::min(sleep * 2, k_longest_sleep);
    }
    return true;
}

void FileLock::unlock(std::int64_t byte) {
    struct flock request = one_byte(F_UNLCK, byte);
    ::fcntl(m_file, F_OFD_SETLK, &request);
}

bool FileLock::is_held_elsewhere(std::int64_t byte) const {
    struct flock request = one_byte(F_WRLCK, byte);
    if (::fcntl(m_file, F_OFD_GETLK, &request) != 0) return true;
    return request.l_type != F_UNLCK;
}

}  // namespace pressings::store::sqlite
