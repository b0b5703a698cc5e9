#include "store/sql/outbox/kinds/add_found.hpp"

#include "store/sql/catalogue/catalogue_writer.hpp"
#include "store/sql/catalogue/sql_album_store.hpp"

namespace pressings::store::sql {

std::int64_t add_found(UnitOfWork& work, const std::vector<Album>& albums,
                       const std::vector<Mbid>& releases, const std::string& queue, int priority) {
    std::int64_t created = 0;
    CatalogueWriter writer{work, Authority::musicbrainz};
    AlbumRequest request;
    request.queue = queue;
    request.priority = priority;
    const auto add = [&] {
        if (add_album(work, writer, request, {}).status == AddStatus::created) ++created;
    };
    for (const Album& album : albums) {
        request.album = album;
        add();
    }
    request.album = {};
    for (const Mbid& release : releases) {
        request.release_mbid = release;
        add();
    }
    return created;
}

}  // namespace pressings::store::sql
