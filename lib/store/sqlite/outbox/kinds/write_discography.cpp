#include <utility>

#include "store/sqlite/catalogue/catalogue_writer.hpp"
#include "store/sqlite/catalogue/sqlite_album_store.hpp"
#include "store/sqlite/outbox/kinds/write_finding.hpp"

namespace pressings::store::sqlite {

std::vector<NamedCount> write(UnitOfWork& work, const ClaimedJob& job, const Discography& found) {
    std::int64_t created = 0;
    CatalogueWriter writer{work, Authority::musicbrainz};
    const auto add = [&](AlbumRequest request) {
        request.queue = job.queue;
        request.priority = job.priority;
        const auto added = add_album(work, writer, request, {});
        if (added.status == AddStatus::created) ++created;
    };
    for (const Album& album : found.albums) {
        AlbumRequest request;
        request.album = album;
        add(std::move(request));
    }
    for (const Mbid& release : found.releases) {
        AlbumRequest request;
        request.release_mbid = release;
        add(std::move(request));
    }
    const auto albums = static_cast<std::int64_t>(found.albums.size() + found.releases.size());
    return {{"albums", albums}, {"queued", created}};
}

}  // namespace pressings::store::sqlite
