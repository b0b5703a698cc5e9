#include "base/text_list.hpp"
#include "worker/kinds/fetchers.hpp"

namespace pressings::worker {

Fetched fetch_discography(const Asking& asking, const ClaimedJob& job) {
    const auto types = split_list(job.arguments, ',');
    auto groups = asking.source.release_groups_of(job.subject.value(), types, asking.stop);
    return store::Finding{job, store::Discography{std::move(groups.albums)}, groups.requests};
}

}  // namespace pressings::worker
