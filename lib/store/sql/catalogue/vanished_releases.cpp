// The part of CatalogueWriter that writes what became of releases and albums that left their place.
#include <utility>

#include "store/sql/catalogue/album_rows.hpp"
#include "store/sql/catalogue/album_sql.hpp"
#include "store/sql/catalogue/catalogue_sql.hpp"
#include "store/sql/catalogue/catalogue_writer.hpp"
#include "store/sql/catalogue/change_log.hpp"
#include "store/sql/catalogue/change_sql.hpp"

namespace pressings::store::sql {

void CatalogueWriter::log(ChangeKind kind, std::int64_t album_id,
                          const std::optional<Mbid>& release, std::vector<FieldChange> fields,
                          std::optional<std::int64_t> from_album_id) {
    if (kind == ChangeKind::moved) {
        Query row = m_connection.query(sql::k_mbid_of_album);
        const auto mbid_of = [&](std::int64_t id) -> std::optional<std::string> {
            row.again();
            const auto mbid = row.bind(id).step() ? row.maybe_mbid(0) : std::nullopt;
            return mbid ? std::optional{mbid->to_string()} : std::nullopt;
        };
        const auto before = mbid_of(*from_album_id);
        fields.insert(fields.begin(), {"album_mbid", before, mbid_of(album_id)});
    }
    log_change(m_connection, {kind, album_id, from_album_id, release, std::move(fields)}, m_now_ms);
}

Whereabouts CatalogueWriter::whereabouts(const ReleaseFate& fate) {
    Whereabouts release{fate, std::nullopt, std::nullopt};
    if (fate.is_merged()) {
        if (const auto into = find_release(*fate.now)) release.merged_into = into->id;
    } else if (fate.release_group) {
        release.album_of_group = find_album(m_connection, *fate.release_group);
    }
    return release;
}

void CatalogueWriter::apply_vanished(std::int64_t album_id, const ReleaseRow& absent,
                                     const ReleaseFate& fate, ReleaseCounts& counts) {
    m_changed_albums.insert(album_id);
    const Whereabouts known = whereabouts(fate);
    const VanishedPlan plan = plan_vanished(album_id, known);
    switch (plan.action) {
        case VanishedPlan::Action::stay:
            return;
        case VanishedPlan::Action::merge:
            m_connection.require_alone();
            ++counts.merged;
            log(ChangeKind::merged, album_id, *fate.now, plan.fields);
            return merge_release(absent, *known.merged_into);
        case VanishedPlan::Action::move:
            m_connection.require_alone();
            ++counts.moved;
            return move_release(album_id, absent, *known.album_of_group);
        case VanishedPlan::Action::remove:
            ++counts.removed;
            m_vanished += plan.is_unexplained() ? 1 : 0;
            return remove_release(album_id, absent, plan.fields);
    }
}

void CatalogueWriter::merge_release(const ReleaseRow& from, std::int64_t into) {
    const ReleaseFacts facts = stored_facts(from.id);
    m_totals.present_release(facts, -1);
    m_totals.rows_of_release(facts, -1);
    m_connection.query(sql::k_move_merged_releases).bind(from.id, into).run();
    m_connection.query(sql::k_delete_release).bind(from.id).run();
    m_connection.query(sql::k_insert_merged_release).bind(from.mbid, into).run();
}

void CatalogueWriter::move_release(std::int64_t album_id, const ReleaseRow& release,
                                   std::int64_t into) {
    m_connection.query(sql::k_move_release).bind(release.id, into, m_now_ms).run();
    m_changed_albums.insert(into);
    log(ChangeKind::moved, into, release.mbid, {}, album_id);
}

void CatalogueWriter::remove_release(std::int64_t album_id, const ReleaseRow& release,
                                     const std::vector<FieldChange>& fields) {
    m_connection.query(sql::k_remove_release).bind(release.id, m_now_ms).run();
    m_totals.present_release(stored_facts(release.id), -1);
    m_totals.removed_releases(1);
    log(ChangeKind::removed, album_id, release.mbid, fields);
}

bool CatalogueWriter::mark_album(std::int64_t album_id, bool is_gone) {
    const auto removed_at = is_gone ? std::optional{m_now_ms} : std::nullopt;
    if (m_connection.query(sql::k_mark_album).bind(album_id, removed_at).run() == 0) return false;
    log(is_gone ? ChangeKind::removed : ChangeKind::returned, album_id, std::nullopt, {});
    return true;
}

}  // namespace pressings::store::sql
