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
/// when the session ends. A server that was restarted, or another one that took its place, knows
/// nothing of the locks of before: it is asked only about workers that it has met, and leases
/// decide about the others, as they do of all where sessions do not last. They are by the server's
/// clock, which all workers share.
class Workers final : public sql::Workers {
  public:
    /// Only one of a session, which must outlive it.
    explicit Workers(Session& session);
    ~Workers() override;

    /// "BOOT/START": the boot of this machine, and when the server was started (microseconds),
    /// or 0 where there are no locks to ask about.
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
    struct Entered {
        std::int64_t id = 0;
        std::string place;  ///< as its row has it
    };

    bool try_lock(std::int64_t worker_id);
    void leave(std::int64_t worker_id) noexcept;
    void retake_all();
    void retake(Entered& worker);
    bool is_present(std::int64_t worker_id) const;

    Session& m_session;
    bool m_has_locks;
    sql::DeathNotes m_notes;
    std::vector<Entered> m_present;  ///< workers of this session
};

}  // namespace pressings::store::postgresql
