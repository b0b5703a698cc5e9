// The part of SqlCatalogueReader that tells what filters can name.
#include <algorithm>

#include "base/text.hpp"
#include "store/sql/catalogue/reader_sql.hpp"
#include "store/sql/catalogue/sql_catalogue_reader.hpp"

namespace pressings::store::sql {

namespace {

std::vector<std::string> counted(Connection& connection, const char* what) {
    Query row = connection.query(sql::k_counted_values);
    row.bind(what);
    std::vector<std::string> values;
    while (row.step())
        values.push_back(row.text(0));
    return values;
}

bool has(const std::vector<std::string>& values, const std::string& folded) {
    return std::any_of(values.begin(), values.end(),
                       [&](const std::string& value) { return fold(value) == folded; });
}

}  // namespace

bool SqlCatalogueReader::has_value(Facet facet, const std::string& value) {
    return guarded(m_connection, [&] {
        m_connection.add_text_functions();
        ReadTransaction view{m_connection};
        const std::string folded = facet == Facet::country ? country_code(value) : fold(value);
        const auto exists = [&](std::string_view statement) {
            Query row = m_connection.query(statement);
            row.bind_one(1, folded);
            if (facet == Facet::label) row.bind_one(2, Mbid::parse(value));
            return row.step() && row.integer(0) != 0;
        };
        switch (facet) {
            case Facet::format:
                return has(counted(m_connection, "format"), folded);
            case Facet::status:
                return has(counted(m_connection, "status"), folded);
            case Facet::country:
                return has(counted(m_connection, "country"), fold(value)) ||
                       exists(sql::k_has_country);
            case Facet::type:
                return exists(sql::k_has_type);
            case Facet::label:
                return exists(sql::k_has_label);
        }
        return false;
    });
}

std::vector<std::string> SqlCatalogueReader::values(Facet facet) {
    return guarded(m_connection, [&] {
        ReadTransaction view{m_connection};
        const auto all = [&](std::string_view statement) {
            std::vector<std::string> values;
            Query row = m_connection.query(statement);
            while (row.step())
                values.push_back(row.text(0));
            return values;
        };
        switch (facet) {
            case Facet::format:
                return counted(m_connection, "format");
            case Facet::status:
                return counted(m_connection, "status");
            case Facet::country:
                return all(sql::k_countries);
            case Facet::type:
                return all(sql::k_types);
            case Facet::label:
                return all(sql::k_labels);
        }
        return std::vector<std::string>{};
    });
}

}  // namespace pressings::store::sql
