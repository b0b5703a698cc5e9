// The part of CatalogueWriter that writes releases and what hangs on them.
#include <algorithm>
#include <unordered_set>

#include "base/text_list.hpp"
#include "domain/media_format.hpp"
#include "store/sql/catalogue/album_sql.hpp"
#include "store/sql/catalogue/catalogue_rows.hpp"
#include "store/sql/catalogue/catalogue_sql.hpp"
#include "store/sql/catalogue/catalogue_writer.hpp"
#include "store/sql/catalogue/change_sql.hpp"
#include "store/sql/catalogue/detail_rows.hpp"
#include "store/sql/search/documents.hpp"
#include "store/sql/unit_of_work.hpp"

namespace pressings::store::sql {

namespace {

ReleaseFate fate_of(const Mbid& release, std::span<const ReleaseFate> fates) {
    const auto found = std::find_if(fates.begin(), fates.end(), [&](const ReleaseFate& fate) {
        return fate.release == release;
    });
    return found == fates.end() ? ReleaseFate{release, std::nullopt, std::nullopt} : *found;
}

}  // namespace

ReleaseCounts CatalogueWriter::write_releases(std::int64_t album_id,
                                              const std::vector<Release>& releases,
                                              std::span<const ReleaseRow> present,
                                              const Unlisted& unlisted) {
    ReleaseCounts counts;
    counts.total = static_cast<int>(releases.size());
    std::unordered_set<Mbid> listed;
    for (const Release& release : releases) {
        listed.insert(release.mbid);
        if (m_reader) {
            write_or_keep_back(album_id, release, counts);
        } else {
            write_release(album_id, release, counts);
        }
    }
    for (const Oddity& odd : unlisted.oddities) {
        if (odd.release) listed.insert(*odd.release);
    }
    for (const ReleaseRow& row : present) {
        const bool stays = !unlisted.may_be_gone || listed.contains(row.mbid);
        if (!stays) apply_vanished(album_id, row, fate_of(row.mbid, unlisted.fates), counts);
    }
    count_releases();
    return counts;
}

void CatalogueWriter::count_releases() {
    for (const std::int64_t album_id : m_changed_albums) {
        m_connection.query(sql::k_count_releases).bind(album_id).write();
        mark_outdated(m_connection, album_id);
    }
    m_changed_albums.clear();
}

void CatalogueWriter::write_release(std::int64_t album_id, const Release& release,
                                    ReleaseCounts& counts) {
    const auto stored = find_release(release.mbid);
    if (!stored) {
        create_release(album_id, release);
        ++counts.created;
    } else if (rewrite_release(album_id, *stored, release)) {
        ++counts.updated;
    } else {
        refresh_names(release);
        ++counts.unchanged;
    }
}

void CatalogueWriter::write_or_keep_back(std::int64_t album_id, const Release& release,
                                         ReleaseCounts& counts) {
    const ReleaseCounts before = counts;
    const Totals totals = m_totals;
    try {
        Savepoint savepoint{m_connection};
        write_release(album_id, release, counts);
        savepoint.keep();
    } catch (const std::exception& error) {
        if (!m_connection.is_refusal(error)) throw;
        forget_ids();
        counts = before;
        --counts.total;
        m_totals = totals;
        m_refused.push_back({release.mbid, "", std::nullopt,
                             std::string{"is refused by the catalogue: "} + error.what(),
                             *m_reader});
    }
}

/// Rows that were made and taken back have given their ids away.
void CatalogueWriter::forget_ids() {
    m_artists.clear();
    m_credits.clear();
    m_labels.clear();
    m_last_credit.clear();
    m_last_credit_id = 0;
    m_last_album_credit_id = 0;
}

std::optional<ReleaseRow> CatalogueWriter::find_release(const Mbid& mbid) {
    if (m_known != nullptr && m_known->new_releases.contains(mbid)) return std::nullopt;
    Query found = m_connection.query(sql::k_find_release);
    if (!found.bind(mbid).step()) return std::nullopt;
    return ReleaseRow{found.integer(0), mbid, found.integer(1), found.maybe_integer(2).has_value()};
}

void CatalogueWriter::create_release(std::int64_t album_id, const Release& release) {
    if (m_earlier == Earlier::import) {
        // One that was another's alias has come to life again.
        m_connection.query(sql::k_delete_merged_release).bind(release.mbid).write();
        log(ChangeKind::created, album_id, release.mbid, {});
    }
    const std::int64_t id = insert_release(album_id, release);
    write_children(id, release);
    write_release_details(m_connection, id, release);
    const ReleaseFacts facts = facts_of(release);
    m_totals.present_release(facts, 1);
    m_totals.rows_of_release(facts, 1);
    m_changed_albums.insert(album_id);
}

bool CatalogueWriter::rewrite_release(std::int64_t album_id, const ReleaseRow& row,
                                      const Release& listed) {
    // Whoever imports the other album reckons with what it has.
    if (row.album_id != album_id) m_connection.require_alone();
    const StoredRelease stored{row.album_id, row.removed,
                               load_release(m_connection, row.id).value_or(Release{})};
    const ListedPlan plan = plan_listed(album_id, listed, stored);
    if (!plan.change) return false;
    update_release(row.id, album_id, plan.release);
    const bool has_moved = *plan.change == ChangeKind::moved;
    log(*plan.change, album_id, plan.release.mbid, plan.fields,
        has_moved ? std::optional{row.album_id} : std::nullopt);
    count_rewritten(row, stored.release, plan.release);
    if (*plan.change == ChangeKind::updated) {
        mark_outdated(m_connection, album_id);
    } else {
        m_changed_albums.insert({album_id, row.album_id});
    }
    return true;
}

void CatalogueWriter::count_rewritten(const ReleaseRow& row, const Release& before,
                                      const Release& after) {
    const ReleaseFacts old_facts = facts_of(before);
    const ReleaseFacts new_facts = facts_of(after);
    m_totals.rows_of_release(old_facts, -1);
    m_totals.rows_of_release(new_facts, 1);
    if (row.removed) {
        m_totals.removed_releases(-1);
    } else {
        m_totals.present_release(old_facts, -1);
    }
    m_totals.present_release(new_facts, 1);
}

ReleaseFacts CatalogueWriter::stored_facts(std::int64_t release_id) {
    return facts_of(load_release(m_connection, release_id).value_or(Release{}));
}

/// An equal release may still bear names of artists and labels that have changed.
void CatalogueWriter::refresh_names(const Release& release) {
    upsert_artists(release.artist_credit);
    for (const LabelInfo& info : release.label_info) {
        if (info.label) label_id(*info.label);
    }
    for (const Medium& medium : release.media) {
        if (!medium.tracks) continue;
        for (const Track& track : *medium.tracks) {
            upsert_artists(track.artist_credit);
            if (track.recording) upsert_artists(track.recording->artist_credit);
        }
    }
}

/// One that was given out already.
std::optional<std::int64_t> CatalogueWriter::take_release_id(const Mbid& release) {
    if (m_known == nullptr || m_known->new_releases.erase(release) == 0) return std::nullopt;
    const std::int64_t id = m_known->release_ids.front();
    m_known->release_ids.pop_front();
    return id;
}

std::int64_t CatalogueWriter::insert_release(std::int64_t album_id, const Release& release) {
    const auto credit = credit_id(release.artist_credit);
    const DetailColumns details{release};
    const auto given_id = take_release_id(release.mbid);
    Query row = m_connection.query(given_id ? sql::k_insert_release_as : sql::k_insert_release);
    row.bind(release.mbid, album_id, release.title, credit,
             pressings::to_string(plain_format(release.media)), release.status, release.packaging,
             release.quality, release.disambiguation, release.language, release.script,
             release.barcode, release.asin, release.date, release.country, m_now_ms, m_now_ms,
             details.cover.artwork, details.cover.front, details.cover.back, details.cover.count,
             details.cover.darkened, details.has_urls, details.has_aliases, details.has_genres);
    if (given_id) {
        row.bind_from(26, *given_id).write();
        return *given_id;
    }
    row.run();
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
        .write();
    for (const auto statement :
         {sql::k_delete_events, sql::k_delete_label_info, sql::k_delete_media}) {
        m_connection.query(statement).bind(release_id).write();
    }
    write_children(release_id, release);
    replace_release_details(m_connection, release_id, release);
}

void CatalogueWriter::write_children(std::int64_t release_id, const Release& release) {
    int position = 0;
    for (const ReleaseEvent& event : release.events) {
        m_connection.query(sql::k_insert_event)
            .bind(release_id, position++, event.date, event.country, event.area_mbid,
                  event.area_name)
            .write();
    }
    position = 0;
    for (const LabelInfo& info : release.label_info) {
        std::optional<std::int64_t> label;
        if (info.label) label = label_id(*info.label);
        m_connection.query(sql::k_insert_label_info)
            .bind(release_id, position++, label, info.catalog_number)
            .write();
    }
    for (const Medium& medium : release.media)
        write_medium(release_id, medium);
}

void CatalogueWriter::write_medium(std::int64_t release_id, const Medium& medium) {
    m_connection.query(sql::k_insert_medium)
        .bind(release_id, medium.position, medium.mbid, medium.format, medium.title,
              medium.track_count, medium.tracks.has_value(), medium.discs.has_value())
        .write();
    write_discs(m_connection, release_id, medium);
    if (!medium.tracks) return;
    for (const Track& track : *medium.tracks)
        write_track(release_id, medium.position, track);
}

void CatalogueWriter::write_track(std::int64_t release_id, int medium, const Track& track) {
    const auto credit = credit_id(track.artist_credit);
    const Recording* const recording = track.recording ? &*track.recording : nullptr;
    const auto recording_credit =
        recording != nullptr ? credit_id(recording->artist_credit) : std::nullopt;
    Query row = m_connection.query(sql::k_insert_track);
    row.bind(release_id, medium, track.position, to_string(track.kind), track.number, track.title,
             track.mbid, track.length_ms, credit);
    if (recording != nullptr) {
        const bool has_own_title = recording->title != track.title;
        row.bind_from(
            10, recording->mbid, has_own_title ? std::optional{recording->title} : std::nullopt,
            recording_credit, recording->length_ms, recording->video, recording->disambiguation,
            recording->first_release_date, join_list(recording->isrcs, ' '));
    }
    row.write();
}

}  // namespace pressings::store::sql
