#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "store/postgresql/engine/session.hpp"
#include "store/sql/death_notes.hpp"
#include "store/sql/workers.hpp"

namespace pressings::store::postgresql {

/// Workers show that they live by an advisory lock of their session, which the server lets go of
/// when the session ends. A server that was restarted has forgotten all locks, and where sessions
/// do not last there are none: then nothing is known, and leases decide. They are by the server's
/// clock, which all workers share.
class Workers final : public sql::Workers {
  public:
    /// Only one of a session, which must outlive it.
    explicit Workers(Session& session);
    ~Workers() override;

    /// "BOOT/START": the boot of this machine, and when the server was started (microseconds).
    std::string place() const override;
    /// The presence must be gone before this is.
    std::unique_ptr<sql::WorkerPresence> enter(const sql::WorkerRow& worker) override;
    Millis lease_clock_ms() const override;
    bool has_lease_clock(const std::string& place) const override;
    bool is_gone(const sql::WorkerRow& worker) override;
    /// Crashes are known of workers on this machine alone, which note them in a file.
    WorkerEnd end_of(const sql::WorkerRow& worker) override;
    void forget_ends() override { m_notes.discard(); }

  private:
    friend class Presence;
    bool try_lock(std::int64_t worker_id);
    void leave(std::int64_t worker_id) noexcept;
    void retake_all();
    void retake(std::int64_t worker_id);
    bool is_present(std::int64_t worker_id) const;

    Session& m_session;
    bool m_has_locks;
    sql::DeathNotes m_notes;
    std::vector<std::int64_t> m_present;  ///< workers of this session
};

}  // namespace pressings::store::postgresql
