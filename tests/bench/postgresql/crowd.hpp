#pragma once

#include <array>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <functional>
#include <string>

namespace pressings::bench {

/// How often something took how long; in memory that processes share.
class Times {
  public:
    void add(double us) {
        const double step = us > 1 ? std::log(us) / k_log_of_step : 0;
        const auto at = std::min(static_cast<std::size_t>(step), k_steps - 1);
        m_counts[at].fetch_add(1, std::memory_order_relaxed);
    }

    /// In milliseconds, within 2 %; 0 if there are none.
    double quantile_ms(double part) const {
        std::uint64_t all = 0;
        for (const auto& count : m_counts)
            all += count;
        std::uint64_t below = 0;
        for (std::size_t at = 0; at < k_steps; ++at) {
            below += m_counts[at];
            if (below > 0 && static_cast<double>(below) >= part * static_cast<double>(all))
                return std::exp((static_cast<double>(at) + 0.5) * k_log_of_step) / 1000;
        }
        return 0;
    }

  private:
    static constexpr double k_log_of_step = 0.0198;  // of 1.02
    static constexpr std::size_t k_steps = 950;      // to 150 seconds

    std::array<std::atomic<std::uint32_t>, k_steps> m_counts{};
};

/// What the processes of a crowd do together.
struct Shared {
    static constexpr std::size_t k_most_seconds = 3'600;

    std::atomic<int> ready{0};
    std::atomic<int> failed{0};
    std::atomic<std::int64_t> begun_us{0};  ///< of the steady clock
    std::atomic<std::int64_t> done{0};      ///< jobs, or turns
    std::atomic<std::int64_t> asked{0};     ///< claims, or questions for a turn
    std::array<std::atomic<std::uint32_t>, k_most_seconds> each_second{};
    Times asking, completing;

    /// Counts what was done now.
    void count(int much);
};

/// Since a worker's crowd began, of so many seconds.
class Watch {
  public:
    Watch(const Shared& shared, int seconds) : m_shared(shared), m_seconds(seconds) {}
    double now_s() const;
    bool is_over() const { return now_s() >= m_seconds; }

  private:
    const Shared& m_shared;
    int m_seconds;
};

std::int64_t steady_us();

/// Runs `work` in so many processes at once: each makes ready, and does its part when all have.
/// `work` is called with the worker's number, makes ready, and gives what is then to be done.
/// `meanwhile` is called twice a second. How long it took to make ready, in seconds.
double run_crowd(Shared& shared, int workers, int seconds,
                 const std::function<std::function<void()>(int)>& work,
                 const std::function<void()>& meanwhile);

/// In memory that processes share; never freed.
Shared& make_shared_memory();

}  // namespace pressings::bench
