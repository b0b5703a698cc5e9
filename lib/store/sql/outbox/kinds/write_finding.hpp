#pragma once

#include "store/job_queue.hpp"
#include "store/sql/unit_of_work.hpp"

/// What a kind of jobs writes, within the transaction that has ended the job: a file a kind. The
/// imports of `releases` come many to a transaction and are in complete_imports.cpp.
/// What is returned goes into the report of the attempt.
namespace pressings::store::sql {

std::vector<NamedCount> write(UnitOfWork& work, const ClaimedJob& job, const Discography& found);
std::vector<NamedCount> write(UnitOfWork& work, const ClaimedJob& job, const NewEditions& found);
std::vector<NamedCount> write(UnitOfWork& work, const ClaimedJob& job, const NewGroups& found);

/// The one of them that it is for; a kind without does not compile.
inline std::vector<NamedCount> write_finding(UnitOfWork& work, const Finding& finding) {
    return std::visit([&](const auto& found) { return write(work, finding.job, found); },
                      finding.found);
}

}  // namespace pressings::store::sql
