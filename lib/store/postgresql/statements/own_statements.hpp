#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace pressings::store::postgresql {

/// A statement of the code that both engines share, and PostgreSQL's own in its place: with the
/// same parameters in the same order, and the same columns.
struct OwnStatement {
    std::string_view shared;
    std::string_view own;
};

std::span<const OwnStatement> own_outbox_statements();
std::span<const OwnStatement> own_catalogue_statements();

/// What stands in place of a shared statement that a translation word by word does not do for.
std::optional<std::string_view> own_statement(std::string_view shared);

}  // namespace pressings::store::postgresql
