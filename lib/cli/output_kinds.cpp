#include "cli/output_kinds.hpp"

#include <algorithm>
#include <initializer_list>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"

namespace pressings::cli {

namespace {

bool begins_with_one_of(std::string_view text, std::initializer_list<std::string_view> beginnings) {
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&](std::string_view beginning) { return text.starts_with(beginning); });
}

bool is_export(std::string_view text) {
    constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(k_byte_order_mark)) text.remove_prefix(k_byte_order_mark.size());
    return text.empty() || begins_with_one_of(text, {R"({"album_id":)", R"({"release_id":)",
                                                     R"({"id":)", "album_id,", "release_id,"});
}

bool is_tables(std::string_view text) {
    using namespace std::string_view_literals;
    constexpr std::size_t k_place_of_application_id = 68;
    return text.starts_with("SQLite format 3\0"sv) && text.size() > k_place_of_application_id &&
           text.substr(k_place_of_application_id).starts_with("PrTb");
}

bool is_status(std::string_view text) {
    return begins_with_one_of(text, {R"({"jobs":{"pending":)", "# HELP pressings_"});
}

bool is_rejects(std::string_view text) {
    return text.starts_with(R"({"file":)") && text.find(R"("line":)") != std::string_view::npos &&
           text.find(R"("error":{"code":)") != std::string_view::npos;
}

bool is_candidates(std::string_view text) {
    return text.starts_with("decision,album,job,looked_for,");
}

}  // namespace

const OutputKind k_candidates_kind{"an earlier list of candidates", &is_candidates};
const OutputKind k_export_kind{"an earlier export", &is_export};
const OutputKind k_tables_kind{"an earlier export of this kind", &is_tables};
const OutputKind k_status_kind{"an earlier status of release-worker", &is_status};
const OutputKind k_rejects_kind{"an earlier file of rejects", &is_rejects};

void refuse_database(const CommonOptions& options, std::string_view option,
                     const std::string& file) {
    if (!store::is_part_of(database_location(options), file)) return;
    throw UsageError(fmt::format("{} {}: it belongs to the database; name another file", option,
                                 escape_controls(file)));
}

}  // namespace pressings::cli
