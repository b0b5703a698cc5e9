#include "domain/type_filter.hpp"
#include "worker/kinds/fetchers.hpp"

namespace pressings::worker {

Fetched fetch_discography(const Asking& asking, const ClaimedJob& job) {
    auto groups = asking.source.release_groups_of(job.subject.value(),
                                                  parse_type_filter(job.arguments), asking.stop);
    return store::Finding{job, store::Discography{std::move(groups.albums)}, groups.requests};
}

}  // namespace pressings::worker
