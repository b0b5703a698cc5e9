#include "store/sqlite/catalogue/catalogue_writer.hpp"
#include "store/sqlite/catalogue/sqlite_album_store.hpp"
#include "store/sqlite/outbox/kinds/write_finding.hpp"

namespace pressings::store::sqlite {

std::vector<NamedCount> write(UnitOfWork& work, const ClaimedJob& job, const Discography& found) {
    std::int64_t created = 0;
    CatalogueWriter writer{work, Authority::musicbrainz};
    for (const Album& album : found.albums) {
        AlbumRequest request;
        request.album = album;
        request.queue = job.queue;
        request.priority = job.priority;
        const auto added = add_album(work, writer, request, {});
        if (added.status == AddStatus::created) ++created;
    }
    return {{"albums", static_cast<std::int64_t>(found.albums.size())}, {"queued", created}};
}

}  // namespace pressings::store::sqlite
