#include "store/sql/catalogue/catalogue_writer.hpp"

#include <span>

#include <fmt/format.h>

#include "base/text.hpp"
#include "store/sql/catalogue/catalogue_rows.hpp"
#include "store/sql/catalogue/catalogue_sql.hpp"
#include "store/sql/catalogue/detail_rows.hpp"
#include "store/sql/catalogue/user_value_rows.hpp"
#include "store/sql/search/documents.hpp"

namespace pressings::store::sql {

namespace {

/// Whether `told` says something that `stored` does not.
template <typename Value>
bool adds(const std::optional<Value>& told, const std::optional<Value>& stored) {
    return told && told != stored;
}

void append_counted(std::string& bytes, const std::string& text) {
    bytes += std::to_string(text.size());
    bytes += ':';
    bytes += text;
}

std::span<const std::uint8_t> as_bytes(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

template <typename Key>
std::optional<std::int64_t> id_of(const std::unordered_map<Key, std::int64_t>& ids,
                                  const Key& key) {
    const auto found = ids.find(key);
    return found == ids.end() ? std::nullopt : std::optional{found->second};
}

}  // namespace

std::string credit_identity(const ArtistCredit& credit, std::int64_t first_artist_id) {
    std::string bytes;
    for (const CreditedArtist& artist : credit) {
        if (!artist.artist.mbid) {
            bytes += '-';
        } else if (bytes.empty()) {
            bytes += fmt::format("{:010x}", first_artist_id);
        } else {
            bytes += artist.artist.mbid->to_string();
        }
        append_counted(bytes, artist.name);
        append_counted(bytes, artist.join_phrase);
    }
    return bytes;
}

std::int64_t CatalogueWriter::artist_id(const Artist& artist) {
    if (m_known != nullptr) {
        if (const auto id = id_of(m_known->artists, *artist.mbid)) return *id;
    }
    const auto [entry, is_new] = m_artists.try_emplace(*artist.mbid, 0);
    if (!is_new) return entry->second;
    Query found = m_connection.query(sql::k_find_artist);
    if (found.bind(*artist.mbid).step()) {
        entry->second = found.integer(0);
        const bool differs =
            found.text(1) != artist.name || adds(artist.sort_name, found.maybe_text(2)) ||
            adds(artist.disambiguation, found.maybe_text(3)) ||
            adds(artist.type, found.maybe_text(4)) || adds(artist.country, found.maybe_text(5));
        if (differs && m_authority == Authority::musicbrainz) {
            m_connection.query(sql::k_update_artist)
                .bind(entry->second, artist.name, artist.sort_name, artist.disambiguation,
                      artist.type, artist.country)
                .run();
        }
        return entry->second;
    }
    m_connection.query(sql::k_insert_artist)
        .bind(*artist.mbid, artist.name, artist.sort_name, artist.disambiguation, artist.type,
              artist.country)
        .run();
    return entry->second = m_connection.last_insert_id();
}

void CatalogueWriter::upsert_artists(const ArtistCredit& credit) {
    for (const CreditedArtist& credited : credit) {
        if (credited.artist.mbid) artist_id(credited.artist);
    }
}

std::string CatalogueWriter::identity_of(const ArtistCredit& credit) {
    const Artist& first = credit.front().artist;
    return credit_identity(credit, first.mbid ? artist_id(first) : 0);
}

std::optional<std::int64_t> CatalogueWriter::credit_id(const ArtistCredit& credit) {
    if (credit.empty()) return std::nullopt;
    // Most tracks of a release have the credit of the one before.
    if (credit != m_last_credit) {
        m_last_credit_id = find_or_insert(credit);
        m_last_credit = credit;
    }
    return m_last_credit_id;
}

std::int64_t CatalogueWriter::find_or_insert(const ArtistCredit& credit) {
    const auto [entry, is_new] = m_credits.try_emplace(identity_of(credit), 0);
    if (!is_new) return entry->second;
    // The artists are seen to even if the credit is known: their own facts may be new.
    upsert_artists(credit);
    if (m_known != nullptr) {
        if (const auto id = id_of(m_known->credits, entry->first)) return entry->second = *id;
    }
    Query found = m_connection.query(sql::k_find_credit);
    if (found.bind(as_bytes(entry->first)).step()) return entry->second = found.integer(0);
    return entry->second = insert_credit(credit, entry->first);
}

std::int64_t CatalogueWriter::insert_credit(const ArtistCredit& credit,
                                            const std::string& identity) {
    m_connection.query(sql::k_insert_credit).bind(as_bytes(identity), credit_text(credit)).run();
    const std::int64_t id = m_connection.last_insert_id();
    int position = 0;
    for (const CreditedArtist& artist : credit) {
        const auto artist_row =
            artist.artist.mbid ? std::optional{artist_id(artist.artist)} : std::nullopt;
        m_connection.query(sql::k_insert_credit_name)
            .bind(id, position++, artist_row, artist.name, artist.join_phrase)
            .write();
    }
    return id;
}

std::optional<std::int64_t> CatalogueWriter::album_credit_id(const ArtistCredit& credit) {
    const auto id = credit_id(credit);
    if (id && m_last_album_credit_id != *id) {
        m_connection.query(sql::k_insert_album_credit).bind(*id, fold(credit_text(credit))).write();
        m_last_album_credit_id = *id;
    }
    return id;
}

std::int64_t CatalogueWriter::label_id(const Label& label) {
    if (m_known != nullptr) {
        if (const auto id = id_of(m_known->labels, label.mbid)) return *id;
    }
    const auto [entry, is_new] = m_labels.try_emplace(label.mbid, 0);
    if (!is_new) return entry->second;
    Query found = m_connection.query(sql::k_find_label);
    if (found.bind(label.mbid).step()) {
        entry->second = found.integer(0);
        if (found.text(1) != label.name || adds(label.sort_name, found.maybe_text(2)) ||
            adds(label.disambiguation, found.maybe_text(3)) ||
            adds(label.type, found.maybe_text(4)) ||
            adds(label.label_code, found.maybe_integer(5))) {
            m_connection.query(sql::k_update_label)
                .bind(entry->second, label.name, label.sort_name, label.disambiguation, label.type,
                      label.label_code, fold(label.name))
                .run();
            if (found.text(1) != label.name) mark_label_outdated(m_connection, entry->second);
        }
        return entry->second;
    }
    m_connection.query(sql::k_insert_label)
        .bind(label.mbid, label.name, label.sort_name, label.disambiguation, label.type,
              label.label_code, fold(label.name))
        .run();
    return entry->second = m_connection.last_insert_id();
}

std::int64_t CatalogueWriter::insert_album(const Album& album) {
    const auto credit = album_credit_id(album.artist_credit);
    m_connection.query(sql::k_insert_album)
        .bind(album.mbid, album.title, credit, album.first_release_date, album.primary_type,
              album.disambiguation, m_now_ms)
        .run();
    const std::int64_t id = m_connection.last_insert_id();
    write_secondary_types(id, album);
    if (album.aliases || album.genres) write_album_details(m_connection, id, album);
    return id;
}

void CatalogueWriter::update_album(std::int64_t album_id, const Album& stored, const Album& album) {
    const Album merged = fill_from(album, stored);
    upsert_artists(merged.artist_credit);
    if (merged == stored) return;
    if (m_earlier == Earlier::nothing) {
        if (const auto overruled = overruled_values(stored, merged)) {
            write_user_values(album_id, *overruled);
        }
    } else {
        log(ChangeKind::updated, album_id, std::nullopt, changes_between(stored, merged));
    }
    write_over(album_id, merged, stored.secondary_types);
}

void CatalogueWriter::write_album(std::int64_t album_id, const Album& album) {
    write_over(album_id, album, load_secondary_types(m_connection, album_id));
}

void CatalogueWriter::write_over(std::int64_t album_id, const Album& album,
                                 const std::vector<std::string>& stored_types) {
    const auto credit = album_credit_id(album.artist_credit);
    m_connection.query(sql::k_update_album)
        .bind(album_id, album.title, credit, album.first_release_date, album.primary_type,
              album.disambiguation)
        .write();
    mark_outdated(m_connection, album_id);
    if (album.aliases || album.genres) write_album_details(m_connection, album_id, album);
    if (stored_types == album.secondary_types) return;
    m_connection.query(sql::k_delete_secondary_types).bind(album_id).write();
    write_secondary_types(album_id, album);
}

void CatalogueWriter::write_user_values(std::int64_t album_id, const Album& values) {
    save_user_values(m_connection, album_id, values, credit_id(values.artist_credit));
    mark_outdated(m_connection, album_id);
}

void CatalogueWriter::write_secondary_types(std::int64_t album_id, const Album& album) {
    int position = 0;
    for (const std::string& type : album.secondary_types) {
        m_connection.query(sql::k_insert_secondary_type).bind(album_id, position++, type).write();
    }
}

}  // namespace pressings::store::sql
