#include "store/sql/outbox/kinds/add_found.hpp"
#include "store/sql/outbox/kinds/write_finding.hpp"

namespace pressings::store::sql {

std::vector<NamedCount> write(UnitOfWork& work, const ClaimedJob& job, const Discography& found) {
    const auto albums = static_cast<std::int64_t>(found.albums.size() + found.releases.size());
    const auto created = add_found(work, found.albums, found.releases, job.queue, job.priority);
    return {{"albums", albums}, {"queued", created}};
}

}  // namespace pressings::store::sql
