#include "store/sqlite/log_watch.hpp"

#include <array>

#include <sys/inotify.h>
#include <unistd.h>

namespace pressings::store::sqlite {

namespace {

class LogWatch final : public ChangeWatch {
  public:
    explicit LogWatch(const std::string& path)
        : m_notifier(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
        if (m_notifier < 0) return;
        if (inotify_add_watch(m_notifier, (path + "-wal").c_str(), IN_MODIFY) >= 0) return;
        ::close(m_notifier);
        m_notifier = -1;
    }
    ~LogWatch() override {
        if (m_notifier >= 0) ::close(m_notifier);
    }
    LogWatch(const LogWatch&) = delete;
    LogWatch& operator=(const LogWatch&) = delete;

    int descriptor() const override { return m_notifier; }

    bool changed() override {
        std::array<char, 4096> events{};
        bool any = false;
        while (m_notifier >= 0 && ::read(m_notifier, events.data(), events.size()) > 0)
            any = true;
        return any;
    }

  private:
    int m_notifier;
};

}  // namespace

std::unique_ptr<ChangeWatch> watch_log(const std::string& path) {
    return std::make_unique<LogWatch>(path);
}

}  // namespace pressings::store::sqlite
