#include "store/postgresql/engine/workers.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <optional>

#include <fmt/format.h>

#include "base/boot.hpp"
#include "base/death_note.hpp"
#include "base/memory_kills.hpp"

namespace pressings::store::postgresql {

namespace {

/// Apart from the locks of others in the same database, as far as that can be.
std::int64_t key_of(std::int64_t worker_id) {
    constexpr std::int64_t k_workers = 0x7072'6573'0000'0000;
    return k_workers ^ worker_id;
}

std::string start_in(const std::string& place) {
    return place.substr(place.rfind('/') + 1);
}

std::string boot_in(const std::string& place) {
    return place.substr(0, place.rfind('/'));
}

/// The session that the lock was taken in before, which the server may not know to be lost.
std::string end_holder(std::int64_t key) {
    constexpr int k_wait_ms = 2'000;
    const auto bits = static_cast<std::uint64_t>(key);
    return fmt::format(
        "SELECT pg_terminate_backend(pid, {}) FROM pg_locks WHERE locktype = 'advisory' AND "
        "mode = 'ExclusiveLock' AND classid = {} AND objid = {} AND objsubid = 1 AND "
        "pid <> pg_backend_pid() AND "
        "database = (SELECT oid FROM pg_database WHERE datname = current_database())",
        k_wait_ms, bits >> 32U, bits & 0xFFFF'FFFFU);
}

/// Where workers of this user on this machine note how they died; empty if there is no place for
/// it.
std::string notes_folder() {
    namespace fs = std::filesystem;
    const char* const state = std::getenv("XDG_STATE_HOME");
    const char* const home = std::getenv("HOME");
    if (state != nullptr && *state != '\0') return fs::path{state} / "pressings";
    if (home == nullptr || *home == '\0') return {};
    return fs::path{home} / ".local/state/pressings";
}

/// A file for each database.
std::string notes_path(const std::string& database) {
    const std::string folder = notes_folder();
    if (folder.empty()) return {};
    return fmt::format("{}/deaths-{:016x}", folder, std::hash<std::string>{}(database));
}

bool is_true(const Result& result) {
    return result.value(0, 0) == "t";
}

}  // namespace

class Presence final : public sql::WorkerPresence {
  public:
    Presence(Workers& workers, const sql::WorkerRow& worker, const std::string& notes)
        : m_workers(workers), m_worker_id(worker.id) {
        if (notes.empty()) return;
        std::error_code ignored;
        std::filesystem::create_directories(std::filesystem::path{notes}.parent_path(), ignored);
        m_note.emplace(notes, sql::death_note_of(worker.id, worker.started_at_ms));
    }
    ~Presence() override { m_workers.leave(m_worker_id); }
    Presence(const Presence&) = delete;
    Presence& operator=(const Presence&) = delete;

  private:
    Workers& m_workers;
    std::int64_t m_worker_id;
    std::optional<DeathNote> m_note;
};

Workers::Workers(Session& session)
    : m_session(session),
      m_has_locks(session.features().session_locks()),
      m_notes(notes_path(session.info().name())) {
    if (m_has_locks) m_session.on_reconnect([this] { retake_all(); });
}

Workers::~Workers() {
    m_session.on_reconnect({});
}

std::string Workers::place() const {
    const std::int64_t start = m_has_locks ? m_session.server().started_at_us : 0;
    return fmt::format("{}/{}", boot_id(), start);
}

bool Workers::try_lock(std::int64_t worker_id) {
    if (!m_has_locks) return true;
    return is_true(
        m_session.execute(fmt::format("SELECT pg_try_advisory_lock({})", key_of(worker_id))));
}

bool Workers::is_present(std::int64_t worker_id) const {
    return std::any_of(m_present.begin(), m_present.end(),
                       [&](const Entered& worker) { return worker.id == worker_id; });
}

std::unique_ptr<sql::WorkerPresence> Workers::enter(const sql::WorkerRow& worker) {
    // A session would be given its own lock a second time.
    if (is_present(worker.id) || !try_lock(worker.id)) {
        throw StoreError(fmt::format("{}: the lock of worker {} is held by another session",
                                     m_session.info().name(), worker.id));
    }
    m_present.push_back({worker.id, worker.place});
    return std::make_unique<Presence>(*this, worker, m_notes.path());
}

void Workers::leave(std::int64_t worker_id) noexcept {
    std::erase_if(m_present, [&](const Entered& worker) { return worker.id == worker_id; });
    if (!m_has_locks) return;
    m_session.execute_soon(fmt::format("SELECT pg_advisory_unlock({})", key_of(worker_id)));
}

void Workers::retake_all() {
    for (Entered& worker : m_present)
        retake(worker);
}

void Workers::retake(Entered& worker) {
    if (!try_lock(worker.id)) {
        try {
            m_session.execute(end_holder(key_of(worker.id)));
        } catch (const ServerError& error) {
            if (error.connection_is_lost()) throw;
        }
        // If this fails, its jobs may be taken back, and it learns of that.
        if (!try_lock(worker.id)) return;
    }
    // Whoever finds this server's start in the row may ask it about the lock: so that comes after.
    if (worker.place == place()) return;
    m_session.execute(
        fmt::format("UPDATE workers SET boot = '{}' WHERE id = {}", place(), worker.id));
    worker.place = place();
}

Millis Workers::lease_clock_ms() const {
    return m_session.clock().steady_ms() + m_session.server().ahead_of_steady_ms;
}

bool Workers::has_lease_clock(const std::string&) const {
    return true;
}

bool Workers::is_gone(const sql::WorkerRow& worker) {
    if (is_present(worker.id) || !m_has_locks) return false;
    if (start_in(worker.place) != start_in(place())) return false;
    // Shared, so that two who ask at the same time do not take each other for the worker.
    return is_true(
        m_session.execute(fmt::format("SELECT CASE WHEN pg_try_advisory_lock_shared({0}) "
                                      "THEN pg_advisory_unlock_shared({0}) ELSE false END",
                                      key_of(worker.id))));
}

WorkerEnd Workers::end_of(const sql::WorkerRow& worker) {
    if (m_notes.has(worker.id, worker.started_at_ms)) return WorkerEnd::crashed;
    const bool memory_ran_out = is_this_boot(boot_in(worker.place)) && worker.memory_kills &&
                                memory_kills() > worker.memory_kills;
    return memory_ran_out ? WorkerEnd::out_of_memory : WorkerEnd::killed;
}

}  // namespace pressings::store::postgresql
