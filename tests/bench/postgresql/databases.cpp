#include "bench/postgresql/databases.hpp"

#include <fmt/format.h>

#include "bench/process.hpp"

namespace pressings::bench {

namespace {

constexpr const char* k_empty = "empty_catalogue";

/// Albums with their jobs, the longest due first, in the totals as well.
std::string fill(long jobs) {
    return fmt::format(
        "SET search_path = pressings; "
        "INSERT INTO albums (mbid, title, first_release_date, primary_type, created_at) "
        "SELECT decode(md5(n::text), 'hex'), 'An album with a title of usual length, ' || n, "
        " '1973-03-01', 'Album', 0 FROM generate_series(1, {0}) n; "
        "INSERT INTO jobs (kind, album_id, queue, priority, state, run_at, created_at) "
        "SELECT 'releases', id, 'default', 0, 'pending', id, 0 FROM albums ORDER BY id; "
        "INSERT INTO totals (what, queue, value) "
        "VALUES ('albums', '', {0}), ('pending', 'default', {0})",
        jobs);
}

}  // namespace

Server& Databases::server() const {
    if (!*m_server) *m_server = std::make_unique<Server>(m_ground.folder / "postgresql");
    return **m_server;
}

std::string Databases::empty(const std::string& name) const {
    if (!server().has(k_empty)) {
        server().run("postgres", fmt::format("CREATE DATABASE {}", k_empty));
        bench::run({m_ground.tool("release-worker"), "prune", "--older-than", "1d", "--db",
                    server().uri(k_empty)});
    }
    return copy(k_empty, name);
}

std::string Databases::waiting(const std::string& name, long jobs) const {
    const std::string original = fmt::format("waiting_{}", jobs);
    if (!server().has(original)) {
        empty(original);
        server().run(original, fill(jobs));
        gather_statistics(original);
    }
    return copy(original, name);
}

/// Not of what is empty yet: whatever is planned for a table that is known to be empty goes through
/// all of it, and stays so for as long as a session keeps the plan.
void Databases::gather_statistics(const std::string& database) const {
    server().run(database, "VACUUM ANALYZE pressings.albums, pressings.jobs");
}

std::string Databases::copy(const std::string& original, const std::string& name) const {
    server().copy(original, name);
    server().settle();
    return server().uri(name);
}

}  // namespace pressings::bench
