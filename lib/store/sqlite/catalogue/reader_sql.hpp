#pragma once

#include <string_view>

/// What `release-catalog` asks, under its name. fold() is ours: see base/text.hpp.
namespace pressings::store::sqlite::sql {

#define PRESSINGS_ALBUM_RECORD                                                                 \
    "SELECT a.id, a.mbid, a.title, a.artist_credit_id, a.first_release_date, a.primary_type, " \
    "a.disambiguation, a.created_at, a.imported_at, "                                          \
    "(SELECT count(*) FROM releases r WHERE r.album_id = a.id AND r.removed_at IS NULL), "     \
    "(SELECT state FROM jobs j WHERE j.album_id = a.id ORDER BY j.id DESC LIMIT 1), "          \
    "a.removed_at "                                                                            \
    "FROM albums a LEFT JOIN artist_credits c ON c.id = a.artist_credit_id "

// A filter's values are the same for every list, ?1 to ?13: album, artist, title, type, year;
// format, country, status, label, its MBID; whether removed ones count; since; limit; ?14 the year
// from which on (':' comes behind the digits, and '?' behind that).
#define PRESSINGS_ALBUM_TERMS                                 \
    "(?2 IS NULL OR instr(fold(c.text), fold(?2)) > 0) "      \
    "AND (?3 IS NULL OR instr(fold(a.title), fold(?3)) > 0) " \
    "AND (?4 IS NULL OR fold(a.primary_type) = fold(?4)) "    \
    "AND (?5 IS NULL OR substr(a.first_release_date, 1, 4) = printf('%04d', ?5)) "
#define PRESSINGS_RELEASE_TERMS                                                                  \
    "(?6 IS NULL OR r.format = ?6) "                                                             \
    "AND (?7 IS NULL OR upper(r.country) = upper(?7) OR EXISTS (SELECT 1 FROM release_events e " \
    " WHERE e.release_id = r.id AND upper(e.country) = upper(?7))) "                             \
    "AND (?8 IS NULL OR fold(r.status) = fold(?8)) "                                             \
    "AND (?9 IS NULL OR EXISTS (SELECT 1 FROM label_info i JOIN labels l ON l.id = i.label_id "  \
    " WHERE i.release_id = r.id AND (fold(l.name) = fold(?9) OR l.mbid = ?10))) "                \
    "AND (?11 OR r.removed_at IS NULL) "                                                         \
    "AND (?14 IS NULL OR (r.date >= ?14 AND r.date < ':')) "
#define PRESSINGS_ALBUM_FILTER                                                        \
    "WHERE (?1 IS NULL OR a.id = ?1) AND " PRESSINGS_ALBUM_TERMS                      \
    "AND (coalesce(?6, ?7, ?8, ?9, ?14) IS NULL OR EXISTS (SELECT 1 FROM releases r " \
    " WHERE r.album_id = a.id AND " PRESSINGS_RELEASE_TERMS                           \
    ")) "                                                                             \
    "AND (?12 IS NULL OR a.created_at >= ?12 OR a.imported_at >= ?12) "

inline constexpr std::string_view k_album_record = PRESSINGS_ALBUM_RECORD "WHERE a.id = ?";
inline constexpr std::string_view k_album_records =
    PRESSINGS_ALBUM_RECORD PRESSINGS_ALBUM_FILTER "ORDER BY a.id LIMIT ?13";
inline constexpr std::string_view k_album_records_by_artist =
    PRESSINGS_ALBUM_RECORD PRESSINGS_ALBUM_FILTER
    "ORDER BY a.artist_credit_id IS NULL, "
    "fold((SELECT coalesce(s.sort_name, n.name) FROM artist_credit_names n "
    " LEFT JOIN artists s ON s.id = n.artist_id WHERE n.artist_credit_id = a.artist_credit_id "
    " ORDER BY n.position LIMIT 1)), "
    "a.first_release_date IS NULL, a.first_release_date, fold(a.title), a.id LIMIT ?13";
#undef PRESSINGS_ALBUM_RECORD

inline constexpr std::string_view k_album_of_release =
    "SELECT album_id FROM releases WHERE mbid = ?1 UNION ALL "
    "SELECT r.album_id FROM merged_releases s JOIN releases r ON r.id = s.release_id "
    "WHERE s.mbid = ?1";

#define PRESSINGS_RELEASE_ROW "SELECT r.id, r.album_id, r.format, r.removed_at FROM releases r "
#define PRESSINGS_RELEASE_FILTER                                                            \
    "AND (coalesce(?2, ?3, ?4, ?5) IS NULL OR EXISTS (SELECT 1 FROM albums a "              \
    " LEFT JOIN artist_credits c ON c.id = a.artist_credit_id "                             \
    " WHERE a.id = r.album_id AND " PRESSINGS_ALBUM_TERMS ")) AND " PRESSINGS_RELEASE_TERMS \
    "AND (?12 IS NULL OR r.updated_at >= ?12) "                                             \
    "ORDER BY r.album_id, r.date IS NULL, r.date, r.id LIMIT ?13"

inline constexpr std::string_view k_release_rows =
    PRESSINGS_RELEASE_ROW "WHERE ?1 IS NULL " PRESSINGS_RELEASE_FILTER;
inline constexpr std::string_view k_release_rows_of_album =
    PRESSINGS_RELEASE_ROW "WHERE r.album_id = ?1 " PRESSINGS_RELEASE_FILTER;

#undef PRESSINGS_RELEASE_ROW
#undef PRESSINGS_RELEASE_FILTER
#undef PRESSINGS_ALBUM_FILTER
#undef PRESSINGS_RELEASE_TERMS
#undef PRESSINGS_ALBUM_TERMS

}  // namespace pressings::store::sqlite::sql
