// The limit of album-import on PostgreSQL: the same rows in the same batches by plain libpq, a
// statement a table and batch, without reading or parsing anything and without looking whether an
// album is there. Several count in rows of their own.
//   limit_postgresql_import URI RELEASES_FOLDER FIRST COUNT
#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>
#include <unistd.h>

#include "base/text.hpp"
#include "bench/albums.hpp"
#include "bench/postgresql/plain_postgresql.hpp"

using namespace pressings::bench;

namespace {

constexpr std::size_t k_batch = 1'000;
constexpr std::int64_t k_now = 1'780'000'000'000;

std::string identity(std::int64_t artist, const BenchAlbum& album) {
    return fmt::format("{:010x}{}:{}0:", artist, album.artist.size(), album.artist);
}

/// What is new in a batch, column by column.
struct Rows {
    Array artist_ids = Array::integers(), artist_mbids = Array::blobs();
    Array credit_ids = Array::integers(), identities = Array::blobs();
    Array names = Array::texts(), folded = Array::texts();
    Array mbids = Array::blobs(), titles = Array::texts(), dates = Array::texts();
    Array types = Array::texts(), album_credits = Array::integers();
};

class Limit {
  public:
    explicit Limit(const char* uri) : m_session(uri) {
        m_session.run("INSERT INTO totals (what, queue, value) VALUES ('albums', '" + m_counts +
                      "', 0), ('pending', '" + m_counts + "', 0)");
    }

    void batch(const std::vector<BenchAlbum>& albums, std::size_t first) {
        const auto is_new = [&](std::size_t i) {
            return i == 0 || (first + i) % Albums::k_albums_an_artist == 0;
        };
        std::int64_t artists = 0;
        for (std::size_t i = 0; i < albums.size(); ++i)
            artists += is_new(i) ? 1 : 0;
        m_session.send(k_ids, Values{}.integer(artists));
        const Answer ids = m_session.finish();
        Rows rows;
        std::int64_t credit = 0;
        int row = 0;
        for (std::size_t i = 0; i < albums.size(); ++i) {
            if (is_new(i)) {
                credit = integer_at(ids.get(), row, 1);
                add_artist(rows, albums[i], integer_at(ids.get(), row, 0), credit);
                ++row;
            }
            add_album(rows, albums[i], credit);
        }
        write(rows);
    }

  private:
    static void add_artist(Rows& rows, const BenchAlbum& album, std::int64_t artist,
                           std::int64_t credit) {
        rows.artist_ids.integer(artist);
        rows.artist_mbids.bytes(mbid_bytes(album.artist_mbid));
        rows.credit_ids.integer(credit);
        rows.identities.bytes(identity(artist, album));
        rows.names.bytes(album.artist);
        rows.folded.bytes(pressings::fold(album.artist));
    }

    static void add_album(Rows& rows, const BenchAlbum& album, std::int64_t credit) {
        rows.mbids.bytes(mbid_bytes(album.mbid));
        rows.titles.bytes(album.title);
        rows.dates.bytes(album.date);
        rows.types.bytes(album.type);
        rows.album_credits.integer(credit);
    }

    void write(const Rows& rows) {
        m_session.send(k_artists,
                       Values{}.array(rows.artist_ids).array(rows.artist_mbids).array(rows.names));
        m_session.send(k_credits,
                       Values{}.array(rows.credit_ids).array(rows.identities).array(rows.names));
        m_session.send(k_names,
                       Values{}.array(rows.credit_ids).array(rows.artist_ids).array(rows.names));
        m_session.send(k_album_credits, Values{}.array(rows.credit_ids).array(rows.folded));
        m_session.send(k_albums, Values{}
                                     .array(rows.mbids)
                                     .array(rows.titles)
                                     .array(rows.album_credits)
                                     .array(rows.dates)
                                     .array(rows.types)
                                     .integer(k_now));
        m_session.send(
            k_totals,
            Values{}.integer(static_cast<std::int64_t>(rows.mbids.size())).text(m_counts));
        m_session.finish();
    }

    static constexpr const char* k_ids =
        "SELECT nextval('artists_id_seq'), nextval('artist_credits_id_seq') "
        "FROM generate_series(1, $1)";
    static constexpr const char* k_artists =
        "INSERT INTO artists (id, mbid, name) "
        "SELECT * FROM unnest($1::bigint[], $2::bytea[], $3::text[])";
    static constexpr const char* k_credits =
        "INSERT INTO artist_credits (id, identity, text) "
        "SELECT * FROM unnest($1::bigint[], $2::bytea[], $3::text[])";
    static constexpr const char* k_names =
        "INSERT INTO artist_credit_names (artist_credit_id, position, artist_id, name, "
        "join_phrase) "
        "SELECT credit, 0, artist, name, '' "
        "FROM unnest($1::bigint[], $2::bigint[], $3::text[]) t (credit, artist, name)";
    static constexpr const char* k_album_credits =
        "INSERT INTO album_credits (artist_credit_id, folded) "
        "SELECT * FROM unnest($1::bigint[], $2::text[])";
    static constexpr const char* k_albums =
        "WITH added AS (INSERT INTO albums (mbid, title, artist_credit_id, first_release_date, "
        " primary_type, created_at) SELECT t.*, $6::bigint "
        " FROM unnest($1::bytea[], $2::text[], $3::bigint[], $4::text[], $5::text[]) t "
        " RETURNING id) "
        "INSERT INTO jobs (kind, album_id, queue, priority, state, run_at, created_at) "
        "SELECT 'releases', id, 'default', 0, 'pending', $6, $6 FROM added";
    static constexpr const char* k_totals =
        "UPDATE totals SET value = value + $1 WHERE queue = $2 AND what IN ('albums', 'pending')";

    PlainSession m_session;
    std::string m_counts = "limit-" + std::to_string(::getpid());
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 5) return 2;
    const Albums albums{argv[2]};
    const std::size_t begin = std::strtoul(argv[3], nullptr, 10);
    const std::size_t end = begin + std::strtoul(argv[4], nullptr, 10);
    Limit limit{argv[1]};
    std::vector<BenchAlbum> batch;
    for (std::size_t first = begin; first < end; first += k_batch) {
        batch.clear();
        for (std::size_t n = first; n < std::min(end, first + k_batch); ++n)
            batch.push_back(albums[n]);
        limit.batch(batch, first);
    }
}
