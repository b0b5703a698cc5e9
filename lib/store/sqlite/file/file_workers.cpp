#include "store/sqlite/file/file_workers.hpp"

#include "base/boot.hpp"
#include "base/death_note.hpp"
#include "base/memory_kills.hpp"
#include "store/sqlite/file/worker_lock.hpp"
#include "store/store_error.hpp"

namespace pressings::store::sqlite {

namespace {

/// Without a row the next worker gets the same number, and must be able to hold its byte.
class WorkersByte final : public sql::WorkerPresence {
  public:
    WorkersByte(const std::string& notes, FileLock& lock, const sql::WorkerRow& worker)
        : m_lock(lock),
          m_byte(worker_byte(worker.id)),
          m_note(notes, sql::death_note_of(worker.id, worker.started_at_ms)) {
        if (!m_lock.try_lock(m_byte))
            throw StoreError("the worker's lock is held by another process");
    }
    ~WorkersByte() override { m_lock.unlock(m_byte); }
    WorkersByte(const WorkersByte&) = delete;
    WorkersByte& operator=(const WorkersByte&) = delete;

  private:
    FileLock& m_lock;
    std::int64_t m_byte;
    DeathNote m_note;
};

}  // namespace

std::string FileWorkers::place() const {
    return boot_id();
}

std::unique_ptr<sql::WorkerPresence> FileWorkers::enter(const sql::WorkerRow& worker) {
    return std::make_unique<WorkersByte>(m_notes.path(), m_lock, worker);
}

/// Who lives with another boot's id lives in a container that hides ours: its lease says nothing
/// here, its lock does.
bool FileWorkers::has_lease_clock(const std::string& place) const {
    return is_this_boot(place);
}

bool FileWorkers::is_gone(const sql::WorkerRow& worker) {
    return !m_lock.is_held_elsewhere(worker_byte(worker.id));
}

WorkerEnd FileWorkers::end_of(const sql::WorkerRow& worker) {
    if (m_notes.has(worker.id, worker.started_at_ms)) return WorkerEnd::crashed;
    if (!is_this_boot(worker.place)) return WorkerEnd::restarted;
    const bool memory_ran_out = worker.memory_kills && memory_kills() > worker.memory_kills;
    return memory_ran_out ? WorkerEnd::out_of_memory : WorkerEnd::killed;
}

}  // namespace pressings::store::sqlite
