#pragma once

#include "domain/believed_time.hpp"
#include "store/job_book.hpp"
#include "store/sqlite/unit_of_work.hpp"

namespace pressings::store::sqlite {

class SqliteJobBook final : public JobBook {
  public:
    SqliteJobBook(Connection& connection, Clock& clock)
        : m_connection(connection), m_clock(clock) {}

    void jobs(const JobFilter& filter, const std::function<void(const JobRecord&)>& each) override;
    std::optional<JobRecord> job(std::int64_t id) override;
    std::vector<AttemptRecord> attempts(std::int64_t job_id) override;
    std::vector<Candidate> candidates(std::int64_t job_id) override;
    QueueStatus status() override;
    std::vector<Steered> steer(std::span<const std::int64_t> job_ids, Steering what,
                               bool dry_run) override;
    Millis believed_now_ms() override;
    Millis follow_clock() override;
    std::int64_t prune(Millis before_ms, std::optional<JobState> state, int limit,
                       bool dry_run) override;
    std::int64_t log_bytes() override { return m_connection.log_bytes(); }
    void pause(const std::string& queue) override;
    void resume(const std::string& queue) override;
    void forget_old_work() override;
    CheckReport check() override;
    void backup(const std::string& path, const StopSignals& stop) override;

  private:
    struct Prunable {
        std::int64_t id;
        std::string queue;
        JobState state;
        std::string error_code;
    };

    std::vector<Prunable> prunable(Millis before_ms, std::optional<JobState> state, int limit);
    std::vector<JobRecord> records(std::string_view statement, std::int64_t limit);
    std::optional<ClockTrail> noted_trail();
    ClockTrail clock_trail();
    void read_totals(QueueStatus& status);
    std::optional<std::int64_t> other_open_job(const JobRecord& job);
    std::string change(const JobRecord& job, Steering what, UnitOfWork& work);
    Steered steer_one(std::int64_t job_id, Steering what, UnitOfWork& work);
    RecentWork recent_work(Millis now_ms);
    void find_orphans(CheckReport& report);

    Connection& m_connection;
    Clock& m_clock;
};

}  // namespace pressings::store::sqlite
