#include "store/sql/catalogue/album_rows.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "store/sql/catalogue/album_sql.hpp"
#include "store/sql/catalogue/catalogue_rows.hpp"
#include "store/sql/catalogue/change_log.hpp"
#include "store/sql/catalogue/change_sql.hpp"
#include "store/sql/catalogue/identifier_rows.hpp"
#include "store/sql/catalogue/oddity_rows.hpp"
#include "store/sql/outbox/job_rows.hpp"
#include "store/sql/search/documents.hpp"

namespace pressings::store::sql {

namespace {

constexpr char k_separator = '\x1F';

std::string bytes_of(const Mbid& mbid) {
    return {reinterpret_cast<const char*>(mbid.bytes().data()), Mbid::k_size};
}

std::span<const std::uint8_t> as_bytes(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::optional<int> read_year(std::string_view told_name) {
    const auto at = told_name.rfind(k_separator);
    if (at == std::string_view::npos) return std::nullopt;
    int year = 0;
    const char* end = told_name.data() + told_name.size();
    const auto result = std::from_chars(told_name.data() + at + 1, end, year);
    return result.ec == std::errc{} ? std::optional{year} : std::nullopt;
}

ClaimedJob& job_of(std::span<ClaimedJob> jobs, std::int64_t id) {
    return *std::find_if(jobs.begin(), jobs.end(),
                         [id](const ClaimedJob& job) { return job.id == id; });
}

/// Gives everything that `from` has to `into`, and deletes it.
void join_albums(UnitOfWork& work, std::int64_t from, std::int64_t into) {
    Query open = work.query(sql::k_open_jobs_of_album);
    if (open.bind(from).step()) {
        const JobError why{"joined", "its album is the same release group as another one"};
        cancel_job(work, open.integer(0), why);
        work.totals().move_job(open.text(1), *parse_job_state(open.text(2)), JobState::cancelled);
    }
    for (const auto statement : {sql::k_move_releases, sql::k_move_jobs, sql::k_move_keys,
                                 sql::k_move_changes, sql::k_move_changes_from}) {
        work.query(statement).bind(from, into).write();
    }
    work.query(sql::k_count_releases).bind(into).write();
    mark_outdated(work.connection(), into);
    work.totals().oddities(forget_oddities(work.connection(), from));
    if (is_imported(work.connection(), from)) work.totals().imported_albums(-1);
    work.query(sql::k_delete_album).bind(from).write();
    work.totals().albums(-1);
}

std::string told_name(const AlbumRequest& request) {
    return credit_text(request.album.artist_credit) + k_separator +
           request.album.title.value_or("");
}

AlbumKey key_of(const Identifier& identifier, const AlbumRequest& request) {
    std::string value = comparable(identifier);
    if (identifier.kind == IdentifierKind::catno) {
        for (const std::string& label : identifier.labels)
            value += k_separator + fold(label);
        value += k_separator + told_name(request);
    }
    return {std::string{to_string(identifier.kind)}, value};
}

}  // namespace

AlbumKey release_group_key(const Mbid& mbid) {
    return {"release_group", bytes_of(mbid)};
}

AlbumKey key_of(const AlbumRequest& request) {
    if (request.release_mbid) return {"release", bytes_of(*request.release_mbid)};
    if (!request.identifiers.empty()) return key_of(request.identifiers.front(), request);
    std::string name = told_name(request) + k_separator;
    if (request.year) name += std::to_string(*request.year);
    return {"name", name};
}

std::optional<std::int64_t> find_album(Connection& connection, const Mbid& release_group) {
    {
        Query row = connection.query(sql::k_find_album);
        if (row.bind(release_group).step()) return row.integer(0);
    }
    return find_album(connection, release_group_key(release_group));
}

std::optional<std::int64_t> find_album(Connection& connection, const AlbumKey& alias) {
    {
        Query row = connection.query(sql::k_find_key);
        if (row.bind(alias.kind, as_bytes(alias.value)).step()) return row.integer(0);
    }
    if (alias.kind != "name") return std::nullopt;
    return find_album(connection, AlbumKey{"former_name", alias.value});
}

void replace_name(Connection& connection, const AlbumKey& name, std::int64_t album_id) {
    for (const auto statement : {sql::k_forget_retired, sql::k_retire_names})
        connection.query(statement).bind(album_id).write();
    connection.query(sql::k_delete_key).bind("former_name", as_bytes(name.value)).write();
    insert_key(connection, name, album_id);
}

void insert_key(Connection& connection, const AlbumKey& alias, std::int64_t album_id) {
    connection.query(sql::k_insert_key).bind(alias.kind, as_bytes(alias.value), album_id).write();
}

std::optional<Mbid> mbid_of(Connection& connection, std::int64_t album_id) {
    Query row = connection.query(sql::k_mbid_of_album);
    return row.bind(album_id).step() ? row.maybe_mbid(0) : std::nullopt;
}

bool is_imported(Connection& connection, std::int64_t album_id) {
    Query row = connection.query(sql::k_imported_at);
    return row.bind(album_id).step() && row.maybe_integer(0);
}

ClaimedAlbums::ClaimedAlbums(Connection& connection, const std::string& list)
    : m_connection(connection), m_list(list), m_albums(connection.query(sql::k_albums_of_jobs)) {
    m_albums.bind(m_list).ask();
}

void ClaimedAlbums::fill(std::span<ClaimedJob> jobs) {
    std::vector<std::pair<ClaimedJob*, std::optional<std::int64_t>>> named;
    bool any_imported = false;
    while (m_albums.step()) {
        ClaimedJob& job = job_of(jobs, m_albums.integer(0));
        job.album.mbid = m_albums.maybe_mbid(1);
        job.album.title = m_albums.maybe_text(2);
        job.album.first_release_date = m_albums.maybe_date(4);
        job.album.primary_type = m_albums.maybe_text(5);
        job.album.disambiguation = m_albums.maybe_text(6);
        job.imported = m_albums.maybe_integer(7).has_value();
        any_imported = any_imported || job.imported;
        if (!job.album.mbid) named.emplace_back(&job, m_albums.maybe_integer(3));
    }
    for (const auto& [job, credit_id] : named)
        fill_named(*job, credit_id);
    if (any_imported) fill_known(jobs);
}

void ClaimedAlbums::fill_named(ClaimedJob& job, std::optional<std::int64_t> credit_id) {
    job.album.artist_credit = load_credit(m_connection, credit_id);
    job.identifiers = load_identifiers(m_connection, *job.album_id);
    job.next_identifiers = load_next_identifiers(m_connection, *job.album_id, job.identifiers);
    Query row = m_connection.query(sql::k_keys_of_album);
    row.bind(*job.album_id);
    while (row.step()) {
        const std::string kind = row.text(0);
        if (kind == "release") job.release_mbid = row.maybe_mbid(1);
        if (kind == "name") job.year = read_year(row.text(1));
    }
}

void ClaimedAlbums::fill_known(std::span<ClaimedJob> jobs) {
    Query row = m_connection.query(sql::k_known_releases_of_jobs);
    row.bind(m_list);
    while (row.step()) {
        ClaimedJob& job = job_of(jobs, row.integer(0));
        if (job.imported) job.known_releases.push_back(row.mbid(1));
    }
}

std::int64_t assign_mbid(UnitOfWork& work, std::int64_t album_id, const Mbid& mbid) {
    Connection& connection = work.connection();
    const auto before = mbid_of(connection, album_id);
    if (before == mbid) return album_id;
    const auto owner = find_album(connection, mbid);
    if (owner || before) connection.require_alone();
    if (owner && *owner != album_id) {
        join_albums(work, album_id, *owner);
    } else {
        connection.query(sql::k_delete_key).bind("release_group", as_bytes(bytes_of(mbid))).write();
        connection.query(sql::k_set_album_mbid).bind(album_id, mbid).write();
    }
    const std::int64_t into = owner.value_or(album_id);
    if (!before) return into;
    insert_key(connection, release_group_key(*before), into);
    const FieldChange merged{"mbid", before->to_string(), mbid.to_string()};
    log_change(connection, {ChangeKind::merged, into, std::nullopt, std::nullopt, {merged}},
               work.now_ms());
    return into;
}

void forget_mbid(Connection& connection, std::int64_t album_id) {
    connection.query(sql::k_forget_mbid).bind(album_id).write();
    connection.query(sql::k_forget_merged).bind(album_id).write();
}

}  // namespace pressings::store::sql
