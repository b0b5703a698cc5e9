#include "render/report/growth.hpp"

namespace pressings::render::report {

namespace {

constexpr std::size_t k_most_steps = 600;

}  // namespace

void Growth::add(Millis at_ms, std::int64_t count) {
    m_steps[at_ms / m_step_ms] += count;
    while (m_steps.size() > k_most_steps)
        widen();
}

void Growth::widen() {
    m_step_ms *= 2;
    std::map<std::int64_t, std::int64_t> wider;
    for (const auto& [step, count] : m_steps)
        wider[step / 2] += count;
    m_steps = std::move(wider);
}

std::vector<Growth::Point> Growth::points() const {
    std::vector<Point> points;
    if (m_steps.empty()) return points;
    points.push_back({m_steps.begin()->first * m_step_ms, 0});
    std::int64_t sum = 0;
    for (const auto& [step, count] : m_steps) {
        // A time in which nothing came is level, not a slope.
        if (points.back().at_ms < step * m_step_ms) points.push_back({step * m_step_ms, sum});
        sum += count;
        points.push_back({(step + 1) * m_step_ms, sum});
    }
    return points;
}

std::int64_t Growth::since(Millis since_ms) const {
    std::int64_t sum = 0;
    for (auto step = m_steps.lower_bound(since_ms / m_step_ms); step != m_steps.end(); ++step)
        sum += step->second;
    return sum;
}

}  // namespace pressings::render::report
