#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "store/sql/unit_of_work.hpp"

namespace pressings::store::sql {

/// An album whose new editions are to be looked for, and where the job goes.
struct WatchedAlbum {
    Mbid release_group;
    std::string queue = "default";
    int priority = 0;
};

/// The release groups in the open jobs of the kind `new_editions`. There may be millions, so they
/// are kept from one transaction to the next, and each job is read once.
class WatchedGroups {
  public:
    /// Takes in what was queued since, and drops what has ended.
    void update(Connection& connection);
    bool contains(const Mbid& group) const { return m_groups.contains(group); }

  private:
    void drop_ended(const std::unordered_set<std::int64_t>& open);

    std::unordered_map<std::int64_t, std::vector<Mbid>> m_of_job;
    std::unordered_set<Mbid> m_groups;
};

/// Queues jobs of `k_most_watched` albums each; the job of each album.
std::vector<std::int64_t> insert_new_editions(UnitOfWork& work,
                                              std::span<const WatchedAlbum> albums);

}  // namespace pressings::store::sql
