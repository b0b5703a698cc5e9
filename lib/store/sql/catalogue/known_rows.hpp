#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "store/job_queue.hpp"
#include "store/sql/unit_of_work.hpp"

namespace pressings::store::sql {

/// What is known of the rows that imports refer to, so that it need not be asked for one by one.
struct KnownRows {
    // Their ids. What is not in here may be there all the same.
    std::unordered_map<Mbid, std::int64_t> artists{};
    std::unordered_map<Mbid, std::int64_t> labels{};
    std::unordered_map<std::string, std::int64_t> credits{};  ///< by credit_identity()

    // Of the transaction that is open.
    std::unordered_set<Mbid> new_releases{};  ///< no row has these
    std::deque<std::int64_t> release_ids{};   ///< given out already, for as many
};

/// How an engine looks at what several imports refer to at once.
class SharedRows {
  public:
    virtual ~SharedRows() = default;

    /// Makes the artists, labels and credits that are new, in a transaction of its own: they may
    /// stay without an album. In one order, whoever does it, so that no two wait for each other.
    virtual void make(std::span<const Import> imports, KnownRows& known) = 0;
    /// What there is of their releases.
    virtual void look(UnitOfWork& work, std::span<const Import> imports, KnownRows& known) = 0;
};

}  // namespace pressings::store::sql
