#pragma once

#include "store/job_inspector.hpp"
#include "store/sql/connection.hpp"
#include "store/sql/workers.hpp"

namespace pressings::store::sql {

class SqlJobInspector final : public JobInspector {
  public:
    SqlJobInspector(Connection& connection, const Workers& workers, Clock& clock)
        : m_connection(connection), m_workers(workers), m_clock(clock) {}

    void jobs(const JobFilter& filter, const std::function<void(const JobRecord&)>& each) override;
    std::optional<JobRecord> job(std::int64_t id) override;
    std::vector<AttemptRecord> attempts(std::int64_t job_id) override;
    std::vector<Candidate> candidates(std::int64_t job_id) override;
    QueueStatus status() override;

  private:
    std::vector<JobRecord> records(std::string_view statement, std::int64_t limit);
    void read_totals(QueueStatus& status);
    RecentWork recent_work(Millis now_ms);

    Connection& m_connection;
    const Workers& m_workers;
    Clock& m_clock;
};

}  // namespace pressings::store::sql
