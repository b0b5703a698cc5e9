#pragma once

#include "store/job_control.hpp"
#include "store/job_inspector.hpp"
#include "store/sql/unit_of_work.hpp"
#include "store/sql/workers.hpp"

namespace pressings::store::sql {

class SqlJobControl final : public JobControl {
  public:
    SqlJobControl(Connection& connection, const Workers& workers, Clock& clock)
        : m_connection(connection), m_workers(workers), m_clock(clock) {}

    std::vector<ActionResult> apply(std::span<const std::int64_t> job_ids, JobAction what,
                                    Mode mode) override;
    void pause(const std::string& queue) override;
    void resume(const std::string& queue) override;

  private:
    std::optional<std::int64_t> other_open_job(const JobRecord& job);
    std::string change(const JobRecord& job, JobAction what, UnitOfWork& work);
    ActionResult apply_one(std::int64_t job_id, JobAction what, UnitOfWork& work);

    Connection& m_connection;
    const Workers& m_workers;
    Clock& m_clock;
};

}  // namespace pressings::store::sql
