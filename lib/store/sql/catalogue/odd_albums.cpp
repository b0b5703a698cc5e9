// The part of SqlAlbumStore that asks again for what an older reader could not read.
#include "store/sql/catalogue/oddity_sql.hpp"
#include "store/sql/catalogue/sql_album_store.hpp"
#include "store/sql/outbox/job_rows.hpp"

namespace pressings::store::sql {

namespace {

struct OddAlbum {
    std::int64_t id = 0;
    std::string queue;
    int priority = 0;
};

std::vector<OddAlbum> find_old(Connection& connection, int reader, int limit) {
    std::vector<OddAlbum> albums;
    Query row = connection.query(sql::k_old_oddities);
    row.bind(reader, limit);
    while (row.step())
        albums.push_back({row.integer(0), row.text(1), static_cast<int>(row.integer(2))});
    return albums;
}

}  // namespace

int SqlAlbumStore::refresh_odd_albums(int reader, int limit) {
    return guarded_verb(m_connection, [&] {
        // Looked at first without the lock: nearly always there are none.
        if (find_old(m_connection, reader, 1).empty()) return 0;
        UnitOfWork work{m_connection, m_clock.now_ms()};
        const auto albums = find_old(m_connection, reader, limit);
        for (const OddAlbum& album : albums)
            insert_import(work, album.id, album.queue, album.priority);
        work.commit();
        return static_cast<int>(albums.size());
    });
}

}  // namespace pressings::store::sql
