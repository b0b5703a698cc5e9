#pragma once

#include <map>
#include <string>
#include <utility>

#include "domain/job.hpp"
#include "store/sqlite/connection.hpp"

namespace pressings::store::sqlite {

/// Gathers what a transaction changes in the table of totals, and writes it before the commit.
class Totals {
  public:
    void albums(std::int64_t change) { m_changes[{"albums", ""}] += change; }
    void releases(std::int64_t change) { m_changes[{"releases", ""}] += change; }
    void jobs(JobState state, const std::string& queue, std::int64_t change) {
        m_changes[{std::string{to_string(state)}, queue}] += change;
    }
    void move_job(const std::string& queue, JobState from, JobState to) {
        jobs(from, queue, -1);
        jobs(to, queue, 1);
    }
    void write(Connection& connection) const;

  private:
    std::map<std::pair<std::string, std::string>, std::int64_t> m_changes;
};

}  // namespace pressings::store::sqlite
