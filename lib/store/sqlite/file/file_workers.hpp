#pragma once

#include <memory>
#include <string>

#include "store/sql/death_notes.hpp"
#include "store/sql/workers.hpp"
#include "store/sqlite/file/file_lock.hpp"

namespace pressings::store::sqlite {

/// Workers on one machine. One that lives holds its byte of the database file, which the kernel
/// frees when the process dies; one that lives but was stopped lets its lease run out on a clock
/// that never jumps.
class FileWorkers final : public sql::Workers {
  public:
    /// `lock` is of the database at `path`, and must outlive it.
    FileWorkers(const std::string& path, FileLock& lock, Clock& clock)
        : m_lock(lock), m_clock(clock), m_notes(path + "-deaths") {}

    std::string place() const override;
    std::unique_ptr<sql::WorkerPresence> enter(const sql::WorkerRow& worker) override;
    Millis lease_clock_ms() const override { return m_clock.steady_ms(); }
    bool has_lease_clock(const std::string& place) const override;
    bool is_gone(const sql::WorkerRow& worker) override;
    WorkerEnd end_of(const sql::WorkerRow& worker) override;
    void forget_ends() override { m_notes.discard(); }

  private:
    FileLock& m_lock;
    Clock& m_clock;
    sql::DeathNotes m_notes;
};

}  // namespace pressings::store::sqlite
