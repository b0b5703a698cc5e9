#include "store/sql/catalogue/sql_album_store.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "store/sql/catalogue/album_rows.hpp"
#include "store/sql/catalogue/album_sql.hpp"
#include "store/sql/catalogue/identifier_rows.hpp"
#include "store/sql/catalogue/user_value_rows.hpp"
#include "store/sql/outbox/job_rows.hpp"
#include "store/sql/outbox/job_sql.hpp"

namespace pressings::store::sql {

namespace {

std::optional<std::int64_t> find_requested(Connection& connection, const AlbumRequest& request) {
    return request.album.mbid ? find_album(connection, *request.album.mbid)
                              : find_album(connection, key_of(request));
}

KnownJob load_known_job(Connection& connection, std::int64_t album_id) {
    {
        Query open = connection.query(sql::k_open_job_of_album);
        if (open.bind(album_id, to_string(JobKind::releases)).step()) {
            return {open.integer(0), true, open.text(1) == "pending", open.text(2),
                    static_cast<int>(open.integer(3))};
        }
    }
    Query last = connection.query(sql::k_last_job_of_album);
    if (last.bind(album_id).step()) return {last.integer(0)};
    return {};
}

/// Identifiers that the request has and the album lacks, while it still needs them.
std::vector<Identifier> new_identifiers(Connection& connection, std::int64_t album_id,
                                        const AlbumRequest& request) {
    std::vector<Identifier> fresh;
    if (request.identifiers.empty() || mbid_of(connection, album_id)) return fresh;
    const auto known = load_identifiers(connection, album_id);
    for (const Identifier& identifier : request.identifiers) {
        const bool is_known = std::any_of(known.begin(), known.end(), [&](const Identifier& one) {
            return one.kind == identifier.kind && comparable(one) == comparable(identifier);
        });
        if (!is_known) fresh.push_back(identifier);
    }
    return fresh;
}

void name_kinds(std::vector<std::string>& fields, const std::vector<Identifier>& identifiers) {
    for (const Identifier& identifier : identifiers) {
        const std::string kind{to_string(identifier.kind)};
        if (std::find(fields.begin(), fields.end(), kind) == fields.end()) fields.push_back(kind);
    }
}

UserUpdate user_update(Connection& connection, std::int64_t album_id, const Album& given) {
    if (!gives_user_values(given)) return {};
    return apply_user_values(load_known_album(connection, album_id), given);
}

void write(CatalogueWriter& writer, std::int64_t album_id, const UserUpdate& update) {
    if (update.differing.empty()) return;
    if (update.known.imported) {
        writer.write_user_values(album_id, update.known.user_values);
    } else {
        writer.write_album(album_id, update.known.album);
    }
}

/// Puts a waiting job where the request wants it.
void move_job(UnitOfWork& work, const KnownJob& job, const AlbumRequest& request) {
    work.query(sql::k_move_job).bind(job.id, request.queue, request.priority).run();
    work.totals().jobs(JobState::pending, job.queue, -1);
    work.totals().jobs(JobState::pending, request.queue, 1);
}

AddedAlbum describe(Connection& connection, std::int64_t album_id, const KnownJob& job,
                    const Resubmission& plan) {
    AddedAlbum added;
    added.status = plan.status;
    added.album_id = album_id;
    added.job_id = job.id;
    added.updated = plan.differing;
    describe(connection, added);
    return added;
}

/// Notes that the album's new editions are to be looked for.
void watch(Watching& watching, const Mbid& group, const AlbumRequest& request) {
    watching.groups.insert(group);
    watching.albums.push_back({group, request.queue, request.priority});
    watching.places.push_back(watching.place);
}

bool may_be_watched(Connection& connection, std::int64_t album_id, const Watching* watching) {
    if (watching == nullptr) return false;
    const auto mbid = mbid_of(connection, album_id);
    return mbid && !watching->already.contains(*mbid) && !watching->groups.contains(*mbid);
}

AddedAlbum add_known(UnitOfWork& work, CatalogueWriter& writer, std::int64_t album_id,
                     const AlbumRequest& request, const AddOptions& options, Watching* watching) {
    Connection& connection = work.connection();
    KnownJob job = load_known_job(connection, album_id);
    job.may_be_watched = may_be_watched(connection, album_id, watching);
    UserUpdate update;
    if (writer.authority() == Authority::user) {
        update = user_update(connection, album_id, given_beside_name(request));
    }
    const auto fresh = new_identifiers(connection, album_id, request);
    // A worker may be writing the album, or taking its job, at this moment.
    if (!update.differing.empty() || !fresh.empty()) connection.require_alone();
    write(writer, album_id, update);
    insert_identifiers(connection, fresh, album_id);
    name_kinds(update.differing, fresh);
    const Resubmission plan = plan_resubmission(request, options, job, update.differing);
    if (plan.moves_job || plan.queues_job) connection.require_alone();
    if (plan.moves_job) move_job(work, job, request);
    AddedAlbum added = describe(connection, album_id, job, plan);
    if (plan.queues_job) {
        added.job_id = insert_import(work, album_id, request.queue, request.priority);
    }
    if (plan.watches) watch(*watching, *added.mbid, request);
    return added;
}

}  // namespace

void describe(Connection& connection, AddedAlbum& added) {
    Query row = connection.query(sql::k_title_of_album);
    if (!row.bind(*added.album_id).step()) return;
    added.mbid = row.maybe_mbid(0);
    added.title = row.maybe_text(1);
}

AddedAlbum add_album(UnitOfWork& work, CatalogueWriter& writer, const AlbumRequest& request,
                     const AddOptions& options, Watching* watching) {
    if (const auto known = find_requested(work.connection(), request)) {
        return add_known(work, writer, *known, request, options, watching);
    }
    // Others may be putting in the same ones in another order.
    work.connection().require_alone();
    AddedAlbum added;
    added.album_id = writer.insert_album(request.album);
    added.mbid = request.album.mbid;
    added.title = request.album.title;
    work.totals().albums(1);
    if (!request.album.mbid) {
        insert_key(work.connection(), key_of(request), *added.album_id);
        insert_identifiers(work.connection(), request.identifiers, *added.album_id);
    }
    if (options.queue_job) {
        added.job_id = insert_import(work, *added.album_id, request.queue, request.priority);
    }
    return added;
}

std::vector<AddedAlbum> SqlAlbumStore::add_albums(std::span<const AlbumRequest> requests,
                                                  const AddOptions& options) {
    return guarded_verb(m_connection, [&](Writers writers) {
        std::vector<AddedAlbum> results;
        results.reserve(requests.size());
        // What is watched already is known from the jobs that were put in before.
        if (options.new_editions) writers = Writers::alone;
        const bool at_once = m_new_albums != nullptr && m_new_albums->prepare(requests);
        UnitOfWork work{m_connection, m_clock.now_ms(), writers};
        CatalogueWriter writer{work, Authority::user};
        if (options.new_editions) m_watched.update(m_connection);
        Watching watching{m_watched};
        auto made = at_once ? m_new_albums->add(work, requests, options) : MadeAlbums{};
        made.resize(requests.size());
        for (const AlbumRequest& request : requests) {
            watching.place = results.size();
            auto& album = made[watching.place];
            results.push_back(album ? std::move(*album)
                                    : add_album(work, writer, request, options,
                                                options.new_editions ? &watching : nullptr));
        }
        const auto jobs = insert_new_editions(work, watching.albums);
        for (std::size_t i = 0; i < jobs.size(); ++i)
            results[watching.places[i]].job_id = jobs[i];
        work.commit();
        return results;
    });
}

AddedAlbum SqlAlbumStore::preview(const AlbumRequest& request, const AddOptions& options,
                                  Watching* watching) {
    if (const auto known = find_requested(m_connection, request)) {
        KnownJob job = load_known_job(m_connection, *known);
        job.may_be_watched = may_be_watched(m_connection, *known, watching);
        UserUpdate update = user_update(m_connection, *known, given_beside_name(request));
        name_kinds(update.differing, new_identifiers(m_connection, *known, request));
        const Resubmission plan = plan_resubmission(request, options, job, update.differing);
        const AddedAlbum found = describe(m_connection, *known, job, plan);
        if (plan.watches) watch(*watching, *found.mbid, request);
        return found;
    }
    AddedAlbum added;
    added.mbid = request.album.mbid;
    added.title = request.album.title;
    const AlbumKey alias =
        request.album.mbid ? release_group_key(*request.album.mbid) : key_of(request);
    added.status = m_seen.see(alias.kind + alias.value) ? AddStatus::created : AddStatus::exists;
    return added;
}

std::vector<AddedAlbum> SqlAlbumStore::preview_albums(std::span<const AlbumRequest> requests,
                                                      const AddOptions& options) {
    return guarded(m_connection, [&] {
        std::vector<AddedAlbum> results;
        results.reserve(requests.size());
        if (options.new_editions) m_watched.update(m_connection);
        Watching watching{m_watched};
        for (const AlbumRequest& request : requests) {
            results.push_back(
                preview(request, options, options.new_editions ? &watching : nullptr));
        }
        return results;
    });
}

std::vector<AddedAlbum> SqlAlbumStore::albums_to_refresh(const RefreshFilter& filter,
                                                         std::int64_t after_id, int limit) {
    const bool watches = filter.kind == JobKind::new_editions;
    if (watches) m_watched.update(m_connection);
    std::vector<AddedAlbum> albums;
    Query row = m_connection.query(sql::k_albums_to_refresh);
    row.bind(after_id, filter.imported_before_ms.value_or(std::numeric_limits<Millis>::max()),
             row_limit(watches ? 0 : limit), to_string(JobKind::releases));
    while (static_cast<int>(albums.size()) < limit && row.step()) {
        const auto mbid = row.maybe_mbid(1);
        if (watches && (!mbid || m_watched.contains(*mbid))) continue;
        albums.push_back({AddStatus::refreshed,
                          row.integer(0),
                          std::nullopt,
                          mbid,
                          row.maybe_text(2),
                          std::nullopt,
                          {}});
    }
    return albums;
}

std::vector<AddedAlbum> SqlAlbumStore::refresh_albums(const RefreshFilter& filter,
                                                      std::int64_t after_id, int limit, Mode mode) {
    return guarded_verb(m_connection, [&] {
        UnitOfWork work{m_connection, m_clock.now_ms()};
        auto results = albums_to_refresh(filter, after_id, limit);
        if (mode == Mode::dry_run) return results;
        if (filter.kind == JobKind::new_editions) {
            std::vector<WatchedAlbum> watched;
            for (const AddedAlbum& album : results)
                watched.push_back({*album.mbid, filter.queue, filter.priority});
            const auto jobs = insert_new_editions(work, watched);
            for (std::size_t i = 0; i < jobs.size(); ++i)
                results[i].job_id = jobs[i];
        } else {
            for (AddedAlbum& album : results)
                album.job_id = insert_import(work, *album.album_id, filter.queue, filter.priority);
        }
        work.commit();
        return results;
    });
}

AddedAlbum SqlAlbumStore::add_discography(const Mbid& artist, const TypeFilter& types,
                                          const std::string& queue, int priority, Mode mode) {
    return add_job({JobKind::discography, {}, artist, to_text(types), queue, priority}, mode);
}

AddedAlbum SqlAlbumStore::add_list(JobKind kind, const Mbid& list, const std::string& queue,
                                   int priority, Mode mode) {
    return add_job({kind, {}, list, {}, queue, priority}, mode);
}

/// A job about something that is no album, unless one like it is open.
AddedAlbum SqlAlbumStore::add_job(const NewJob& job, Mode mode) {
    return guarded_verb(m_connection, [&] {
        AddedAlbum added;
        added.mbid = job.subject;
        UnitOfWork work{m_connection, m_clock.now_ms()};
        {
            Query open = m_connection.query(sql::k_open_job_of_subject);
            if (open.bind(to_string(job.kind), *job.subject).step()) {
                added.status = AddStatus::exists;
                added.job_id = open.integer(0);
                return added;
            }
        }
        added.job_id = insert_job(work, job);
        if (mode == Mode::dry_run) {
            added.job_id.reset();
            return added;
        }
        work.commit();
        return added;
    });
}

}  // namespace pressings::store::sql
