#include "worker/failure_streak.hpp"

#include "source/fault_table.hpp"

namespace pressings::worker {

namespace {

std::string kind_of(const FetchFailure& failure) {
    if (failure.reach == source::Reach::answered) return failure.error.code;
    return std::string{to_string(failure.reach)};
}

}  // namespace

void FailureStreak::add(const FetchFailure& failure) {
    std::string kind = kind_of(failure);
    m_length = kind == m_kind ? m_length + 1 : 1;
    m_kind = std::move(kind);
}

}  // namespace pressings::worker
