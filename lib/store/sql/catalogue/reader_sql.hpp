#pragma once

#include <string_view>

/// What `release-catalog` asks, under its name. fold() is ours: see base/text.hpp.
namespace pressings::store::sql {

#define PRESSINGS_ALBUM_HEAD                                                                   \
    "SELECT a.id, a.mbid, a.title, a.artist_credit_id, a.first_release_date, a.primary_type, " \
    "a.disambiguation, a.created_at, a.imported_at, "                                          \
    "(SELECT count(*) FROM releases r WHERE r.album_id = a.id AND r.removed_at IS NULL), "     \
    "(SELECT state FROM jobs j WHERE j.album_id = a.id ORDER BY j.id DESC LIMIT 1), "          \
    "a.removed_at FROM albums a"

// What an album's record is read from; the filters are put behind it (filter_sql.hpp).
inline constexpr std::string_view k_album_head = PRESSINGS_ALBUM_HEAD;
inline constexpr std::string_view k_album_record = PRESSINGS_ALBUM_HEAD " WHERE a.id = ?";
#undef PRESSINGS_ALBUM_HEAD

inline constexpr std::string_view k_album_of_release =
    "SELECT album_id FROM releases WHERE mbid = ?1 UNION ALL "
    "SELECT r.album_id FROM merged_releases s JOIN releases r ON r.id = s.release_id "
    "WHERE s.mbid = ?1";

// What a filter names, if something has it; ?1 is folded, but for a country.
inline constexpr std::string_view k_has_country =
    "SELECT EXISTS (SELECT 1 FROM release_events WHERE country = ?1)";
inline constexpr std::string_view k_has_type =
    "SELECT EXISTS (SELECT 1 FROM albums WHERE fold(primary_type) = ?1) "
    "OR EXISTS (SELECT 1 FROM album_secondary_types WHERE fold(type) = ?1)";
inline constexpr std::string_view k_has_label =
    "SELECT EXISTS (SELECT 1 FROM labels WHERE folded = ?1 OR mbid = ?2)";
inline constexpr std::string_view k_countries =
    "SELECT country FROM release_events WHERE country IS NOT NULL UNION "
    "SELECT value FROM release_counts WHERE what = 'country' AND releases > 0 AND value <> '' "
    "ORDER BY 1";
inline constexpr std::string_view k_types =
    "SELECT primary_type FROM albums WHERE primary_type IS NOT NULL UNION "
    "SELECT type FROM album_secondary_types ORDER BY 1";
inline constexpr std::string_view k_labels = "SELECT DISTINCT name FROM labels ORDER BY 1";
inline constexpr std::string_view k_counted_values =
    "SELECT value FROM release_counts WHERE what = ? AND releases > 0 AND value <> '' "
    "ORDER BY releases DESC, value";

}  // namespace pressings::store::sql
