#pragma once

#include <string_view>

/// Statements of the check, under their names.
namespace pressings::store::sql {

// Album by album, in the order of the albums, so that nothing is sorted.
inline constexpr std::string_view k_albums_unlike_import =
    "SELECT a.id FROM albums a LEFT JOIN releases r ON r.album_id = a.id AND r.removed_at IS NULL "
    "GROUP BY a.id HAVING count(r.id) <> a.present_releases "
    "OR coalesce(sum(r.id), 0) <> a.present_sum";

inline constexpr std::string_view k_unknown_kinds =
    "SELECT kind, count(*) FROM jobs WHERE state IN ('pending', 'running') "
    "AND instr(?1, ',' || kind || ',') = 0 GROUP BY kind";

}  // namespace pressings::store::sql
