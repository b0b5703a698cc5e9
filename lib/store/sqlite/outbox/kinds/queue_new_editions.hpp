#pragma once

#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "store/sqlite/engine/unit_of_work.hpp"

namespace pressings::store::sqlite {

/// An album whose new editions are to be looked for, and where the job goes.
struct WatchedAlbum {
    Mbid release_group;
    std::string queue = "default";
    int priority = 0;
};

/// The release groups in the open jobs of the kind `new_editions`.
std::unordered_set<Mbid> groups_watched(Connection& connection);

/// Queues jobs of `k_most_watched` albums each; the job of each album.
std::vector<std::int64_t> insert_new_editions(UnitOfWork& work,
                                              std::span<const WatchedAlbum> albums);

}  // namespace pressings::store::sqlite
