#include "store/sqlite/file/file_lock.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>

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

FileLock::FileLock(const std::string& path) : m_path(path), m_file(path) {}

bool FileLock::request(short type, std::int64_t byte) {
    struct flock request = one_byte(type, byte);
    if (::fcntl(m_file.descriptor(), F_OFD_SETLK, &request) == 0) return true;
    if (errno == EAGAIN || errno == EACCES || errno == EINTR) return false;
    if (errno == EBADF) {
        throw StoreError(
            fmt::format("the database {} cannot be written; look at the rights of the "
                        "file and its folder",
                        escape_controls(m_path)));
    }
    throw StoreError(
        fmt::format("cannot lock {}: {}; the database must be on a file system with locks",
                    escape_controls(m_path), errno_text(errno)));
}

bool FileLock::try_lock(std::int64_t byte) {
    return request(F_WRLCK, byte);
}

bool FileLock::try_share(std::int64_t byte) {
    return request(F_RDLCK, byte);
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
    ::fcntl(m_file.descriptor(), F_OFD_SETLK, &request);
}

bool FileLock::is_any_held_elsewhere(std::int64_t first) const {
    struct flock request = one_byte(F_WRLCK, first);
    request.l_len = 0;  // to the end, wherever that is
    if (::fcntl(m_file.descriptor(), F_OFD_GETLK, &request) != 0) return true;
    return request.l_type != F_UNLCK;
}

bool FileLock::is_held_elsewhere(std::int64_t byte) const {
    struct flock request = one_byte(F_WRLCK, byte);
    if (::fcntl(m_file.descriptor(), F_OFD_GETLK, &request) != 0) return true;
    return request.l_type != F_UNLCK;
}

}  // namespace pressings::store::sqlite
