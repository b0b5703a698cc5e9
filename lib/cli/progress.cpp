#include "cli/progress.hpp"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>
#include <unistd.h>

#include "cli/output.hpp"

namespace pressings::cli {

namespace {

constexpr Millis k_redraw_interval = 100;

}  // namespace

Progress::Progress(bool wanted, std::int64_t total, Clock& clock)
    : m_drawn(wanted && total > 0 && is_terminal(STDERR_FILENO)),
      m_total(total),
      m_clock(clock),
      m_begun_ms(clock.steady_ms()) {
    draw();
}

Progress::~Progress() {
    hide();
}

void Progress::step(bool failed) {
    ++m_steps;
    if (failed) ++m_failed;
    if (m_clock.steady_ms() - m_drawn_at_ms >= k_redraw_interval) draw();
}

void Progress::hide() {
    if (m_drawn) std::fputs("\r\x1B[K", stderr);
}

void Progress::draw() {
    if (!m_drawn) return;
    m_drawn_at_ms = m_clock.steady_ms();
    std::fputs(("\r\x1B[K" + text()).c_str(), stderr);
    std::fflush(stderr);
}

std::string Progress::text() const {
    constexpr std::int64_t k_bar = 30;
    const std::int64_t total = std::max(m_total, m_steps);
    const auto filled = static_cast<std::size_t>(m_steps * k_bar / total);
    const auto elapsed = static_cast<double>(std::max<Millis>(1, m_clock.steady_ms() - m_begun_ms));
    const double rate = static_cast<double>(m_steps) * 1000.0 / elapsed;
    const std::string bar = std::string(filled, '#') + std::string(k_bar - filled, '.');
    std::string line =
        fmt::format("[{}] {}/{}, {} failed, {:.1f}/s", bar, m_steps, total, m_failed, rate);
    if (m_steps == 0) return line;
    const double left = static_cast<double>(total - m_steps) / rate * 1000.0;
    return line + fmt::format(", {} left", format_duration(static_cast<Millis>(left)));
}

}  // namespace pressings::cli
