#include "store/postgresql/statements/own_statements.hpp"

#include <unordered_map>

namespace pressings::store::postgresql {

namespace {

using Table = std::unordered_map<std::string_view, std::string_view>;

Table all_statements() {
    Table table;
    for (const auto subject : {own_outbox_statements(), own_catalogue_statements()}) {
        for (const OwnStatement& statement : subject)
            table.emplace(statement.shared, statement.own);
    }
    return table;
}

}  // namespace

std::optional<std::string_view> own_statement(std::string_view shared) {
    static const Table k_table = all_statements();
    const auto found = k_table.find(shared);
    if (found == k_table.end()) return std::nullopt;
    return found->second;
}

}  // namespace pressings::store::postgresql
