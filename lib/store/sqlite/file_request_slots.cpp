#include "store/sqlite/file_request_slots.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <sstream>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "base/boot.hpp"
#include "base/text.hpp"
#include "store/store_error.hpp"

namespace pressings::store::sqlite {

namespace {

/// As long as any hold may last; what lies further ahead is not believed.
constexpr Millis k_farthest = 3'600'000;
constexpr Millis k_lock_timeout = 10'000;
constexpr std::int64_t k_byte = 0;

}  // namespace

FileRequestSlots::FileRequestSlots(const std::string& path, Clock& clock)
    : m_path(path), m_clock(clock), m_boot(boot_id()), m_lock(path) {
    m_file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (m_file < 0) {
        throw StoreError(fmt::format("cannot open {}, where workers share their rate limit: {}",
                                     escape_controls(path), errno_text(errno)));
    }
}

FileRequestSlots::~FileRequestSlots() {
    ::close(m_file);
}

FileRequestSlots::Hosts FileRequestSlots::read() const {
    std::array<char, 16384> buffer{};
    const ssize_t size = ::pread(m_file, buffer.data(), buffer.size(), 0);
    Hosts hosts;
    if (size <= 0) return hosts;
    std::istringstream lines{std::string(buffer.data(), static_cast<std::size_t>(size))};
    const Millis farthest = m_clock.steady_ms() + k_farthest;
    std::string boot;
    std::string name;
    Host host;
    while (lines >> boot >> name >> host.next_ms >> host.held_until_ms) {
        if (boot != m_boot) continue;
        hosts[name] = {std::min(host.next_ms, farthest), std::min(host.held_until_ms, farthest)};
    }
    return hosts;
}

void FileRequestSlots::write(const Hosts& hosts) const {
    std::string text;
    for (const auto& [name, host] : hosts) {
        text += fmt::format("{} {} {} {}\n", m_boot, name, host.next_ms, host.held_until_ms);
    }
    // One write of less than a page: a reader never sees half of it, a kill never leaves half.
    const bool written =
        ::pwrite(m_file, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()) &&
        ::ftruncate(m_file, static_cast<off_t>(text.size())) == 0;
    if (!written) {
        throw StoreError(fmt::format("cannot write {}, where workers share their rate limit: {}",
                                     escape_controls(m_path), errno_text(errno)));
    }
}

template <typename Change>
Millis FileRequestSlots::change(const std::string& host, Change&& change) {
    const std::lock_guard guard{m_mutex};
    if (!m_lock.lock(k_byte, k_lock_timeout)) {
        throw StoreBusy(fmt::format("{} is locked by another process", escape_controls(m_path)));
    }
    try {
        Hosts hosts = read();
        const Millis result = change(hosts[host]);
        write(hosts);
        m_lock.unlock(k_byte);
        return result;
    } catch (...) {
        m_lock.unlock(k_byte);
        throw;
    }
}

Millis FileRequestSlots::take(const std::string& host, Millis interval_ms) {
    return change(host, [&](Host& slots) {
        const Millis now = m_clock.steady_ms();
        const Millis free = std::max(slots.next_ms, slots.held_until_ms);
        if (now < free) return free;
        slots.next_ms = now + interval_ms;
        return Millis{0};
    });
}

void FileRequestSlots::hold_off(const std::string& host, Millis until_ms) {
    change(host, [&](Host& slots) {
        const Millis until = std::min(until_ms, m_clock.steady_ms() + k_farthest);
        slots.held_until_ms = std::max(slots.held_until_ms, until);
        return Millis{0};
    });
}

std::vector<RequestSlots::Hold> FileRequestSlots::holds() {
    const std::lock_guard guard{m_mutex};
    const Millis now = m_clock.steady_ms();
    std::vector<Hold> all;
    for (const auto& [name, host] : read()) {
        if (host.held_until_ms > now) all.push_back({name, host.held_until_ms - now});
    }
    return all;
}

}  // namespace pressings::store::sqlite
