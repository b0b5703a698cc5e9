#include "domain/type_filter.hpp"
#include "worker/kinds/fetchers.hpp"

namespace pressings::worker {

/// Where albums of the artist were imported before, most of the releases that come along would be
/// for nothing.
Fetched fetch_discography(const Asking& asking, const ClaimedJob& job) {
    const auto types = parse_type_filter(job.arguments);
    auto found = job.imported
                     ? asking.source.release_groups_of(job.subject.value(), types, asking.stop)
                     : asking.source.discography_of(job.subject.value(), types, asking.stop);
    store::Finding finding{job, store::Discography{std::move(found.albums)}, found.requests};
    if (found.whole.empty()) return finding;
    return FoundTogether{std::move(finding), std::move(found.whole)};
}

}  // namespace pressings::worker
