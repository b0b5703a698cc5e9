// The part of CatalogueWriter that follows what left its place: releases and whole albums.
#include <algorithm>

#include "store/sqlite/album_rows.hpp"
#include "store/sqlite/album_sql.hpp"
#include "store/sqlite/catalogue_sql.hpp"
#include "store/sqlite/catalogue_writer.hpp"
#include "store/sqlite/change_log.hpp"
#include "store/sqlite/change_sql.hpp"

namespace pressings::store::sqlite {

namespace {

ReleaseFate fate_of(const Mbid& release, std::span<const ReleaseFate> fates) {
    const auto found = std::find_if(fates.begin(), fates.end(), [&](const ReleaseFate& fate) {
        return fate.release == release;
    });
    return found == fates.end() ? ReleaseFate{release, std::nullopt, std::nullopt} : *found;
}

}  // namespace

std::vector<CatalogueWriter::StoredRelease> CatalogueWriter::present_releases(
    std::int64_t album_id) {
    std::vector<StoredRelease> present;
    Query row = m_connection.query(sql::k_present_releases_of_album);
    row.bind(album_id);
    while (row.step())
        present.push_back({row.integer(0), row.mbid(1), album_id, false});
    return present;
}

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

void CatalogueWriter::follow(std::int64_t album_id, const StoredRelease& absent,
                             std::span<const ReleaseFate> fates, ReleaseCounts& counts) {
    m_changed_albums.insert(album_id);
    const ReleaseFate fate = fate_of(absent.mbid, fates);
    const bool is_merged = fate.now && *fate.now != absent.mbid;
    if (is_merged && merge_release(album_id, absent, *fate.now)) {
        ++counts.merged;
        return;
    }
    if (!is_merged && fate.now) {
        if (!fate.release_group) return;                                        // it is somewhere
        if (find_album(m_connection, *fate.release_group) == album_id) return;  // the list erred
        if (move_release(album_id, absent, *fate.release_group)) {
            ++counts.moved;
            return;
        }
    }
    remove_release(album_id, absent, fate);
    ++counts.removed;
}

/// Makes the release an alias of the one it was merged into; false if that is not here.
bool CatalogueWriter::merge_release(std::int64_t album_id, const StoredRelease& from,
                                    const Mbid& into) {
    const auto target = find_release(into);
    if (!target) return false;
    m_connection.query(sql::k_move_merged_releases).bind(from.id, target->id).run();
    m_connection.query(sql::k_delete_release).bind(from.id).run();
    m_connection.query(sql::k_insert_merged_release).bind(from.mbid, target->id).run();
    log(ChangeKind::merged, album_id, into, {{"mbid", from.mbid.to_string(), into.to_string()}});
    --m_present_change;
    return true;
}

/// Puts the release where its release group is; false if that is not here.
bool CatalogueWriter::move_release(std::int64_t album_id, const StoredRelease& release,
                                   const Mbid& group) {
    const auto target = find_album(m_connection, group);
    if (!target) return false;
    m_connection.query(sql::k_move_release).bind(release.id, *target, m_now_ms).run();
    m_changed_albums.insert(*target);
    log(ChangeKind::moved, *target, release.mbid, {}, album_id);
    return true;
}

/// The log tells where it went if that is known, though it is no place of the catalogue.
void CatalogueWriter::remove_release(std::int64_t album_id, const StoredRelease& release,
                                     const ReleaseFate& fate) {
    std::vector<FieldChange> fields;
    if (fate.now && *fate.now != release.mbid) {
        fields.push_back({"mbid", release.mbid.to_string(), fate.now->to_string()});
    } else if (fate.release_group) {
        fields.push_back({"album_mbid", std::nullopt, fate.release_group->to_string()});
    }
    m_vanished += fields.empty() ? 1 : 0;
    m_connection.query(sql::k_remove_release).bind(release.id, m_now_ms).run();
    log(ChangeKind::removed, album_id, release.mbid, std::move(fields));
    --m_present_change;
}

bool CatalogueWriter::mark_album(std::int64_t album_id, bool is_gone) {
    const auto removed_at = is_gone ? std::optional{m_now_ms} : std::nullopt;
    if (m_connection.query(sql::k_mark_album).bind(album_id, removed_at).run() == 0) return false;
    log(is_gone ? ChangeKind::removed : ChangeKind::returned, album_id, std::nullopt, {});
    return true;
}

}  // namespace pressings::store::sqlite
