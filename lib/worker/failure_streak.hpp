#pragma once

#include <string>

#include "worker/fetch_job.hpp"

namespace pressings::worker {

/// How many failures in a row were of one kind: of the same code, or all such that the source could
/// not be reached, or turned us away.
class FailureStreak {
  public:
    void add(const FetchFailure& failure);
    /// Something went well, or failed with certainty: the source is there.
    void reset() { m_length = 0; }
    int length() const { return m_length; }

  private:
    std::string m_kind;
    int m_length = 0;
};

}  // namespace pressings::worker
