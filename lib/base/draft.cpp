#include "base/draft.hpp"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/text.hpp"

namespace pressings {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view k_ending = ".tmp";
constexpr std::size_t k_mark_length = 12;
constexpr const char* k_beside[] = {"-journal", "-wal", "-shm", "-rate", "-deaths"};

[[noreturn]] void throw_cannot_write(const std::string& path, int error) {
    throw Error(fmt::format("cannot write {}: {}; nothing was changed", escape_controls(path),
                            errno_text(error)));
}

fs::path folder_of(const std::string& path) {
    const fs::path folder = fs::path{path}.parent_path();
    return folder.empty() ? fs::path{"."} : folder;
}

/// ".NAME." of every draft for the target; shortened, for a name has at most 255 bytes.
std::string beginning_for(const std::string& target) {
    constexpr std::size_t k_longest = 200;
    return "." + fs::path{target}.filename().string().substr(0, k_longest) + ".";
}

/// What tells one draft from another.
std::string random_mark() {
    std::uint64_t bits = 0;
    if (::getrandom(&bits, sizeof bits, 0) != static_cast<ssize_t>(sizeof bits)) {
        bits = static_cast<std::uint64_t>(::getpid());
    }
    return fmt::format("{:012x}", bits & 0xFFFF'FFFF'FFFFU);
}

/// The draft that an entry of the folder is, or belongs to; nothing if it has another name.
std::optional<std::string> draft_of(const std::string& name, const std::string& beginning) {
    const std::size_t length = beginning.size() + k_mark_length + k_ending.size();
    if (!name.starts_with(beginning) || name.size() < length) return std::nullopt;
    const std::string_view mark = std::string_view{name}.substr(beginning.size(), k_mark_length);
    const bool is_ours =
        mark.find_first_not_of("0123456789abcdef") == std::string_view::npos &&
        std::string_view{name}.substr(length - k_ending.size(), k_ending.size()) == k_ending;
    return is_ours ? std::optional{name.substr(0, length)} : std::nullopt;
}

/// An open file, closed with the object.
struct Opened {
    explicit Opened(const std::string& path)
        : file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)) {}
    ~Opened() {
        if (file >= 0) ::close(file);
    }
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;
    int file;
};

void remove_with_what_is_beside(const std::string& path) {
    std::error_code ignored;
    fs::remove_all(path, ignored);
    for (const char* ending : k_beside)
        ::unlink((path + ending).c_str());
}

/// Whoever makes a draft holds a lock on it, which the kernel frees when he dies. Held here as
/// well, until it is removed: else it could be locked, and found in its place, right before that.
void remove_if_left_behind(const std::string& path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) {
        if (errno == ENOENT) remove_with_what_is_beside(path);
        return;
    }
    const bool can_be_ours =
        (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode)) && status.st_uid == ::geteuid();
    if (!can_be_ours) return;
    const Opened opened{path};
    if (opened.file < 0 || ::flock(opened.file, LOCK_EX | LOCK_NB) != 0) return;
    remove_with_what_is_beside(path);
}

void remove_left_behind(const std::string& target) {
    const std::string beginning = beginning_for(target);
    const fs::path folder = folder_of(target);
    std::error_code error;
    for (fs::directory_iterator at{folder, error}; !error && at != fs::directory_iterator{};
         at.increment(error)) {
        const auto draft = draft_of(at->path().filename().string(), beginning);
        if (!draft) continue;
        remove_if_left_behind((folder / *draft).string());
    }
}

/// Whether the path still leads to the open file.
bool is_at(const std::string& path, int file) {
    struct stat there {};
    struct stat ours {};
    return ::lstat(path.c_str(), &there) == 0 && ::fstat(file, &ours) == 0 &&
           there.st_ino == ours.st_ino && there.st_dev == ours.st_dev;
}

int open_new(const std::string& path, Draft::Kind kind) {
    constexpr int k_any_file = 0666;
    constexpr int k_any_folder = 0777;
    if (kind == Draft::Kind::file) {
        return ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, k_any_file);
    }
    if (::mkdir(path.c_str(), k_any_folder) != 0) return -1;
    return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/// Root, who replaces what belongs to a user, leaves it to the user.
void take_over_rights(int descriptor, const std::string& target) {
    constexpr mode_t k_rights = 0777;
    struct stat status {};
    if (::stat(target.c_str(), &status) != 0) return;
    const bool kept = ::fchown(descriptor, status.st_uid, status.st_gid) == 0;
    // A group that is not the file's must not get what the file's group had.
    const mode_t rights = kept ? k_rights : k_rights & ~mode_t{0070};
    ::fchmod(descriptor, status.st_mode & rights);
}

}  // namespace

Draft::Draft(const std::string& target, Kind kind) : m_target(target) {
    remove_left_behind(target);
    constexpr int k_most_tries = 10;
    for (int tries = 1; m_descriptor < 0; ++tries) {
        const fs::path name = beginning_for(target) + random_mark() + std::string{k_ending};
        m_path = (fs::path{target}.parent_path() / name).string();
        m_descriptor = open_new(m_path, kind);
        if (m_descriptor < 0 && (errno != EEXIST || tries == k_most_tries)) {
            throw_cannot_write(target, errno);
        }
        if (m_descriptor < 0) continue;
        // Another process may have taken it for one that was left behind, before it was locked.
        if (::flock(m_descriptor, LOCK_EX | LOCK_NB) == 0 && is_at(m_path, m_descriptor)) break;
        ::close(m_descriptor);
        m_descriptor = -1;
        if (tries == k_most_tries) throw_cannot_write(target, EBUSY);
    }
    take_over_rights(m_descriptor, target);
}

Draft::~Draft() {
    remove();
    ::close(m_descriptor);
}

void Draft::remove() {
    if (!m_path.empty()) remove_with_what_is_beside(m_path);
    m_path.clear();
}

void Draft::sync() const {
    struct stat status {};
    const bool is_folder = ::fstat(m_descriptor, &status) == 0 && S_ISDIR(status.st_mode);
    const int result = is_folder ? ::syncfs(m_descriptor) : ::fsync(m_descriptor);
    if (result != 0) throw_cannot_write(m_target, errno);
}

void Draft::replace_target() {
    sync();
    if (std::rename(m_path.c_str(), m_target.c_str()) != 0) throw_cannot_write(m_target, errno);
    m_path.clear();
    sync_folder_of(m_target);
}

void Draft::publish_as(const std::string& path) {
    if (!publish_if_new(path)) throw_cannot_write(path, EEXIST);
}

bool Draft::publish_if_new(const std::string& path) {
    sync();
    if (!rename_to_new(m_path, path)) {
        if (errno == EEXIST) return false;
        throw_cannot_write(path, errno);
    }
    m_path.clear();
    sync_folder_of(path);
    return true;
}

bool rename_to_new(const std::string& from, const std::string& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS) return false;
    if (::link(from.c_str(), to.c_str()) != 0) return false;
    return ::unlink(from.c_str()) == 0;
}

bool exchange_names(const std::string& one, const std::string& other) {
    return ::renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE) == 0;
}

void sync_folder_of(const std::string& path) {
    const std::string folder = folder_of(path).string();
    const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = opened >= 0 && ::fsync(opened) == 0;
    const int error = errno;
    if (opened >= 0) ::close(opened);
    if (synced) return;
    throw Error(
        fmt::format("cannot bring {} to the disk: {}", escape_controls(folder), errno_text(error)));
}

}  // namespace pressings
