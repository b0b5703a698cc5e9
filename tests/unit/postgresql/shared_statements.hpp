#pragma once

#include <span>
#include <string_view>

namespace pressings::test {

struct NamedStatement {
    std::string_view name;
    std::string_view sql;
};

/// Every statement of the code that the engines share, but for those that are put together of a
/// filter.
std::span<const NamedStatement> shared_statements();

}  // namespace pressings::test
