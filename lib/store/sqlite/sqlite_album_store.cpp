#include "store/sqlite/sqlite_album_store.hpp"

#include <limits>

#include <fmt/format.h>

#include "store/sqlite/album_rows.hpp"
#include "store/sqlite/album_sql.hpp"
#include "store/sqlite/guess.hpp"
#include "store/sqlite/job_sql.hpp"
#include "store/sqlite/text_list.hpp"

namespace pressings::store::sqlite {

namespace {

std::optional<std::int64_t> find_requested(Connection& connection, const AlbumRequest& request) {
    return request.album.mbid ? find_album(connection, *request.album.mbid)
                              : find_album(connection, told_alias(request));
}

std::int64_t insert_job(Connection& connection, Totals& totals, std::int64_t album_id,
                        const std::string& queue, int priority, Millis now_ms) {
    connection.query(sql::k_insert_job).bind(album_id, queue, priority, now_ms).run();
    totals.jobs(JobState::pending, queue, 1);
    return connection.last_insert_id();
}

struct LastJob {
    std::optional<std::int64_t> id;
    bool open = false;
    bool waits = false;
    std::string queue{};
    int priority = 0;
};

LastJob last_job(Connection& connection, std::int64_t album_id) {
    {
        Query open = connection.query(sql::k_open_job_of_album);
        if (open.bind(album_id).step()) {
            return {open.integer(0), true, open.text(1) == "pending", open.text(2),
                    static_cast<int>(open.integer(3))};
        }
    }
    Query last = connection.query(sql::k_last_job_of_album);
    if (last.bind(album_id).step()) return {last.integer(0), false};
    return {};
}

bool wants_job(const LastJob& last, const AddOptions& options) {
    return !last.open && (options.refresh || (options.queue_job && !last.id));
}

AddStatus status_of_known(const LastJob& last, const AddOptions& options, bool has_news) {
    if (options.refresh && !last.open) return AddStatus::refreshed;
    return has_news ? AddStatus::updated : AddStatus::exists;
}

/// What may be news of an album that is known. The name that it was found by is none.
Album news_source(const AlbumRequest& request) {
    Album told = request.album;
    if (told.mbid || request.release_mbid) return told;
    told.title.reset();
    told.artist_credit.clear();
    const bool is_year_alone = told.first_release_date && !told.first_release_date->month;
    if (request.year && is_year_alone) told.first_release_date.reset();
    return told;
}

/// What the request tells otherwise of where the album's waiting job stands.
std::vector<std::string> news_of_place(const LastJob& last, const AlbumRequest& request) {
    std::vector<std::string> news;
    if (!request.places_job || !last.waits) return news;
    if (last.queue != request.queue) news.emplace_back("queue");
    if (last.priority != request.priority) news.emplace_back("priority");
    return news;
}

/// Puts a waiting job where the request wants it.
void place_job(Connection& connection, Totals& totals, const LastJob& last,
               const AlbumRequest& request) {
    connection.query(sql::k_place_job).bind(last.id, request.queue, request.priority).run();
    totals.jobs(JobState::pending, last.queue, -1);
    totals.jobs(JobState::pending, request.queue, 1);
}

AddedAlbum add_known(Connection& connection, CatalogueWriter& writer, Totals& totals,
                     std::int64_t album_id, const AlbumRequest& request, const AddOptions& options,
                     Millis now_ms) {
    const LastJob last = last_job(connection, album_id);
    AddedAlbum added;
    added.updated = news_of_place(last, request);
    if (!added.updated.empty()) place_job(connection, totals, last, request);
    if (writer.authority() == Authority::user) {
        const Told told = compare_told(connection, album_id, news_source(request));
        write_told(connection, writer, album_id, told);
        added.updated.insert(added.updated.begin(), told.news.begin(), told.news.end());
    }
    added.status = status_of_known(last, options, !added.updated.empty());
    added.album_id = album_id;
    added.job_id = wants_job(last, options) ? insert_job(connection, totals, album_id,
                                                         request.queue, request.priority, now_ms)
                                            : last.id;
    describe(connection, added);
    return added;
}

}  // namespace

void describe(Connection& connection, AddedAlbum& added) {
    Query row = connection.query(sql::k_title_of_album);
    if (!row.bind(*added.album_id).step()) return;
    added.mbid = row.maybe_mbid(0);
    added.title = row.maybe_text(1);
}

AddedAlbum add_album(Connection& connection, CatalogueWriter& writer, Totals& totals,
                     const AlbumRequest& request, const AddOptions& options, Millis now_ms) {
    if (const auto known = find_requested(connection, request)) {
        return add_known(connection, writer, totals, *known, request, options, now_ms);
    }
    AddedAlbum added;
    added.album_id = writer.insert_album(request.album);
    added.mbid = request.album.mbid;
    added.title = request.album.title;
    totals.albums(1);
    if (!request.album.mbid) insert_alias(connection, told_alias(request), *added.album_id);
    if (options.queue_job) {
        added.job_id = insert_job(connection, totals, *added.album_id, request.queue,
                                  request.priority, now_ms);
    }
    return added;
}

std::vector<AddedAlbum> SqliteAlbumStore::add_albums(std::span<const AlbumRequest> requests,
                                                     const AddOptions& options) {
    return guarded(m_connection, [&] {
        const Millis now = m_clock.now_ms();
        std::vector<AddedAlbum> results;
        results.reserve(requests.size());
        WriteTransaction transaction{m_connection};
        CatalogueWriter writer{m_connection, Authority::user, now};
        Totals totals{now};
        for (const AlbumRequest& request : requests) {
            results.push_back(add_album(m_connection, writer, totals, request, options, now));
        }
        totals.write(m_connection);
        transaction.commit();
        return results;
    });
}

AddedAlbum SqliteAlbumStore::preview(const AlbumRequest& request, const AddOptions& options) {
    AddedAlbum added;
    added.mbid = request.album.mbid;
    added.title = request.album.title;
    if (const auto known = find_requested(m_connection, request)) {
        const LastJob last = last_job(m_connection, *known);
        added.updated = compare_told(m_connection, *known, news_source(request)).news;
        const auto placed = news_of_place(last, request);
        added.updated.insert(added.updated.end(), placed.begin(), placed.end());
        added.status = status_of_known(last, options, !added.updated.empty());
        added.album_id = known;
        added.job_id = last.id;
        describe(m_connection, added);
        return added;
    }
    const Alias alias =
        request.album.mbid ? release_group_alias(*request.album.mbid) : told_alias(request);
    const std::string identity = alias.kind + alias.value;
    const std::span bytes{reinterpret_cast<const std::uint8_t*>(identity.data()), identity.size()};
    const bool first = m_connection.query(sql::k_see).bind(bytes).run() == 1;
    added.status = first ? AddStatus::created : AddStatus::exists;
    return added;
}

std::vector<AddedAlbum> SqliteAlbumStore::preview_albums(std::span<const AlbumRequest> requests,
                                                         const AddOptions& options) {
    return guarded(m_connection, [&] {
        std::vector<AddedAlbum> results;
        results.reserve(requests.size());
        m_connection.query(sql::k_make_seen).run();
        for (const AlbumRequest& request : requests)
            results.push_back(preview(request, options));
        return results;
    });
}

std::vector<AddedAlbum> SqliteAlbumStore::refresh_albums(const RefreshFilter& filter,
                                                         std::int64_t after_id, int limit,
                                                         bool dry_run) {
    return guarded(m_connection, [&] {
        const Millis now = m_clock.now_ms();
        std::vector<AddedAlbum> results;
        WriteTransaction transaction{m_connection};
        {
            Query row = m_connection.query(sql::k_albums_to_refresh);
            row.bind(after_id,
                     filter.imported_before_ms.value_or(std::numeric_limits<Millis>::max()), limit);
            while (row.step()) {
                results.push_back({AddStatus::refreshed,
                                   row.integer(0),
                                   std::nullopt,
                                   row.maybe_mbid(1),
                                   row.maybe_text(2),
                                   std::nullopt,
                                   {}});
            }
        }
        if (dry_run) return results;
        Totals totals{now};
        for (AddedAlbum& album : results) {
            album.job_id = insert_job(m_connection, totals, *album.album_id, filter.queue,
                                      filter.priority, now);
        }
        totals.write(m_connection);
        transaction.commit();
        return results;
    });
}

AddedAlbum SqliteAlbumStore::add_discography(const Mbid& artist,
                                             const std::vector<std::string>& types,
                                             const std::string& queue, int priority, bool dry_run) {
    return guarded(m_connection, [&] {
        const Millis now = m_clock.now_ms();
        AddedAlbum added;
        added.mbid = artist;
        WriteTransaction transaction{m_connection};
        {
            Query open = m_connection.query(sql::k_open_job_of_artist);
            if (open.bind(artist).step()) {
                added.status = AddStatus::exists;
                added.job_id = open.integer(0);
                return added;
            }
        }
        const auto wanted = join_list(types, ',');
        m_connection.query(sql::k_insert_discography_job)
            .bind(artist, wanted, queue, priority, now)
            .run();
        added.job_id = m_connection.last_insert_id();
        Totals totals{now};
        totals.jobs(JobState::pending, queue, 1);
        totals.write(m_connection);
        if (dry_run) {
            added.job_id.reset();
            return added;
        }
        transaction.commit();
        return added;
    });
}

}  // namespace pressings::store::sqlite
