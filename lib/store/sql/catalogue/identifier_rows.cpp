#include "store/sql/catalogue/identifier_rows.hpp"

#include <algorithm>

#include "base/text_list.hpp"
#include "store/sql/catalogue/album_sql.hpp"

namespace pressings::store::sql {

namespace {

constexpr char k_separator = '\x1F';
constexpr char k_record_separator = '\x1E';
constexpr std::int64_t k_most_next = 49;       // with the album's own, one question's worth
constexpr std::int64_t k_furthest_next = 500;  // albums are looked at

bool is_of_discogs(const Identifier& identifier) {
    return identifier.kind == IdentifierKind::discogs_master ||
           identifier.kind == IdentifierKind::discogs_release;
}

void sort_by_kind(std::vector<Identifier>& identifiers) {
    std::stable_sort(identifiers.begin(), identifiers.end(),
                     [](const auto& a, const auto& b) { return a.kind < b.kind; });
}

}  // namespace

std::vector<Identifier> parse_identifiers(std::string_view text) {
    std::vector<Identifier> identifiers;
    for (const std::string& one : split_list(text, k_record_separator)) {
        auto parts = split_list(one, k_separator);
        const auto kind = parts.empty() ? std::nullopt : parse_identifier_kind(parts[0]);
        if (!kind || parts.size() < 2) continue;
        identifiers.push_back({*kind, parts[1], {parts.begin() + 2, parts.end()}});
    }
    sort_by_kind(identifiers);
    return identifiers;
}

std::vector<Identifier> load_identifiers(Connection& connection, std::int64_t album_id) {
    std::vector<Identifier> identifiers;
    Query row = connection.query(sql::k_identifiers_of_album);
    row.bind(album_id);
    while (row.step()) {
        const auto kind = parse_identifier_kind(row.text(0));
        if (!kind) continue;
        identifiers.push_back(
            {*kind, row.text(1), split_list(row.maybe_text(2).value_or(""), k_separator)});
    }
    sort_by_kind(identifiers);
    return identifiers;
}

std::vector<Identifier> load_next_identifiers(Connection& connection, std::int64_t album_id,
                                              const std::vector<Identifier>& own) {
    std::vector<Identifier> next;
    if (own.empty() || !is_of_discogs(own.front())) return next;
    const IdentifierKind kind = own.front().kind;
    Query row = connection.query(sql::k_next_identifiers);
    row.bind(album_id, to_string(kind), k_most_next, k_furthest_next);
    while (row.step())
        next.push_back({kind, row.text(0)});
    return next;
}

void insert_identifiers(Connection& connection, const std::vector<Identifier>& identifiers,
                        std::int64_t album_id) {
    for (const Identifier& identifier : identifiers) {
        connection.query(sql::k_insert_identifier)
            .bind(album_id, to_string(identifier.kind), identifier.value,
                  join_list(identifier.labels, k_separator))
            .write();
    }
}

}  // namespace pressings::store::sql
