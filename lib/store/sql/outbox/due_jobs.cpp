#include "store/sql/outbox/due_jobs.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>

#include "store/sql/outbox/job_sql.hpp"

namespace pressings::store::sql {

bool DueJobs::Found::is_before(const Found& other) const {
    return std::tuple{-priority, run_at_ms, id} <
           std::tuple{-other.priority, other.run_at_ms, other.id};
}

DueJobs::DueJobs(Connection& connection, const ClaimFilter& filter, Millis now_ms, Use use)
    : m_connection(connection), m_now_ms(now_ms), m_use(use) {
    add_queues(filter);
}

void DueJobs::add_queues(const ClaimFilter& filter) {
    std::set<std::string> paused;
    Query row = m_connection.query(sql::k_paused);
    while (row.step())
        paused.insert(row.text(0));
    if (paused.contains("*")) return;
    const auto add = [&](const std::string& name) {
        if (!paused.contains(name)) m_queues.push_back({name});
    };
    for (const std::string& name : filter.queues)
        add(name);
    if (!filter.queues.empty()) return;
    Query queue = m_connection.query(sql::k_next_queue);
    for (std::string last; queue.bind(last).step(); queue.again()) {
        last = queue.text(0);
        add(last);
    }
}

std::vector<std::int64_t> DueJobs::next(int most, bool suspects) {
    if (suspects != m_suspects) {
        for (Queue& queue : m_queues)
            queue = Queue{queue.name};
    }
    m_suspects = suspects;
    if (suspects) most = 1;
    std::vector<std::int64_t> jobs;
    while (static_cast<int>(jobs.size()) < most) {
        Queue* const best = best_queue(most - static_cast<int>(jobs.size()));
        if (best == nullptr) break;
        jobs.push_back(best->found.front().id);
        best->found.pop_front();
        // The next ones are sought when these have been taken.
        if (best->found.empty()) break;
    }
    return jobs;
}

/// That of the job that is next. Of several queues no more are kept from others than may be taken.
DueJobs::Queue* DueJobs::best_queue(int most) {
    const int each = std::max(1, most / std::max(1, static_cast<int>(m_queues.size())));
    Queue* best = nullptr;
    for (Queue& queue : m_queues) {
        if (queue.found.empty() && !queue.is_done) seek(queue, each);
        if (queue.found.empty()) continue;
        if (best == nullptr || queue.found.front().is_before(best->found.front())) best = &queue;
    }
    return best;
}

/// Finds the queue's first due jobs, from the priority on at which the last ones were.
void DueJobs::seek(Queue& queue, int most) {
    for (;;) {
        if (queue.priority) {
            Query due =
                m_connection.query(m_use == Use::take ? sql::k_due_to_take : sql::k_first_due);
            due.bind(queue.name, *queue.priority, m_now_ms, m_suspects, known_job_kinds(), most);
            while (due.step())
                queue.found.push_back({*queue.priority, due.integer(1), due.integer(0)});
            if (!queue.found.empty()) return;
        }
        Query level = m_connection.query(sql::k_next_priority);
        const auto above = queue.priority.value_or(std::numeric_limits<std::int64_t>::max());
        queue.is_done = !level.bind(queue.name, above).step();
        if (queue.is_done) return;
        queue.priority = level.integer(0);
    }
}

}  // namespace pressings::store::sql
