#include "store/sqlite/file/log_watch.hpp"

#include <algorithm>
#include <array>

#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "store/sqlite/file/file_lock.hpp"

namespace pressings::store::sqlite {

namespace {

constexpr Millis k_first_pause = 2;
constexpr Millis k_longest_pause = 100;

class LogWatch final : public ChangeWatch {
  public:
    explicit LogWatch(const std::string& path)
        : m_lock(path),
          m_notifier(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)),
          m_timer(timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)),
          m_both(epoll_create1(EPOLL_CLOEXEC)) {
        const bool watched =
            m_notifier >= 0 && m_timer >= 0 && m_both >= 0 &&
            inotify_add_watch(m_notifier, (path + "-wal").c_str(), IN_MODIFY) >= 0 &&
            add(m_notifier) && add(m_timer);
        if (!watched) close_all();
    }
    ~LogWatch() override { close_all(); }
    LogWatch(const LogWatch&) = delete;
    LogWatch& operator=(const LogWatch&) = delete;

    int descriptor() const override { return m_both; }

    bool changed() override {
        if (m_both < 0) return false;
        const bool written = drain(m_notifier);
        const bool due = drain(m_timer);
        if (!written && !due) return false;
        // Asked before the caller looks: if it is free, whatever was written can be seen.
        m_pause = written ? k_first_pause : std::min(m_pause * 2, k_longest_pause);
        look_again_in(m_lock.is_held_elsewhere(k_writers_byte) ? m_pause : 0);
        return true;
    }

  private:
    bool add(int descriptor) const {
        epoll_event event{};
        event.events = EPOLLIN;
        return epoll_ctl(m_both, EPOLL_CTL_ADD, descriptor, &event) == 0;
    }

    static bool drain(int descriptor) {
        std::array<char, 4096> events{};
        bool any = false;
        while (::read(descriptor, events.data(), events.size()) > 0)
            any = true;
        return any;
    }

    /// 0: not again.
    void look_again_in(Millis pause_ms) const {
        itimerspec when{};
        when.it_value.tv_nsec = pause_ms * 1'000'000;
        timerfd_settime(m_timer, 0, &when, nullptr);
    }

    void close_all() {
        for (int* const file : {&m_notifier, &m_timer, &m_both}) {
            if (*file >= 0) ::close(*file);
            *file = -1;
        }
    }

    FileLock m_lock;
    int m_notifier;
    int m_timer;
    int m_both;
    Millis m_pause = k_first_pause;
};

}  // namespace

std::unique_ptr<ChangeWatch> watch_log(const std::string& path) {
    return std::make_unique<LogWatch>(path);
}

}  // namespace pressings::store::sqlite
