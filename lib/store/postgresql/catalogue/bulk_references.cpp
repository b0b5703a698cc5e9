#include "store/postgresql/catalogue/bulk_references.hpp"

#include <tuple>
#include <unordered_set>

#include "base/text.hpp"
#include "store/postgresql/engine/array_text.hpp"
#include "store/sql/catalogue/catalogue_writer.hpp"

namespace pressings::store::postgresql {

namespace {

// In each: what is new is numbered in the order in which it was told, and inserted in that of its
// key, so that two who do the same wait for each other, and never both.
constexpr std::string_view k_make_artists =
    "WITH told AS (SELECT * FROM unnest($1::bytea[], $2::text[], $3::text[], $4::text[],"
    "  $5::text[], $6::text[]) WITH ORDINALITY"
    "  AS t (mbid, name, sort_name, disambiguation, type, country, nth)), "
    "numbered AS MATERIALIZED (SELECT nextval('artists_id_seq') AS id, t.* FROM ("
    " SELECT * FROM told WHERE (SELECT a.id FROM artists a WHERE a.mbid = told.mbid) IS NULL"
    " ORDER BY nth) t) "
    "INSERT INTO artists (id, mbid, name, sort_name, disambiguation, type, country) "
    "SELECT id, mbid, name, sort_name, disambiguation, type, country FROM numbered "
    "ORDER BY mbid ON CONFLICT (mbid) DO NOTHING";
// One that is as it was told; a fact that was not told is no difference.
constexpr std::string_view k_find_artists =
    "SELECT a.id, a.mbid, (a.name = t.name AND coalesce(t.sort_name = a.sort_name,"
    "  t.sort_name IS NULL) AND coalesce(t.disambiguation = a.disambiguation,"
    "  t.disambiguation IS NULL) AND coalesce(t.type = a.type, t.type IS NULL)"
    "  AND coalesce(t.country = a.country, t.country IS NULL))::int "
    "FROM unnest($1::bytea[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])"
    " AS t (mbid, name, sort_name, disambiguation, type, country) "
    "JOIN artists a ON a.mbid = t.mbid";
constexpr std::string_view k_make_labels =
    "WITH told AS (SELECT * FROM unnest($1::bytea[], $2::text[], $3::text[], $4::text[],"
    "  $5::text[], $6::bigint[], $7::text[]) WITH ORDINALITY"
    "  AS t (mbid, name, sort_name, disambiguation, type, label_code, folded, nth)), "
    "numbered AS MATERIALIZED (SELECT nextval('labels_id_seq') AS id, t.* FROM ("
    " SELECT * FROM told WHERE (SELECT l.id FROM labels l WHERE l.mbid = told.mbid) IS NULL"
    " ORDER BY nth) t) "
    "INSERT INTO labels (id, mbid, name, sort_name, disambiguation, type, label_code, folded) "
    "SELECT id, mbid, name, sort_name, disambiguation, type, label_code, folded FROM numbered "
    "ORDER BY mbid ON CONFLICT (mbid) DO NOTHING";
constexpr std::string_view k_find_labels =
    "SELECT l.id, l.mbid, (l.name = t.name AND coalesce(t.sort_name = l.sort_name,"
    "  t.sort_name IS NULL) AND coalesce(t.disambiguation = l.disambiguation,"
    "  t.disambiguation IS NULL) AND coalesce(t.type = l.type, t.type IS NULL)"
    "  AND coalesce(t.label_code = l.label_code, t.label_code IS NULL))::int "
    "FROM unnest($1::bytea[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])"
    " AS t (mbid, name, sort_name, disambiguation, type, label_code) "
    "JOIN labels l ON l.mbid = t.mbid";
constexpr std::string_view k_make_credits =
    "WITH told AS (SELECT * FROM unnest($1::bytea[], $2::text[]) WITH ORDINALITY"
    "  AS t (identity, text, nth)), "
    "numbered AS MATERIALIZED (SELECT nextval('artist_credits_id_seq') AS id, t.* FROM ("
    " SELECT * FROM told WHERE (SELECT c.id FROM artist_credits c"
    "  WHERE sha256(c.identity) = sha256(told.identity)) IS NULL ORDER BY nth) t) "
    "INSERT INTO artist_credits (id, identity, text) SELECT id, identity, text FROM numbered "
    "ORDER BY sha256(identity) ON CONFLICT (sha256(identity)) DO NOTHING RETURNING id, identity";
constexpr std::string_view k_make_credit_names =
    "INSERT INTO artist_credit_names (artist_credit_id, position, artist_id, name, join_phrase) "
    "SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[])";
constexpr std::string_view k_find_credits =
    "SELECT c.id, c.identity FROM unnest($1::bytea[]) AS t (identity) "
    "JOIN artist_credits c ON sha256(c.identity) = sha256(t.identity)";
constexpr std::string_view k_new_releases =
    "SELECT t.mbid, nextval('releases_id_seq') FROM (SELECT * FROM unnest($1::bytea[])"
    " WITH ORDINALITY AS t (mbid, nth) WHERE"
    " (SELECT r.id FROM releases r WHERE r.mbid = t.mbid) IS NULL ORDER BY nth) t";

template <typename Key>
using Ids = std::unordered_map<Key, std::int64_t>;

auto facts_of(const Artist& artist) {
    return std::tie(artist.name, artist.sort_name, artist.disambiguation, artist.type,
                    artist.country);
}

auto facts_of(const Label& label) {
    return std::tie(label.name, label.sort_name, label.disambiguation, label.type,
                    label.label_code);
}

/// What the imports tell of, each once, in the order in which it is told.
struct Told {
    std::vector<const Artist*> artists;
    std::vector<const Label*> labels;
    std::vector<const ArtistCredit*> credits;
    std::unordered_map<Mbid, const Artist*> artists_by_mbid;
    std::unordered_map<Mbid, const Label*> labels_by_mbid;
    std::unordered_set<Mbid> contradicted;  ///< told of in two ways

