#include <array>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "intake/columns.hpp"
#include "intake/readers.hpp"

namespace pressings::intake {

namespace {

constexpr std::array<std::string_view, 6> k_names{"auto", "ndjson", "json", "csv", "tsv", "mbid"};

Format format_of_name(std::string_view path) {
    std::string name = ascii_lower(path);
    for (const std::string_view packing : {".gz", ".xz", ".bz2", ".zst"}) {
        if (name.ends_with(packing)) {
            name.resize(name.size() - packing.size());
            break;
        }
    }
    if (name.ends_with(".ndjson") || name.ends_with(".jsonl")) return Format::ndjson;
    if (name.ends_with(".json")) return Format::json;
    if (name.ends_with(".csv")) return Format::csv;
    if (name.ends_with(".tsv") || name.ends_with(".tab")) return Format::tsv;
    if (name.ends_with(".mbid") || name.ends_with(".mbids")) return Format::mbid;
    return Format::automatic;
}

std::string_view first_line(std::string_view text) {
    while (!text.empty()) {
        const auto end = text.find('\n');
        const auto line = trim(text.substr(0, end));
        if (!line.empty() && line.front() != '#') return line;
        if (end == std::string_view::npos) return {};
        text.remove_prefix(end + 1);
    }
    return {};
}

bool names_columns(std::string_view line, char separator) {
    const std::string lower = ascii_lower(line);
    std::string_view rest = lower;
    while (!rest.empty()) {
        const auto end = std::min(rest.find(separator), rest.size());
        auto column = trim(rest.substr(0, end));
        if (column.size() > 1 && column.front() == '"')
            column = column.substr(1, column.size() - 2);
        if (is_telling_column(column)) return true;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

/// Of text whose first line opens an object: a record a line, or values laid out in another way.
Format format_of_objects(std::string_view line, std::string_view behind) {
    if (std::holds_alternative<AlbumRequest>(read_json_record(line, {}))) return Format::ndjson;
    if (line.find("\"release-groups\"") != std::string_view::npos) return Format::json;
    const bool lines = line.ends_with('}') || first_line(behind).starts_with('{');
    return lines ? Format::ndjson : Format::json;
}

Format format_of_content(std::string_view text) {
    const std::string_view line = first_line(text);
    if (line.starts_with('[')) return Format::json;
    if (line.starts_with('{')) {
        return format_of_objects(line, text.substr(text.find(line) + line.size()));
    }
    if (std::holds_alternative<AlbumRequest>(read_reference(line, {}))) return Format::mbid;
    if (names_columns(line, '\t') && line.find('\t') != std::string_view::npos) return Format::tsv;
    if (names_columns(line, ',') || names_columns(line, ';')) return Format::csv;
    return Format::automatic;
}

/// Spreadsheets write semicolons where the comma separates decimals.
char separator_of(std::string_view text) {
    const std::string_view header = first_line(text);
    const bool semicolons =
        header.find(',') == std::string_view::npos && header.find(';') != std::string_view::npos;
    return semicolons ? ';' : ',';
}

Format find_format(const std::string& path, TextInput& input) {
    const Format named = format_of_name(path);
    if (named != Format::automatic) return named;
    const Format found = format_of_content(input.beginning());
    if (found != Format::automatic) return found;
    throw Error(
        fmt::format("{}: cannot tell what format it is; say --format ndjson, json, csv, "
                    "tsv or mbid (a list of barcodes is a csv whose first line is \"barcode\")",
                    input.name()));
}

}  // namespace

std::optional<Format> parse_format(std::string_view name) {
    for (std::size_t i = 0; i < k_names.size(); ++i) {
        if (name == k_names[i]) return static_cast<Format>(i);
    }
    return std::nullopt;
}

std::unique_ptr<RecordReader> open_batch(const std::string& path, Format format,
                                         const RecordDefaults& defaults) {
    auto input = std::make_unique<TextInput>(path);
    if (input->peek() < 0) throw Error(fmt::format("{} is empty", input->name()));
    if (format == Format::automatic) format = find_format(path, *input);
    const char comma = separator_of(input->beginning());
    switch (format) {
        case Format::automatic:
        case Format::ndjson:
            return make_ndjson_reader(std::move(input), defaults);
        case Format::json:
            return make_json_reader(std::move(input), defaults);
        case Format::csv:
            return make_delimited_reader(std::move(input), comma, defaults);
        case Format::tsv:
            return make_delimited_reader(std::move(input), '\t', defaults);
        case Format::mbid:
            return make_mbid_reader(std::move(input), defaults);
    }
    throw Error("no such format");
}

}  // namespace pressings::intake
