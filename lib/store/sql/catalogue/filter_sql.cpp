#include "store/sql/catalogue/filter_sql.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "domain/plain_number.hpp"
#include "store/sql/catalogue/reader_sql.hpp"

namespace pressings::store::sql {

namespace {

template <typename... Values>
BoundSql clause(std::string_view sql, Values&&... values) {
    return {std::string{sql}, {std::forward<Values>(values)...}};
}

/// What must hold together.
class Conditions {
  public:
    void require(const BoundSql& condition) {
        m_all.append(m_all.sql.empty() ? "" : " AND ");
        m_all.append(condition);
    }
    /// Neither of these; what is not known is none of them.
    void forbid(const BoundSql& condition) {
        require({"(" + condition.sql + ") IS NOT TRUE", condition.values});
    }
    /// One of `wanted`, if there are any, and none of `excluded`.
    template <typename Values, typename ToClause>
    void add(const Values& wanted, const Values& excluded, ToClause to_clause) {
        BoundSql any;
        for (const auto& value : wanted) {
            any.append(any.sql.empty() ? "(" : " OR ");
            any.append(to_clause(value));
        }
        any.append(wanted.empty() ? "" : ")");
        if (!wanted.empty()) require(any);
        for (const auto& value : excluded)
            forbid(to_clause(value));
    }

    bool empty() const { return m_all.sql.empty(); }
    const BoundSql& all() const { return m_all; }
    /// WHERE and what must hold, if anything must.
    BoundSql where() const {
        return empty() ? BoundSql{} : BoundSql{" WHERE " + m_all.sql, m_all.values};
    }

