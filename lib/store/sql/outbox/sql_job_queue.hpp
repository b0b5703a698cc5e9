#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "store/job_queue.hpp"
#include "store/sql/catalogue/known_rows.hpp"
#include "store/sql/connection.hpp"
#include "store/sql/outbox/claim_trail.hpp"
#include "store/sql/unit_of_work.hpp"
#include "store/sql/workers.hpp"

namespace pressings::store::sql {

class SqlJobQueue final : public JobQueue {
  public:
    /// `shared_rows` may be none.
    SqlJobQueue(Connection& connection, Workers& workers, SharedRows* shared_rows, Clock& clock)
        : m_connection(connection),
          m_workers(workers),
          m_shared_rows(shared_rows),
          m_clock(clock) {}

    void start_worker(const std::string& name) override;
    std::vector<ClaimedJob> claim(const ClaimFilter& filter, Millis lease_ms) override;
    std::optional<Companions> companions_of(const ClaimedJob& job, std::size_t most) override;
    std::vector<ClaimedJob> claim_imports(std::span<const Mbid> release_groups,
                                          const std::string& queue, Millis lease_ms) override;
    std::vector<AttemptResult> complete(std::span<const Import> imports) override;
    AttemptResult complete(const Finding& finding) override;
    void limit_removals(const RemovalLimit& limit) override { m_limit = limit; }
    std::vector<Mbid> known_releases() override;
    AttemptResult finish_failed(const FailedAttempt& attempt) override;
    void renew(Millis lease_ms) override;
    std::vector<Recovered> recover() override;
    Backlog backlog(const ClaimFilter& filter) override;

  private:
    struct Running;
    class EndedJobs;
    /// What the imports of this store have come to.
    struct Tally {
        Removals removed;
        std::int64_t looked_at = 0;  ///< releases
    };
    /// What becomes of a release that the schema forbids: all of its import fails with it, or it
    /// alone is kept back.
    enum class Refused { fail, keep_back };

    void register_worker();
    bool is_paused(const std::string& queue);
    std::vector<ClaimedJob> take(UnitOfWork& work, std::span<const std::int64_t> ids,
                                 Millis lease_ms);
    bool is_any_due(const ClaimFilter& filter, Millis now_ms);
    AttemptResult write_import(const Import& import, EndedJobs& jobs, UnitOfWork& work,
                               Refused refused);
    AttemptResult write_in_savepoint(const Import& import, UnitOfWork& work);
    static AttemptResult reject(const Import& import, const char* reason, UnitOfWork& work);
    void check_removals(const Removals& removed, Millis now_ms);
    AttemptResult write_or_reject(const Import& import, UnitOfWork& work);
    void make_shared_rows(std::span<const Import> imports);
    std::vector<AttemptResult> complete_all(std::span<const Import> imports, Writers writers);
    std::vector<AttemptResult> complete_each(std::span<const Import> imports, Writers writers);
    static bool apply(const FailedAttempt& attempt, UnitOfWork& work);
    static void end_attempt(const ClaimedJob& job, const EndedAttempt& ended,
                            const std::optional<JobError>& error, UnitOfWork& work);
    void adjust_to_clock_step();
    std::vector<Running> lost_jobs();
    WorkerEnd end_of_worker(const Running& running);
    static Recovered take_back(const Running& running, WorkerEnd end, UnitOfWork& work);

    Connection& m_connection;
    Workers& m_workers;
    SharedRows* m_shared_rows;
    KnownRows m_known;
    Clock& m_clock;
    std::string m_worker_name = "worker";
    std::int64_t m_worker_id = 0;  ///< 0 until it has claimed something
    std::unique_ptr<WorkerPresence> m_presence;
    std::optional<RemovalLimit> m_limit;
    Tally m_tally;
    ClaimTrail m_trail;
    bool m_found_all_wanted = false;  ///< by the last claim: there is likely more
};

}  // namespace pressings::store::sql
