#include "store/sql/outbox/kinds/queue_new_editions.hpp"

#include <map>
#include <utility>

#include "domain/new_editions.hpp"
#include "store/sql/outbox/job_rows.hpp"
#include "store/sql/outbox/job_sql.hpp"

namespace pressings::store::sql {

void WatchedGroups::update(Connection& connection) {
    std::unordered_set<std::int64_t> open;
    Query row = connection.query(sql::k_open_of_kind);
    row.bind(to_string(JobKind::new_editions));
    while (row.step()) {
        const std::int64_t job = row.integer(0);
        open.insert(job);
        if (m_of_job.contains(job)) continue;
        Query arguments = connection.query(sql::k_arguments_of_job);
        arguments.bind(job).step();
        auto groups = watched_groups(arguments.maybe_text(0).value_or(""));
        m_groups.insert(groups.begin(), groups.end());
        m_of_job.emplace(job, std::move(groups));
    }
    if (m_of_job.size() > open.size()) drop_ended(open);
}

/// A group may be in several jobs, so those that stay are gathered anew.
void WatchedGroups::drop_ended(const std::unordered_set<std::int64_t>& open) {
    std::erase_if(m_of_job, [&](const auto& entry) { return !open.contains(entry.first); });
    m_groups.clear();
    for (const auto& [job, groups] : m_of_job)
        m_groups.insert(groups.begin(), groups.end());
}

std::vector<std::int64_t> insert_new_editions(UnitOfWork& work,
                                              std::span<const WatchedAlbum> albums) {
    std::vector<std::int64_t> jobs(albums.size());
    std::map<std::pair<std::string, int>, std::vector<std::size_t>> together;
    const auto insert = [&](std::vector<std::size_t>& places) {
        std::vector<Mbid> groups;
        for (const std::size_t place : places)
            groups.push_back(albums[place].release_group);
        const WatchedAlbum& first = albums[places.front()];
        const auto id = insert_job(work, {JobKind::new_editions,
                                          {},
                                          {},
                                          watched_arguments(groups),
                                          first.queue,
                                          first.priority});
        for (const std::size_t place : places)
            jobs[place] = id;
        places.clear();
    };
    for (std::size_t i = 0; i < albums.size(); ++i) {
        auto& places = together[{albums[i].queue, albums[i].priority}];
        places.push_back(i);
        if (places.size() == k_most_watched) insert(places);
    }
    for (auto& [where, places] : together) {
        if (!places.empty()) insert(places);
    }
    return jobs;
}

}  // namespace pressings::store::sql
