#include "worker/kinds/fetchers.hpp"

namespace pressings::worker {

Fetched fetch_list(const Asking& asking, const ClaimedJob& job) {
    const auto kind =
        job.kind == JobKind::series ? source::AlbumList::series : source::AlbumList::collection;
    auto listed = asking.source.albums_of(kind, job.subject.value(), asking.stop);
    return store::Finding{job,
                          store::Discography{std::move(listed.albums), std::move(listed.releases)},
                          listed.requests};
}

}  // namespace pressings::worker
