#include "source/json/odd_value.hpp"

#include <utility>

#include <fmt/format.h>

#include "source/fault_table.hpp"

namespace pressings::source {

OddValue::OddValue(const std::string& subject, Oddity odd)
    : SourceError(answer_error("bad_answer",
                               fmt::format("malformed answer: {}{}{} {}", subject,
                                           odd.field.empty() ? "" : ": ", odd.field, odd.problem))),
      oddity(std::move(odd)) {}

OddValue::OddValue(Oddity odd)
    : SourceError(answer_error("bad_answer", "malformed answer: " + described(odd))),
      oddity(std::move(odd)) {}

}  // namespace pressings::source
