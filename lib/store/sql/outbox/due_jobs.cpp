#include "store/sql/outbox/due_jobs.hpp"

#include <algorithm>
#include <tuple>

#include "store/sql/lists.hpp"
#include "store/sql/outbox/job_sql.hpp"

namespace pressings::store::sql {

bool DueJobs::Found::is_before(const Found& other) const {
    return std::tuple{run_at_ms, id} < std::tuple{other.run_at_ms, other.id};
}

DueJobs::DueJobs(Connection& connection, const ClaimFilter& filter, Millis now_ms, Use use,
                 ClaimTrail& trail)
    : m_connection(connection), m_now_ms(now_ms), m_use(use), m_trail(trail) {
    Query level = m_connection.query(sql::k_levels);
    level.bind(static_cast<std::int64_t>(filter.queues.size()), name_list(filter.queues));
    while (level.step())
        m_levels.push_back({level.integer(0), level.text(1)});
}

std::vector<std::int64_t> DueJobs::next(int most, bool suspects) {
    if (suspects != m_suspects) {
        for (Level& level : m_levels)
            level = Level{level.priority, level.queue};
    }
    m_suspects = suspects;
    if (suspects) most = 1;
    std::vector<std::int64_t> jobs;
    while (static_cast<int>(jobs.size()) < most) {
        Level* const best = best_level(most - static_cast<int>(jobs.size()));
        if (best == nullptr) break;
        jobs.push_back(best->found.front().id);
        best->found.pop_front();
        // The next ones are sought when these have been taken.
        if (best->found.empty()) break;
    }
    return jobs;
}

/// That of the job that is next. Of several queues no more are kept from others than may be taken.
DueJobs::Level* DueJobs::best_level(int most) {
    for (auto first = m_levels.begin(); first != m_levels.end();) {
        const auto end = std::find_if(first, m_levels.end(), [&](const Level& level) {
            return level.priority != first->priority;
        });
        const int each = std::max(1, most / static_cast<int>(end - first));
        Level* best = nullptr;
        for (auto level = first; level != end; ++level) {
            if (level->found.empty() && !level->is_done) seek(*level, each);
            if (level->found.empty()) continue;
            if (best == nullptr || level->found.front().is_before(best->found.front()))
                best = &*level;
        }
        if (best != nullptr) return best;
        first = end;
    }
    return nullptr;
}

void DueJobs::seek(Level& level, int most) {
    const ClaimTrail::Level of_trail{level.queue, level.priority};
    const Millis begun = system_clock().steady_ms();
    const ClaimTrail::Place place = m_trail.place(of_trail, begun);
    seek_behind(level, place, most);
    if (level.found.empty() && place.id != ClaimTrail::k_start.id) {
        m_trail.forget(of_trail);
        seek_behind(level, ClaimTrail::k_start, most);
    }
    if (level.found.empty() || m_use == Use::look) return;
    const Found& last = level.found.back();
    const Millis ended = system_clock().steady_ms();
    m_trail.note(of_trail, {last.run_at_ms, last.id}, ended - begun, ended);
}

void DueJobs::seek_behind(Level& level, const ClaimTrail::Place& place, int most) {
    Query due = m_connection.query(m_use == Use::take ? sql::k_due_to_take : sql::k_first_due);
    due.bind(level.queue, level.priority, m_now_ms, m_suspects, known_job_kinds(), most,
             place.run_at_ms, place.id);
    while (due.step())
        level.found.push_back({due.integer(1), due.integer(0)});
    level.is_done = static_cast<int>(level.found.size()) < most;
}

}  // namespace pressings::store::sql
