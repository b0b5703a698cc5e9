#include "store/sql/catalogue/candidate_rows.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "base/text_list.hpp"
#include "store/sql/outbox/job_sql.hpp"

namespace pressings::store::sql {

namespace {

constexpr char k_separator = '\x1F';

std::optional<int> score_in_bounds(const std::optional<int>& score) {
    return score ? std::optional{std::clamp(*score, 0, 100)} : std::nullopt;
}

}  // namespace

void write_candidates(Connection& connection, std::int64_t job_id,
                      std::span<const Candidate> candidates) {
    connection.query(sql::k_delete_candidates).bind(job_id).write();
    int position = 0;
    for (const Candidate& candidate :
         candidates.subspan(0, std::min(candidates.size(), k_most_candidates))) {
        connection.query(sql::k_insert_candidate)
            .bind(job_id, position++, candidate.mbid, candidate.title, candidate.artist,
                  candidate.first_release_date, candidate.primary_type,
                  join_list(candidate.secondary_types, k_separator), candidate.disambiguation,
                  score_in_bounds(candidate.score))
            .write();
    }
}

std::vector<Candidate> read_candidates(Connection& connection, std::int64_t job_id) {
    std::vector<Candidate> candidates;
    Query row = connection.query(sql::k_candidates_of_job);
    row.bind(job_id);
    while (row.step()) {
        Candidate candidate;
        candidate.mbid = row.mbid(0);
        candidate.title = row.text(1);
        candidate.artist = row.text(2);
        candidate.first_release_date = row.maybe_date(3);
        candidate.primary_type = row.maybe_text(4);
        if (const auto types = row.maybe_text(5))
            candidate.secondary_types = split_list(*types, k_separator);
        candidate.disambiguation = row.maybe_text(6);
        if (const auto score = row.maybe_integer(7)) candidate.score = static_cast<int>(*score);
        candidates.push_back(std::move(candidate));
    }
    return candidates;
}

}  // namespace pressings::store::sql