    template <typename Entity>
    void add(const Mbid& mbid, const Entity& told, std::unordered_map<Mbid, const Entity*>& by_mbid,
             std::vector<const Entity*>& in_order) {
        const auto [entry, is_new] = by_mbid.emplace(mbid, &told);
        if (is_new) {
            in_order.push_back(&told);
        } else if (facts_of(*entry->second) != facts_of(told)) {
            contradicted.insert(mbid);
        }
    }

    void add(const ArtistCredit& credit) {
        if (credit.empty() || (!credits.empty() && *credits.back() == credit)) return;
        credits.push_back(&credit);
        for (const CreditedArtist& credited : credit) {
            const Artist& artist = credited.artist;
            if (artist.mbid) add(*artist.mbid, artist, artists_by_mbid, artists);
        }
    }

    void add(const Release& release) {
        add(release.artist_credit);
        for (const LabelInfo& info : release.label_info) {
            if (info.label) add(info.label->mbid, *info.label, labels_by_mbid, labels);
        }
        for (const Medium& medium : release.media) {
            if (!medium.tracks) continue;
            for (const Track& track : *medium.tracks) {
                add(track.artist_credit);
                if (track.recording) add(track.recording->artist_credit);
            }
        }
    }

    explicit Told(std::span<const Album* const> albums) {
        for (const Album* album : albums)
            add(album->artist_credit);
    }

