#include "store/postgresql/timer_watch.hpp"

#include <cstdint>

#include <sys/timerfd.h>
#include <unistd.h>

namespace pressings::store::postgresql {

namespace {

constexpr long k_period_ns = 500'000'000;

class TimerWatch final : public ChangeWatch {
  public:
    TimerWatch() : m_timer(timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)) {
        const itimerspec period{{0, k_period_ns}, {0, k_period_ns}};
        timerfd_settime(m_timer, 0, &period, nullptr);
    }
    ~TimerWatch() override {
        if (m_timer >= 0) ::close(m_timer);
    }
    TimerWatch(const TimerWatch&) = delete;
    TimerWatch& operator=(const TimerWatch&) = delete;

    int descriptor() const override { return m_timer; }
    bool changed() override {
        std::uint64_t periods = 0;
        return ::read(m_timer, &periods, sizeof periods) > 0;
    }

  private:
    int m_timer;
};

}  // namespace

std::unique_ptr<ChangeWatch> watch_by_timer() {
    return std::make_unique<TimerWatch>();
}

}  // namespace pressings::store::postgresql
