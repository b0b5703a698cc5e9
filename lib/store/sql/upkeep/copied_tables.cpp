#include "store/sql/upkeep/copied_tables.hpp"

#include <fmt/format.h>

namespace pressings::store::sql {

namespace {

constexpr CopiedColumn integer(std::string_view name) {
    return {name, ColumnKind::integer};
}
constexpr CopiedColumn text(std::string_view name) {
    return {name, ColumnKind::text};
}
constexpr CopiedColumn bytes(std::string_view name) {
    return {name, ColumnKind::bytes};
}

constexpr CopiedColumn k_artists[] = {integer("id"),     bytes("mbid"),          text("name"),
                                      text("sort_name"), text("disambiguation"), text("type"),
                                      text("country")};
constexpr CopiedColumn k_artist_credits[] = {integer("id"), bytes("identity"), text("text")};
constexpr CopiedColumn k_artist_credit_names[] = {integer("artist_credit_id"), integer("position"),
                                                  integer("artist_id"), text("name"),
                                                  text("join_phrase")};
constexpr CopiedColumn k_album_credits[] = {integer("artist_credit_id"), text("folded")};
constexpr CopiedColumn k_albums[] = {integer("id"),
                                     bytes("mbid"),
                                     text("title"),
                                     integer("artist_credit_id"),
                                     text("first_release_date"),
                                     text("primary_type"),
                                     text("disambiguation"),
                                     integer("created_at"),
                                     integer("imported_at"),
                                     integer("removed_at"),
                                     integer("present_releases"),
                                     integer("present_sum"),
                                     integer("has_aliases"),
                                     integer("has_genres")};
constexpr CopiedColumn k_album_keys[] = {text("kind"), bytes("value"), integer("album_id")};
constexpr CopiedColumn k_album_identifiers[] = {integer("album_id"), text("kind"), text("value"),
                                                text("labels")};
constexpr CopiedColumn k_album_secondary_types[] = {integer("album_id"), integer("position"),
                                                    text("type")};
constexpr CopiedColumn k_album_aliases[] = {
    integer("album_id"), integer("position"), text("name"),          text("sort_name"),
    text("locale"),      text("type"),        integer("is_primary"), text("begin_date"),
    text("end_date"),    integer("ended")};
constexpr CopiedColumn k_album_genres[] = {integer("album_id"), integer("position"), text("name"),
                                           bytes("mbid"), integer("count")};
constexpr CopiedColumn k_album_user_values[] = {
    integer("album_id"),        text("title"),        integer("artist_credit_id"),
    text("first_release_date"), text("primary_type"), text("secondary_types"),
    text("disambiguation")};
constexpr CopiedColumn k_labels[] = {integer("id"),         bytes("mbid"),          text("name"),
                                     text("sort_name"),     text("disambiguation"), text("type"),
                                     integer("label_code"), text("folded")};
constexpr CopiedColumn k_releases[] = {integer("id"),
                                       bytes("mbid"),
                                       integer("album_id"),
                                       text("title"),
                                       integer("artist_credit_id"),
                                       text("format"),
                                       text("status"),
                                       text("packaging"),
                                       text("quality"),
                                       text("disambiguation"),
                                       text("language"),
                                       text("script"),
                                       text("barcode"),
                                       text("asin"),
                                       text("date"),
                                       text("country"),
                                       integer("created_at"),
                                       integer("updated_at"),
                                       integer("removed_at"),
                                       integer("cover_artwork"),
                                       integer("cover_front"),
                                       integer("cover_back"),
                                       integer("cover_count"),
                                       integer("cover_darkened"),
                                       integer("has_urls"),
                                       integer("has_aliases"),
                                       integer("has_genres")};
constexpr CopiedColumn k_release_events[] = {integer("release_id"), integer("position"),
                                             text("date"),          text("country"),
                                             bytes("area_mbid"),    text("area_name")};
constexpr CopiedColumn k_label_info[] = {integer("release_id"), integer("position"),
                                         integer("label_id"), text("catalog_number")};
constexpr CopiedColumn k_media[] = {
    integer("release_id"), integer("position"),    bytes("mbid"),         text("format"),
    text("title"),         integer("track_count"), integer("has_tracks"), integer("has_discs")};
constexpr CopiedColumn k_tracks[] = {integer("release_id"),
                                     integer("medium_position"),
                                     integer("position"),
                                     text("kind"),
                                     text("number"),
                                     text("title"),
                                     bytes("mbid"),
                                     integer("length_ms"),
                                     integer("artist_credit_id"),
                                     bytes("recording_mbid"),
                                     text("recording_title"),
                                     integer("recording_artist_credit_id"),
                                     integer("recording_length_ms"),
                                     integer("recording_video"),
                                     text("recording_disambiguation"),
                                     text("recording_first_release_date"),
                                     text("recording_isrcs")};
constexpr CopiedColumn k_discs[] = {
    integer("release_id"), integer("medium_position"), integer("position"), text("disc_id"),
    integer("sectors"),    integer("offset_count"),    text("offsets")};
constexpr CopiedColumn k_release_urls[] = {
    integer("release_id"), integer("position"), text("type"),    text("url"),
    text("begin_date"),    text("end_date"),    integer("ended")};
constexpr CopiedColumn k_release_originals[] = {integer("release_id"), bytes("original_mbid")};
constexpr CopiedColumn k_release_aliases[] = {
    integer("release_id"), integer("position"), text("name"),          text("sort_name"),
    text("locale"),        text("type"),        integer("is_primary"), text("begin_date"),
    text("end_date"),      integer("ended")};
constexpr CopiedColumn k_release_genres[] = {integer("release_id"), integer("position"),
                                             text("name"), bytes("mbid"), integer("count")};
constexpr CopiedColumn k_merged_releases[] = {bytes("mbid"), integer("release_id")};
constexpr CopiedColumn k_changes[] = {integer("id"),         integer("at"),
                                      integer("album_id"),   integer("from_album_id"),
                                      bytes("release_mbid"), text("change")};
constexpr CopiedColumn k_change_fields[] = {integer("change_id"), integer("position"),
                                            text("field"), text("old"), text("new")};
constexpr CopiedColumn k_oddities[] = {
    integer("album_id"), integer("position"), bytes("release_mbid"), text("field"),
    text("value"),       text("problem"),     integer("reader"),     integer("at")};
constexpr CopiedColumn k_watches[] = {
    integer("id"),         bytes("mbid"),        text("entity"),     text("name"),
    text("types"),         integer("every_ms"),  text("queue"),      integer("priority"),
    integer("created_at"), integer("looked_at"), integer("next_at"), integer("position"),
    integer("found"),      integer("job_id"),    text("gone_code"),  text("gone_message")};
constexpr CopiedColumn k_workers[] = {integer("id"), text("name"), text("boot"),
                                      integer("started_at"), integer("memory_kills")};
constexpr CopiedColumn k_jobs[] = {
    integer("id"),         text("kind"),          integer("album_id"),   bytes("subject"),
    text("arguments"),     text("queue"),         integer("priority"),   text("state"),
    integer("attempts"),   integer("claim"),      integer("crashes"),    integer("kills"),
    integer("suspect"),    integer("run_at"),     integer("worker_id"),  integer("lease_until"),
    text("error_code"),    text("error_message"), integer("created_at"), integer("started_at"),
    integer("finished_at")};
constexpr CopiedColumn k_attempts[] = {
    integer("job_id"),     integer("claim"),       integer("attempt"), integer("worker_id"),
    integer("started_at"), integer("finished_at"), text("outcome"),    text("error_code"),
    text("error_message"), integer("requests"),    integer("releases")};
constexpr CopiedColumn k_paused_queues[] = {text("queue"), integer("paused_at")};
constexpr CopiedColumn k_job_candidates[] = {integer("job_id"),      integer("position"),
                                             bytes("mbid"),          text("title"),
                                             text("artist"),         text("first_release_date"),
                                             text("primary_type"),   text("secondary_types"),
                                             text("disambiguation"), integer("score")};
constexpr CopiedColumn k_totals[] = {text("what"), text("queue"), integer("value")};
constexpr CopiedColumn k_work[] = {integer("minute"),   integer("done"),      integer("retrying"),
                                   integer("failed"),   integer("throttled"), integer("other"),
                                   integer("requests"), integer("releases")};
constexpr CopiedColumn k_release_counts[] = {text("what"), text("value"), integer("releases")};

constexpr CopiedTable k_tables[] = {
    {"artists", "id", k_artists},
    {"artist_credits", "id", k_artist_credits},
    {"artist_credit_names", "artist_credit_id, position", k_artist_credit_names},
    {"album_credits", "artist_credit_id", k_album_credits},
    {"albums", "id", k_albums},
    {"album_keys", "kind, value", k_album_keys},
    {"album_identifiers", "album_id, kind, value", k_album_identifiers},
    {"album_secondary_types", "album_id, position", k_album_secondary_types},
    {"album_aliases", "album_id, position", k_album_aliases},
    {"album_genres", "album_id, position", k_album_genres},
    {"album_user_values", "album_id", k_album_user_values},
    {"labels", "id", k_labels},
    {"releases", "id", k_releases},
    {"release_events", "release_id, position", k_release_events},
    {"label_info", "release_id, position", k_label_info},
    {"media", "release_id, position", k_media},
    {"tracks", "release_id, medium_position, position", k_tracks},
    {"discs", "release_id, medium_position, position", k_discs},
    {"release_urls", "release_id, position", k_release_urls},
    {"release_originals", "release_id, original_mbid", k_release_originals},
    {"release_aliases", "release_id, position", k_release_aliases},
    {"release_genres", "release_id, position", k_release_genres},
    {"merged_releases", "mbid", k_merged_releases},
    {"changes", "id", k_changes},
    {"change_fields", "change_id, position", k_change_fields},
    {"oddities", "album_id, position", k_oddities},
    {"watches", "id", k_watches},
    {"workers", "id", k_workers},
    {"jobs", "id", k_jobs},
    {"attempts", "job_id, claim", k_attempts},
    {"paused_queues", "queue", k_paused_queues},
    {"job_candidates", "job_id, position", k_job_candidates},
    {"totals", "what, queue", k_totals},
    {"work", "minute", k_work},
    {"release_counts", "what, value", k_release_counts},
};

std::string column_names(const CopiedTable& table) {
    std::string names;
    for (const CopiedColumn& column : table.columns)
        names += fmt::format("{}{}", names.empty() ? "" : ", ", column.name);
    return names;
}

}  // namespace

std::span<const CopiedTable> copied_tables() {
    return k_tables;
}

std::span<const CopiedTable> count_tables() {
    constexpr std::size_t k_counts = 3;
    return copied_tables().last(k_counts);
}

std::string read_text(const CopiedTable& table) {
    return fmt::format("SELECT {} FROM {} ORDER BY {}", column_names(table), table.name, table.key);
}

std::string count_text(const CopiedTable& table) {
    return fmt::format("SELECT count(*) FROM {}", table.name);
}

std::string insert_text(const CopiedTable& table, std::size_t rows) {
    std::string row = "(?";
    for (std::size_t column = 1; column < table.columns.size(); ++column)
        row += ", ?";
    row += ")";
    std::string sql =
        fmt::format("INSERT INTO {} ({}) VALUES {}", table.name, column_names(table), row);
    for (std::size_t count = 1; count < rows; ++count)
        sql += ", " + row;
    return sql;
}

}  // namespace pressings::store::sql
