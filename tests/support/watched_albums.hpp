#pragma once

#include <functional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "domain/new_editions.hpp"
#include "support/open_catalogue.hpp"

namespace pressings::test {

inline constexpr int k_release = 10'000;  // of album n: 10'000 + n

/// Albums 1 to `count`, each imported with one release.
struct Watched : OpenCatalogue {
    explicit Watched(int count) {
        for (int n = 1; n <= count; ++n)
            add(album_request(n));
        for (const ClaimedJob& job : claim(count))
            complete(job, {release(k_release + number_of(*job.album_id), "One")});
    }
    static int number_of(std::int64_t album_id) { return static_cast<int>(album_id); }

    std::size_t watch(store::Mode mode = store::Mode::write) {
        store::RefreshFilter filter;
        filter.kind = JobKind::new_editions;
        filter.queue = "news";
        filter.priority = 4;
        return store->albums().refresh_albums(filter, 0, 10'000, mode).size();
    }

    /// What the index lists of all albums of the job, as the catalogue has it.
    std::vector<ListedEditions> as_it_is(const ClaimedJob& job) {
        std::vector<ListedEditions> listed;
        for (const Mbid& group : watched_groups(job.arguments)) {
            const auto id = *store->catalogue().album_id(group);
            listed.push_back({group, {mbid(k_release + number_of(id))}});
        }
        return listed;
    }

    store::AttemptResult finish(const ClaimedJob& job, std::vector<ListedEditions> listed) {
        return store->queue().complete(
            store::Finding{job, store::NewEditions{std::move(listed)}, 1});
    }

    /// Looks once for all; what was counted, in the order albums, differ, unsure, queued.
    std::vector<std::int64_t> look(
        const std::function<void(std::vector<ListedEditions>&)>& change = {}) {
        watch();
        const auto job = claim().front();
        REQUIRE(job.kind == JobKind::new_editions);
        auto listed = as_it_is(job);
        if (change) change(listed);
        std::vector<std::int64_t> counts;
        for (const NamedCount& count : finish(job, std::move(listed)).counts)
            counts.push_back(count.count);
        return counts;
    }

    /// Does the imports that are queued; nothing new is found.
    std::size_t import_again() {
        const auto jobs = claim(100);
        for (const ClaimedJob& job : jobs)
            complete(job, {release(k_release + number_of(*job.album_id), "One")});
        return jobs.size();
    }

    bool is_sound() { return store->maintenance().check().faults.empty(); }
};

using Counts = std::vector<std::int64_t>;

inline void add_edition(std::vector<ListedEditions>& listed) {
    listed.front().releases.push_back(mbid(777));
}

inline void forget(std::vector<ListedEditions>& listed) {
    listed.erase(listed.begin());
}

}  // namespace pressings::test
