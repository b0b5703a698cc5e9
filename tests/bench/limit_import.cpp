// The limit of album-import: the same rows in the same batches by SQLite's plain C API, without
// reading or parsing anything and without looking whether an album is there.
//   limit_import DATABASE RELEASES_FOLDER COUNT
#include <fmt/format.h>

#include "bench/albums.hpp"
#include "bench/plain_sqlite.hpp"

using namespace pressings::bench;

namespace {

constexpr std::size_t k_batch = 1'000;
constexpr std::int64_t k_now = 1'780'000'000'000;

std::string identity(std::int64_t artist, const BenchAlbum& album) {
    return fmt::format("{:010x}{}:{}0:", artist, album.artist.size(), album.artist);
}

class Limit {
  public:
    explicit Limit(sqlite3* database) : m_database(database) {}

    void batch(const std::vector<BenchAlbum>& albums, std::size_t first) {
        execute(m_database, "BEGIN IMMEDIATE");
        for (std::size_t i = 0; i < albums.size(); ++i)
            album(albums[i], (first + i) % Albums::k_albums_an_artist == 0);
        m_totals.text(1, "albums").text(2, "").integer(3, static_cast<int>(albums.size())).run();
        m_totals.text(1, "pending")
            .text(2, "default")
            .integer(3, static_cast<int>(albums.size()))
            .run();
        execute(m_database, "COMMIT");
    }

  private:
    void album(const BenchAlbum& album, bool is_new_artist) {
        if (is_new_artist) {
            m_artist.blob(1, mbid_bytes(album.artist_mbid)).text(2, album.artist).run();
            const std::int64_t artist = sqlite3_last_insert_rowid(m_database);
            m_credit.blob(1, identity(artist, album)).text(2, album.artist).run();
            m_credit_id = sqlite3_last_insert_rowid(m_database);
            m_name.integer(1, m_credit_id).integer(2, artist).text(3, album.artist).run();
        }
        m_album.blob(1, mbid_bytes(album.mbid))
            .text(2, album.title)
            .integer(3, m_credit_id)
            .text(4, album.date)
            .text(5, album.type)
            .integer(6, k_now)
            .run();
        m_job.integer(1, sqlite3_last_insert_rowid(m_database)).integer(2, k_now).run();
    }

    sqlite3* m_database;
    std::int64_t m_credit_id = 0;
    Statement m_artist{m_database, "INSERT INTO artists (mbid, name) VALUES (?, ?)"};
    Statement m_credit{m_database, "INSERT INTO artist_credits (identity, text) VALUES (?, ?)"};
    Statement m_name{m_database, "INSERT INTO artist_credit_names VALUES (?1, 0, ?2, ?3, '')"};
    Statement m_album{m_database,
                      "INSERT INTO albums (mbid, title, artist_credit_id, first_release_date, "
                      "primary_type, created_at) VALUES (?, ?, ?, ?, ?, ?)"};
    Statement m_job{m_database,
                    "INSERT INTO jobs (kind, album_id, queue, priority, state, run_at, created_at) "
                    "VALUES ('releases', ?1, 'default', 0, 'pending', ?2, ?2)"};
    Statement m_totals{m_database,
                       "INSERT INTO totals VALUES (?, ?, ?) "
                       "ON CONFLICT DO UPDATE SET value = value + excluded.value"};
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    const Albums albums{argv[2]};
    const std::size_t count = std::stoul(argv[3]);
    sqlite3* database = open_plain(argv[1]);
    {
        Limit limit{database};
        std::vector<BenchAlbum> batch;
        for (std::size_t first = 0; first < count; first += k_batch) {
            batch.clear();
            for (std::size_t n = first; n < std::min(count, first + k_batch); ++n)
                batch.push_back(albums[n]);
            limit.batch(batch, first);
        }
    }
    sqlite3_close(database);
}
