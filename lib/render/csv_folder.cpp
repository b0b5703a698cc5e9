#include "render/csv_folder.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/version.hpp"

namespace pressings::render {

namespace {

using nlohmann::ordered_json;

constexpr const char* k_package_name = "datapackage.json";

std::string file_name(const RowTable& table) {
    return fmt::format("{}.csv", table.name);
}

bool is_table_file(const std::string& path) {
    const auto tables = row_tables();
    return path == k_package_name ||
           std::any_of(tables.begin(), tables.end(),
                       [&](const RowTable* table) { return path == file_name(*table); });
}

constexpr cli::FolderKind k_csv_kind{
    "export of this kind", ".pressings-export",
    "An export of release-catalog. It is replaced as a whole when it is written again.\n",
    &is_table_file, [](const std::string&) { return false; }};

/// The names of https://specs.frictionlessdata.io/table-schema/#types-and-formats.
ordered_json field_json(const CellColumn& column) {
    switch (column.type) {
        case CellType::integer:
            return {{"name", column.name}, {"type", "integer"}};
        case CellType::boolean:
            return {{"name", column.name}, {"type", "boolean"}};
        case CellType::time:
            return {
                {"name", column.name}, {"type", "datetime"}, {"format", "%Y-%m-%dT%H:%M:%S.%fZ"}};
        case CellType::text:
            break;
    }
    return {{"name", column.name}, {"type", "string"}};
}

ordered_json schema_json(const RowTable& table) {
    ordered_json fields = ordered_json::array();
    ordered_json references = ordered_json::array();
    for (const CellColumn& column : table.columns) {
        fields.push_back(field_json(column));
        if (const RowTable* const other = referred_to(table, column.name)) {
            references.push_back(
                {{"fields", column.name},
                 {"reference", {{"resource", other->name}, {"fields", column.name}}}});
        }
    }
    ordered_json schema{{"fields", fields},
                        {"primaryKey", table.key},
                        {"missingValues", ordered_json::array({""})}};
    if (!references.empty()) schema["foreignKeys"] = references;
    return schema;
}

ordered_json resource_json(const RowTable& table) {
    return {{"profile", "tabular-data-resource"},
            {"name", table.name},
            {"path", file_name(table)},
            {"format", "csv"},
            {"mediatype", "text/csv"},
            {"encoding", "utf-8"},
            {"dialect",
             {{"delimiter", ","},
              {"lineTerminator", "\r\n"},
              {"quoteChar", "\""},
              {"doubleQuote", true},
              {"header", true}}},
            {"schema", schema_json(table)}};
}

std::string package_text() {
    ordered_json resources = ordered_json::array();
    for (const RowTable* table : row_tables())
        resources.push_back(resource_json(*table));
    const ordered_json package{
        {"profile", "tabular-data-package"},
        {"name", "pressings-catalogue"},
        {"title", "Albums and all their releases"},
        {"description", fmt::format("Written by release-catalog {}.", cli::k_version)},
        {"licenses",
         {{{"name", "CC0-1.0"}, {"path", "https://creativecommons.org/publicdomain/zero/1.0/"}}}},
        {"sources", {{{"title", "MusicBrainz"}, {"path", "https://musicbrainz.org/"}}}},
        {"resources", resources}};
    return package.dump(2) + "\n";
}

}  // namespace

struct CsvFolder::TableFile {
    TableFile(cli::OutputFolder& folder, const RowTable& table, const CsvStyle& style)
        : file(folder, file_name(table)), csv(file.output(), style.formulas) {
        if (style.byte_order_mark) file.output().write("\xEF\xBB\xBF");
        std::vector<std::string> names;
        for (const CellColumn& column : table.columns)
            names.emplace_back(column.name);
        csv.row(names);
    }

    cli::FolderFile file;
    cli::CsvWriter csv;
};

CsvFolder::CsvFolder(const std::string& path, const CsvStyle& style, std::string_view option)
    : m_folder(path, k_csv_kind, option) {
    for (const RowTable* table : row_tables())
        m_files.emplace(table, std::make_unique<TableFile>(m_folder, *table, style));
}

CsvFolder::~CsvFolder() = default;

void CsvFolder::row(const RowTable& table, const std::vector<std::string>& cells) {
    m_files.at(&table)->csv.row(cells);
}

void CsvFolder::keep() {
    for (const auto& [table, file] : m_files)
        file->file.output().flush();
    m_files.clear();
    m_folder.add(k_package_name, package_text());
    m_folder.publish();
}

}  // namespace pressings::render