    explicit Told(std::span<const Import> imports) {
        for (const Import& import : imports) {
            if (import.release_group) add(import.release_group->artist_credit);
            for (const Release& release : import.releases)
                add(release);
        }
    }
};

/// The ids of all. Those that are not as they were told are left to be seen to one by one.
Ids<Mbid> read_ids(sql::Query& row, const Told& told, Ids<Mbid>& as_told) {
    Ids<Mbid> all;
    while (row.step()) {
        const Mbid mbid = row.mbid(1);
        all.emplace(mbid, row.integer(0));
        if (row.integer(2) != 0 && !told.contradicted.contains(mbid))
            as_told.emplace(mbid, row.integer(0));
    }
    return all;
}

/// The ids of all artists, and in `known` those that are as they were told.
Ids<Mbid> make_artists(Connection& connection, const Told& told, sql::KnownRows& known) {
    if (told.artists.empty()) return {};
    ArrayText mbids, names, sort_names, disambiguations, types, countries;
    for (const Artist* artist : told.artists) {
        mbids.add_bytes(artist->mbid->bytes());
        names.add_text(std::string_view{artist->name});
        sort_names.add_text(artist->sort_name);
        disambiguations.add_text(artist->disambiguation);
        types.add_text(artist->type);
        countries.add_text(artist->country);
    }
    const auto bind = [&](sql::Query& query) -> sql::Query& {
        return query.bind(mbids.text(), names.text(), sort_names.text(), disambiguations.text(),
                          types.text(), countries.text());
    };
    sql::Query make = connection.query(k_make_artists);
    bind(make).write();
    sql::Query row = connection.query(k_find_artists);
    return read_ids(bind(row), told, known.artists);
}

void make_labels(Connection& connection, const Told& told, sql::KnownRows& known) {
    if (told.labels.empty()) return;
    ArrayText mbids, names, sort_names, disambiguations, types, codes, folded;
    for (const Label* label : told.labels) {
        mbids.add_bytes(label->mbid.bytes());
        names.add_text(std::string_view{label->name});
        sort_names.add_text(label->sort_name);
        disambiguations.add_text(label->disambiguation);
        types.add_text(label->type);
        label->label_code ? codes.add_integer(*label->label_code) : codes.add_null();
        folded.add_text(std::string_view{fold(label->name)});
    }
    connection.query(k_make_labels)
        .bind(mbids.text(), names.text(), sort_names.text(), disambiguations.text(), types.text(),
              codes.text(), folded.text())
        .write();
    sql::Query row = connection.query(k_find_labels);
    row.bind(mbids.text(), names.text(), sort_names.text(), disambiguations.text(), types.text(),
             codes.text());
    read_ids(row, told, known.labels);
}

std::string bytes_of(const sql::Query& row, int column) {
    const auto bytes = row.bytes(column);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// The names in credits that were just made.
class CreditNames {
  public:
    explicit CreditNames(const Ids<Mbid>& artists) : m_artists(artists) {}

    void add(std::int64_t credit_id, const ArtistCredit& credit) {
        int position = 0;
        for (const CreditedArtist& credited : credit) {
            m_credits.add_integer(credit_id);
            m_positions.add_integer(position++);
            credited.artist.mbid ? m_artist_ids.add_integer(m_artists.at(*credited.artist.mbid))
                                 : m_artist_ids.add_null();
            m_names.add_text(std::string_view{credited.name});
            m_join_phrases.add_text(std::string_view{credited.join_phrase});
        }
    }

    void write(Connection& connection) const {
        if (m_credits.size() == 0) return;
        connection.query(k_make_credit_names)
            .bind(m_credits.text(), m_positions.text(), m_artist_ids.text(), m_names.text(),
                  m_join_phrases.text())
            .write();
    }

  private:
    const Ids<Mbid>& m_artists;
    ArrayText m_credits, m_positions, m_artist_ids, m_names, m_join_phrases;
};

void make_credits(Connection& connection, const Told& told, const Ids<Mbid>& artists,
                  sql::KnownRows& known) {
    std::unordered_map<std::string, const ArtistCredit*> credits;
    ArrayText identities, texts;
    for (const ArtistCredit* credit : told.credits) {
        const auto& first = credit->front().artist.mbid;
        const std::string identity = sql::credit_identity(*credit, first ? artists.at(*first) : 0);
        if (!credits.emplace(identity, credit).second) continue;
        identities.add_bytes(identity);
        texts.add_text(std::string_view{credit_text(*credit)});
    }
    if (credits.empty()) return;
    {
        CreditNames names{artists};
        sql::Query made = connection.query(k_make_credits);
        made.bind(identities.text(), texts.text());
        while (made.step())
            names.add(made.integer(0), *credits.at(bytes_of(made, 1)));
        names.write(connection);
    }
    sql::Query row = connection.query(k_find_credits);
    row.bind(identities.text());
    while (row.step())
        known.credits.emplace(bytes_of(row, 1), row.integer(0));
}

/// The ids of all artists.
Ids<Mbid> make_told(Connection& connection, const Told& told, sql::KnownRows& known) {
    if (told.credits.empty() && told.labels.empty()) return {};
    sql::WriteTransaction transaction{connection, sql::Writers::together};
    // Who refers to these waits for a commit of its own, which comes after this one on the disk.
    connection.execute("SET LOCAL synchronous_commit = off");
    Ids<Mbid> artists = make_artists(connection, told, known);
    make_labels(connection, told, known);
    make_credits(connection, told, artists, known);
    transaction.commit();
    return artists;
}

}  // namespace

void BulkReferences::make(std::span<const Import> imports, sql::KnownRows& known) {
    make_told(m_connection, Told{imports}, known);
}

void BulkReferences::make(std::span<const Album* const> albums, sql::KnownRows& known) {
    known.artists = make_told(m_connection, Told{albums}, known);
}

void BulkReferences::look(sql::UnitOfWork& work, std::span<const Import> imports,
                          sql::KnownRows& known) {
    known.new_releases.clear();
    known.release_ids.clear();
    ArrayText releases;
    std::unordered_set<Mbid> seen;
    for (const Import& import : imports) {
        for (const Release& release : import.releases) {
            if (seen.insert(release.mbid).second) releases.add_bytes(release.mbid.bytes());
        }
    }
    if (seen.empty()) return;
    sql::Query row = work.query(k_new_releases);
    row.bind(releases.text());
    while (row.step()) {
        known.new_releases.insert(row.mbid(0));
        known.release_ids.push_back(row.integer(1));
    }
}

}  // namespace pressings::store::postgresql
