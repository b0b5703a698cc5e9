#include "domain/new_editions.hpp"
#include "worker/kinds/fetchers.hpp"

namespace pressings::worker {

Fetched fetch_new_editions(const Asking& asking, const ClaimedJob& job) {
    auto listed = asking.source.listings_of(watched_groups(job.arguments), asking.stop);
    return store::Finding{job, store::NewEditions{std::move(listed.groups)}, listed.requests};
}

}  // namespace pressings::worker
