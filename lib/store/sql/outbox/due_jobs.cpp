#include "store/sql/outbox/due_jobs.hpp"

#include <limits>
#include <set>
#include <tuple>

#include "store/sql/outbox/job_sql.hpp"

namespace pressings::store::sql {

bool DueJobs::Found::is_before(const Found& other) const {
    return std::tuple{-priority, run_at_ms, id} <
           std::tuple{-other.priority, other.run_at_ms, other.id};
}

DueJobs::DueJobs(Connection& connection, const ClaimFilter& filter, Millis now_ms)
    : m_connection(connection), m_now_ms(now_ms) {
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

std::optional<std::int64_t> DueJobs::next(bool suspects) {
    if (suspects != m_suspects) {
        for (Queue& queue : m_queues)
            queue = Queue{queue.name};
    }
    m_suspects = suspects;
    Queue* best = nullptr;
    for (Queue& queue : m_queues) {
        if (!queue.first && !queue.is_done) seek(queue, suspects);
        if (queue.first && (best == nullptr || queue.first->is_before(*best->first))) {
            best = &queue;
        }
    }
    if (best == nullptr) return std::nullopt;
    const std::int64_t id = best->first->id;
    best->first.reset();
    return id;
}

/// Finds the queue's first due job, from the priority on at which the last one was.
void DueJobs::seek(Queue& queue, bool suspects) {
    for (;;) {
        if (queue.priority) {
            Query due = m_connection.query(sql::k_first_due);
            if (due.bind(queue.name, *queue.priority, m_now_ms, suspects, known_job_kinds())
                    .step()) {
                queue.first = Found{*queue.priority, due.integer(1), due.integer(0)};
                return;
            }
        }
        Query level = m_connection.query(sql::k_next_priority);
        const auto above = queue.priority.value_or(std::numeric_limits<std::int64_t>::max());
        queue.is_done = !level.bind(queue.name, above).step();
        if (queue.is_done) return;
        queue.priority = level.integer(0);
    }
}

}  // namespace pressings::store::sql
