#include "whole_album.hpp"

#include <nlohmann/json.hpp>

#include "render/catalogue_json.hpp"

namespace pressings {

std::vector<store::OddityRecord> oddities_of(store::CatalogueReader& catalogue,
                                             std::int64_t album_id) {
    std::vector<store::OddityRecord> oddities;
    catalogue.oddities({album_id, 0}, [&](const auto& record) { oddities.push_back(record); });
    return oddities;
}

nlohmann::ordered_json album_with_releases(store::CatalogueReader& catalogue,
                                           const store::AlbumRecord& album,
                                           store::ReleaseFilter filter) {
    filter.album_id = album.id;
    filter.with_tracks = true;
    auto json = render::album_json(album);
    json["releases"] = nlohmann::ordered_json::array();
    catalogue.releases(filter, [&](const store::ReleaseRecord& release) {
        json["releases"].push_back(render::release_json(release));
    });
    json["oddities"] = render::oddities_json(oddities_of(catalogue, album.id));
    return json;
}

}  // namespace pressings
