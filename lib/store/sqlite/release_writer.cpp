// The part of CatalogueWriter that writes releases and what hangs on them.
#include <unordered_set>

#include "domain/media_format.hpp"
#include "domain/told.hpp"
#include "store/sqlite/catalogue_rows.hpp"
#include "store/sqlite/catalogue_sql.hpp"
#include "store/sqlite/catalogue_writer.hpp"
#include "store/sqlite/detail_rows.hpp"

namespace pressings::store::sqlite {

struct CatalogueWriter::StoredRelease {
    std::int64_t id = 0;
    std::int64_t album_id = 0;
    bool removed = false;
};

namespace {

std::string_view to_string(TrackKind kind) {
    switch (kind) {
        case TrackKind::pregap:
            return "pregap";
        case TrackKind::track:
            return "track";
        case TrackKind::data:
            return "data";
    }
    return "track";
}

}  // namespace

ReleaseCounts CatalogueWriter::write_releases(std::int64_t album_id,
                                              const std::vector<Release>& releases) {
    ReleaseCounts counts;
    counts.total = static_cast<int>(releases.size());
    for (const Release& told : releases) {
        const auto stored = find_release(told.mbid);
        if (!stored) {
            write_children(insert_release(album_id, told), told);
            ++counts.created;
            ++m_present_change;
            continue;
        }
        const Release before = load_release(m_connection, stored->id).value_or(Release{});
        const Release release = fill_untold(told, before);
        if (!stored->removed && stored->album_id == album_id && before == release) {
            ++counts.unchanged;
        } else {
            update_release(stored->id, album_id, release);
            ++counts.updated;
            if (stored->removed) ++m_present_change;
        }
    }
    counts.removed = mark_removed(album_id, releases);
    return counts;
}

std::optional<CatalogueWriter::StoredRelease> CatalogueWriter::find_release(const Mbid& mbid) {
    Query found = m_connection.query(sql::k_find_release);
    if (!found.bind(mbid).step()) return std::nullopt;
    return StoredRelease{found.integer(0), found.integer(1), found.maybe_integer(2).has_value()};
}

std::int64_t CatalogueWriter::insert_release(std::int64_t album_id, const Release& release) {
    const auto credit = credit_id(release.artist_credit);
    m_connection.query(sql::k_insert_release)
        .bind(release.mbid, album_id, release.title, credit,
              pressings::to_string(plain_format(release.media)), release.status, release.packaging,
              release.quality, release.disambiguation, release.language, release.script,
              release.barcode, release.asin, release.date, release.country, m_now_ms)
        .run();
    return m_connection.last_insert_id();
}

void CatalogueWriter::update_release(std::int64_t release_id, std::int64_t album_id,
                                     const Release& release) {
    const auto credit = credit_id(release.artist_credit);
    m_connection.query(sql::k_update_release)
        .bind(release_id, album_id, release.title, credit,
              pressings::to_string(plain_format(release.media)), release.status, release.packaging,
              release.quality, release.disambiguation, release.language, release.script,
              release.barcode, release.asin, release.date, release.country, m_now_ms)
        .run();
    for (const auto statement :
         {sql::k_delete_events, sql::k_delete_label_info, sql::k_delete_media}) {
        m_connection.query(statement).bind(release_id).run();
    }
    write_children(release_id, release);
}

void CatalogueWriter::write_children(std::int64_t release_id, const Release& release) {
    int position = 0;
    for (const ReleaseEvent& event : release.events) {
        m_connection.query(sql::k_insert_event)
            .bind(release_id, position++, event.date, event.country, event.area_mbid,
                  event.area_name)
            .run();
    }
    position = 0;
    for (const LabelInfo& info : release.label_info) {
        std::optional<std::int64_t> label;
        if (info.label) label = label_id(*info.label);
        m_connection.query(sql::k_insert_label_info)
            .bind(release_id, position++, label, info.catalog_number)
            .run();
    }
    for (const Medium& medium : release.media)
        write_medium(release_id, medium);
    write_release_details(m_connection, release_id, release);
}

void CatalogueWriter::write_medium(std::int64_t release_id, const Medium& medium) {
    m_connection.query(sql::k_insert_medium)
        .bind(release_id, medium.position, medium.mbid, medium.format, medium.title,
              medium.track_count, medium.tracks.has_value(), medium.discs.has_value())
        .run();
    write_discs(m_connection, release_id, medium);
    if (!medium.tracks) return;
    for (const Track& track : *medium.tracks) {
        const auto credit = credit_id(track.artist_credit);
        std::optional<std::int64_t> recording;
        if (track.recording) recording = recording_id(*track.recording);
        m_connection.query(sql::k_insert_track)
            .bind(release_id, medium.position, track.position, to_string(track.kind), track.number,
                  track.title, track.mbid, track.length_ms, credit, recording)
            .run();
    }
}

int CatalogueWriter::mark_removed(std::int64_t album_id, const std::vector<Release>& releases) {
    std::unordered_set<Mbid> present;
    for (const Release& release : releases)
        present.insert(release.mbid);
    std::vector<std::int64_t> gone;
    {
        Query row = m_connection.query(sql::k_present_releases_of_album);
        row.bind(album_id);
        while (row.step()) {
            if (!present.contains(row.mbid(1))) gone.push_back(row.integer(0));
        }
    }
    for (const std::int64_t id : gone) {
        m_connection.query(sql::k_remove_release).bind(id, m_now_ms).run();
    }
    m_present_change -= static_cast<int>(gone.size());
    return static_cast<int>(gone.size());
}

}  // namespace pressings::store::sqlite
