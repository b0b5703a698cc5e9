#include "store/sqlite/file/file_request_slots.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <sstream>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/boot.hpp"
#include "base/text.hpp"
#include "store/store_error.hpp"

namespace pressings::store::sqlite {

namespace {

/// As long as any hold may last; what lies further ahead is not believed.
constexpr Millis k_farthest = 3'600'000;
constexpr Millis k_lock_timeout = 10'000;
constexpr std::size_t k_longest_file = 16384;

std::string path_beside(const std::string& database) {
    return database + "-rate";
}

[[noreturn]] void refuse(const std::string& path, const char* verb) {
    const std::string reason = errno_text(errno);
    throw StoreError(fmt::format("cannot {} {}, where workers share their rate limit: {}", verb,
                                 escape_controls(path), reason));
}

/// Whoever may write the database may write what lies beside it, whoever made that: as SQLite does
/// with its log.
void share_as(const std::string& database, int file) {
    struct stat status {};
    if (::stat(database.c_str(), &status) != 0) return;
    constexpr mode_t k_rights = 0666;
    ::fchmod(file, status.st_mode & k_rights);
    if (::geteuid() != 0) return;
    // It stays root's on a file system that knows no owners.
    [[maybe_unused]] const int result = ::fchown(file, status.st_uid, status.st_gid);
}

}  // namespace

FileRequestSlots::FileRequestSlots(const std::string& database, Clock& clock)
    : m_database(database),
      m_path(path_beside(database)),
      m_clock(clock),
      m_lock(database),
      m_file(open()) {}

FileRequestSlots::~FileRequestSlots() {
    ::close(m_file);
}

/// A link by that name could lead to anything: it is not followed.
int FileRequestSlots::open() const {
    constexpr int k_flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
    const int made = ::open(m_path.c_str(), k_flags | O_CREAT | O_EXCL, 0600);
    if (made >= 0) {
        share_as(m_database, made);
        return made;
    }
    const int file = errno == EEXIST ? ::open(m_path.c_str(), k_flags) : -1;
    if (file < 0) refuse(m_path, "open");
    return file;
}

bool FileRequestSlots::is_in_place() const {
    struct stat named {};
    struct stat opened {};
    return ::stat(m_path.c_str(), &named) == 0 && ::fstat(m_file, &opened) == 0 &&
           identity_of(named) == identity_of(opened);
}

/// Times of another boot mean nothing.
FileRequestSlots::Hosts FileRequestSlots::read(int file, Millis now_ms) {
    std::array<char, k_longest_file> buffer{};
    const ssize_t size = ::pread(file, buffer.data(), buffer.size(), 0);
    Hosts hosts;
    if (size <= 0) return hosts;
    std::istringstream lines{std::string(buffer.data(), static_cast<std::size_t>(size))};
    const Millis farthest = now_ms + k_farthest;
    std::string boot;
    std::string name;
    Host host;
    while (lines >> boot >> name >> host.next_ms >> host.held_until_ms) {
        if (!is_this_boot(boot)) continue;
        hosts[name] = {std::min(host.next_ms, farthest), std::min(host.held_until_ms, farthest)};
    }
    return hosts;
}

/// If the file is not under its name any more, it is still open: what it held goes along.
FileRequestSlots::Hosts FileRequestSlots::read_in_place() {
    const Millis now = m_clock.steady_ms();
    Hosts hosts = read(m_file, now);
    if (is_in_place()) return hosts;
    const int other = open();
    ::close(m_file);
    m_file = other;
    for (const auto& [name, there] : read(m_file, now)) {
        Host& host = hosts[name];
        host.next_ms = std::max(host.next_ms, there.next_ms);
        host.held_until_ms = std::max(host.held_until_ms, there.held_until_ms);
    }
    return hosts;
}

void FileRequestSlots::write(const Hosts& hosts) const {
    const std::string boot = boot_id().empty() ? "-" : boot_id();
    std::string text;
    for (const auto& [name, host] : hosts) {
        text += fmt::format("{} {} {} {}\n", boot, name, host.next_ms, host.held_until_ms);
    }
    // One write of less than a page, over all that was there: a reader never sees half of it, a
    // kill never leaves half.
    struct stat before {};
    const auto size = text.size();
    if (::fstat(m_file, &before) == 0) {
        const auto covered = std::min(static_cast<std::size_t>(before.st_size), k_longest_file);
        text.resize(std::max(size, covered), '\n');
    }
    const bool written =
        ::pwrite(m_file, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()) &&
        ::ftruncate(m_file, static_cast<off_t>(size)) == 0;
    if (!written) refuse(m_path, "write");
}

template <typename Change>
Millis FileRequestSlots::change(const std::string& host, Change&& change) {
    const std::lock_guard guard{m_mutex};
    if (!m_lock.lock(k_slots_byte, k_lock_timeout)) {
        throw StoreBusy(fmt::format("{} is locked by another process", escape_controls(m_path)));
    }
    try {
        Hosts hosts = read_in_place();
        const Millis result = change(hosts[host]);
        write(hosts);
        m_lock.unlock(k_slots_byte);
        return result;
    } catch (...) {
        m_lock.unlock(k_slots_byte);
        throw;
    }
}

Millis FileRequestSlots::take(const std::string& host, Millis interval_ms) {
    return change(host, [&](Host& slots) {
        const Millis now = m_clock.steady_ms();
        const Millis free = std::max(slots.next_ms, slots.held_until_ms);
        if (now < free) return free - now;
        slots.next_ms = now + interval_ms;
        return Millis{0};
    });
}

void FileRequestSlots::hold_off(const std::string& host, Millis hold_ms) {
    change(host, [&](Host& slots) {
        const Millis until = m_clock.steady_ms() + std::min(hold_ms, k_farthest);
        slots.held_until_ms = std::max(slots.held_until_ms, until);
        return Millis{0};
    });
}

std::vector<RequestSlots::Hold> FileRequestSlots::holds_of(const Hosts& hosts, Millis now_ms) {
    std::vector<Hold> all;
    for (const auto& [name, host] : hosts) {
        if (host.held_until_ms > now_ms) all.push_back({name, host.held_until_ms - now_ms});
    }
    return all;
}

std::vector<RequestSlots::Hold> FileRequestSlots::holds() {
    const std::lock_guard guard{m_mutex};
    const Millis now = m_clock.steady_ms();
    return holds_of(read(m_file, now), now);
}

std::vector<RequestSlots::Hold> FileRequestSlots::read_holds(const std::string& database,
                                                             Clock& clock) {
    const int file =
        ::open(path_beside(database).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file < 0) return {};
    const Millis now = clock.steady_ms();
    const Hosts hosts = read(file, now);
    ::close(file);
    return holds_of(hosts, now);
}

}  // namespace pressings::store::sqlite