  private:
    BoundSql m_all;
};

BoundSql by_artist(const std::string& artist) {
    return clause(
        "a.artist_credit_id IN (SELECT artist_credit_id FROM album_credits "
        "WHERE instr(folded, ?) > 0)",
        fold(artist));
}

BoundSql by_title(const std::string& title) {
    return clause("instr(fold(a.title), ?) > 0", fold(title));
}

BoundSql by_type(const std::optional<std::string>& type) {
    if (!type) return clause("a.primary_type IS NULL");
    return clause(
        "fold(a.primary_type) = ? OR EXISTS (SELECT 1 FROM album_secondary_types t "
        "WHERE t.album_id = a.id AND fold(t.type) = ?)",
        fold(*type), fold(*type));
}

/// Dates are text, in whose order an unknown year ("????") comes behind all others.
BoundSql by_year(const YearRange& years) {
    return clause("a.first_release_date >= ? AND a.first_release_date < ?",
                  fmt::format("{:04}", years.first),
                  years.last == YearRange::k_latest ? ":" : fmt::format("{:04}", years.last + 1));
}

BoundSql by_format(PlainFormat format) {
    return clause("r.format = ?", std::string{to_string(format)});
}

BoundSql by_country(const std::string& country) {
    return clause(
        "r.country = ? OR EXISTS (SELECT 1 FROM release_events e "
        "WHERE e.release_id = r.id AND e.country = ?)",
        country_code(country), country_code(country));
}

BoundSql by_status(const std::optional<std::string>& status) {
    return status ? clause("fold(r.status) = ?", fold(*status)) : clause("r.status IS NULL");
}

BoundSql by_label(const std::string& label) {
    constexpr std::string_view k_of =
        "r.id IN (SELECT i.release_id FROM labels l JOIN label_info i ON i.label_id = l.id WHERE ";
    const auto mbid = Mbid::parse(label);
    return mbid ? clause(std::string{k_of} + "l.mbid = ?)", *mbid)
                : clause(std::string{k_of} + "l.folded = ?)", fold(label));
}

BoundSql by_catalog_number(const std::string& number) {
    return clause(
        "r.id IN (SELECT release_id FROM label_info WHERE plain_catalog_number(catalog_number) = "
        "?)",
        plain_catalog_number(number));
}

BoundSql by_barcode(const std::string& barcode) {
    return clause("r.barcode <> '' AND plain_barcode(r.barcode) = ?", plain_barcode(barcode));
}

/// Brackets, for a clause may have an OR in it.
template <typename ToClause>
auto in_brackets(ToClause to_clause) {
    return [to_clause](const auto& value) {
        const BoundSql bare = to_clause(value);
        return BoundSql{"(" + bare.sql + ")", bare.values};
    };
}

constexpr std::string_view k_missing =
    "(a.present_releases = 0 OR (a.id IN (SELECT album_id FROM jobs WHERE state = 'failed' "
    "AND album_id IS NOT NULL) AND (SELECT state FROM jobs j WHERE j.album_id = a.id "
    "ORDER BY j.id DESC LIMIT 1) = 'failed'))";

Conditions of_album(const Filter& filter) {
    Conditions conditions;
    const Terms& wanted = filter.wanted;
    const Terms& excluded = filter.excluded;
    conditions.add(wanted.artists, excluded.artists, in_brackets(by_artist));
    conditions.add(wanted.titles, excluded.titles, in_brackets(by_title));
    conditions.add(wanted.types, excluded.types, in_brackets(by_type));
    conditions.add(wanted.years, excluded.years, in_brackets(by_year));
    if (filter.missing) conditions.require(clause(k_missing));
    if (filter.imported_since_ms) {
        conditions.require(clause("a.imported_at >= ?", *filter.imported_since_ms));
    }
    return conditions;
}

Conditions of_release(const Filter& filter) {
    Conditions conditions;
    const Terms& wanted = filter.wanted;
    const Terms& excluded = filter.excluded;
    conditions.add(wanted.labels, excluded.labels, in_brackets(by_label));
    conditions.add(wanted.catalog_numbers, excluded.catalog_numbers,
                   in_brackets(by_catalog_number));
    conditions.add(wanted.barcodes, excluded.barcodes, in_brackets(by_barcode));
    conditions.add(wanted.formats, excluded.formats, in_brackets(by_format));
    conditions.add(wanted.countries, excluded.countries, in_brackets(by_country));
    conditions.add(wanted.statuses, excluded.statuses, in_brackets(by_status));
    if (filter.dated_from) {
        conditions.require(clause("r.date >= ? AND r.date < ':'", *filter.dated_from));
    }
    return conditions;
}

/// Whether there is no need to look at the releases of every album.
bool is_of_few_albums(const Filter& filter) {
    return filter.album_id || !filter.wanted.artists.empty() || !filter.wanted.titles.empty() ||
           filter.limit > 0;
}

bool is_of_few_releases(const Filter& filter) {
    const Terms& wanted = filter.wanted;
    return !wanted.labels.empty() || !wanted.catalog_numbers.empty() || !wanted.barcodes.empty();
}

/// That an album has a release that fits: album by album, or all such albums at once.
BoundSql has_release(const Filter& filter, Conditions fitting) {
    if (!filter.with_removed) fitting.require(clause("r.removed_at IS NULL"));
    const bool one_by_one = is_of_few_albums(filter) && !is_of_few_releases(filter);
    BoundSql has;
    has.append(one_by_one ? "EXISTS (SELECT 1 FROM releases r WHERE r.album_id = a.id AND "
                          : "a.id IN (SELECT r.album_id FROM releases r WHERE ");
    has.append(fitting.all());
    has.append(")");
    return has;
}

std::string_view direction(const Filter& filter) {
    return filter.order_direction == Direction::descending ? " DESC" : "";
}

/// By `key`, what is not known last; then by `rest`.
std::string order_by(const Filter& filter, std::string_view key, std::string_view rest) {
    return fmt::format(" ORDER BY {0} IS NULL, {0}{1}, {2}", key, direction(filter), rest);
}

constexpr std::string_view k_sort_name =
    "(SELECT fold(coalesce(s.sort_name, n.name)) FROM artist_credit_names n "
    "LEFT JOIN artists s ON s.id = n.artist_id WHERE n.artist_credit_id = a.artist_credit_id "
    "ORDER BY n.position LIMIT 1)";

constexpr std::string_view k_first_label =
    "(SELECT l.folded FROM label_info i JOIN labels l ON l.id = i.label_id "
    "WHERE i.release_id = r.id ORDER BY i.position LIMIT 1)";

std::string album_order(const AlbumFilter& filter) {
    switch (filter.order) {
        case AlbumOrder::by_id:
            return fmt::format(" ORDER BY a.id{}", direction(filter));
        case AlbumOrder::by_artist:
            return order_by(filter, k_sort_name,
                            "a.first_release_date IS NULL, a.first_release_date, a.title IS NULL, "
                            "fold(a.title), a.id");
        case AlbumOrder::by_title:
            return order_by(filter, "fold(a.title)", "a.id");
        case AlbumOrder::by_date:
            return order_by(filter, "a.first_release_date", "a.id");
        case AlbumOrder::by_import:
            return order_by(filter, "a.imported_at", "a.id");
        case AlbumOrder::by_releases:
            return fmt::format(" ORDER BY a.present_releases{}, a.id", direction(filter));
    }
    return "";
}

std::string release_order(const ReleaseFilter& filter) {
    switch (filter.order) {
        case ReleaseOrder::by_album:
            return fmt::format(" ORDER BY r.album_id{}, r.date IS NULL, r.date, r.id",
                               direction(filter));
        case ReleaseOrder::by_id:
            return fmt::format(" ORDER BY r.id{}", direction(filter));
        case ReleaseOrder::by_date:
            return order_by(filter, "r.date", "r.id");
        case ReleaseOrder::by_title:
            return order_by(filter, "fold(r.title)", "r.id");
        case ReleaseOrder::by_country:
            return order_by(filter, "r.country", "r.id");
        case ReleaseOrder::by_format:
            return order_by(filter, "r.format", "r.id");
        case ReleaseOrder::by_label:
            return order_by(filter, k_first_label, "r.id");
    }
    return "";
}

BoundSql part_of_list(const Filter& filter) {
    if (filter.limit <= 0 && filter.offset <= 0) return {};
    return clause(" LIMIT ? OFFSET ?", row_limit(filter.limit), filter.offset);
}

}  // namespace

std::string country_code(const std::string& country) {
    std::string code = fold(country);
    for (char& c : code) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return code;
}

void BoundSql::append(const BoundSql& other) {
    sql += other.sql;
    values.insert(values.end(), other.values.begin(), other.values.end());
}

BoundSql album_list_sql(const AlbumFilter& filter) {
    Conditions conditions = of_album(filter);
    if (filter.album_id) conditions.require(clause("a.id = ?", *filter.album_id));
    const Conditions release = of_release(filter);
    if (!release.empty()) conditions.require(has_release(filter, release));
    if (filter.since_ms) {
        conditions.require(clause("(a.created_at >= ? OR a.imported_at >= ?)", *filter.since_ms,
                                  *filter.since_ms));
    }
    BoundSql statement{std::string{sql::k_album_head}, {}};
    statement.append(conditions.where());
    statement.append(album_order(filter));
    statement.append(part_of_list(filter));
    return statement;
}

BoundSql release_list_sql(const ReleaseFilter& filter) {
    Conditions conditions = of_release(filter);
    if (filter.album_id) conditions.require(clause("r.album_id = ?", *filter.album_id));
    const Conditions album = of_album(filter);
    if (!album.empty()) {
        conditions.require(
            {"r.album_id IN (SELECT a.id FROM albums a WHERE " + album.all().sql + ")",
             album.all().values});
    }
    if (!filter.with_removed) conditions.require(clause("r.removed_at IS NULL"));
    if (filter.since_ms) conditions.require(clause("r.updated_at >= ?", *filter.since_ms));
    BoundSql statement{
        "SELECT r.id, r.album_id, r.format, r.removed_at, r.created_at FROM releases r", {}};
    statement.append(conditions.where());
    statement.append(release_order(filter));
    statement.append(part_of_list(filter));
    return statement;
}

void bind(pressings::sql::Query& query, const BoundSql& statement) {
    int index = 1;
    for (const auto& value : statement.values)
        std::visit([&](const auto& bound) { query.bind_one(index++, bound); }, value);
}

}  // namespace pressings::store::sql
