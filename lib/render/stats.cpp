#include "render/stats.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "cli/json_values.hpp"

namespace pressings::render {

namespace {

using nlohmann::ordered_json;
using store::Count;

constexpr std::size_t k_name_columns = 24;
constexpr std::size_t k_narrowest_bar = 8;
constexpr std::size_t k_widest_bar = 40;

ordered_json counts_json(const std::vector<Count>& counts) {
    ordered_json list = ordered_json::array();
    for (const Count& count : counts)
        list.push_back({{"name", cli::or_null(count.name)}, {"releases", count.count}});
    return list;
}

ordered_json completeness_json(const store::CatalogueStats& stats) {
    return {{"albums_imported", stats.albums_imported},
            {"albums_waiting", stats.albums_waiting},
            {"albums_failed", stats.albums_failed},
            {"albums_never_asked", stats.albums_never_asked},
            {"releases_with_date", stats.with_date},
            {"releases_with_country", stats.with_country},
            {"releases_with_label", stats.with_label},
            {"releases_with_barcode", stats.with_barcode},
            {"releases_without_barcode", stats.without_barcode},
            {"releases_with_tracks", stats.with_tracks}};
}

/// A list of counts, each with its share of `whole`.
class CountList {
  public:
    CountList(std::size_t columns, cli::Output& output) : m_columns(columns), m_output(output) {}

    void print(const char* title, const std::vector<Count>& counts, std::int64_t whole) {
        if (counts.empty()) return;
        m_output.line(fmt::format("\n{}", title));
        std::size_t digits = 1;
        for (const Count& count : counts)
            digits = std::max(digits, std::to_string(count.count).size());
        for (const Count& count : counts)
            print(count, digits, whole);
    }

  private:
    void print(const Count& count, std::size_t digits, std::int64_t whole) {
        const std::string name =
            fit_width(escape_controls(count.name.value_or("(unknown)")), k_name_columns);
        std::string line = "  " + name + std::string(k_name_columns - display_width(name), ' ');
        line += fmt::format(" {:>{}} {:>5.1f} %", count.count, digits, percent(count.count, whole));
        const std::size_t used = display_width(line) + 2;
        if (m_columns >= used + k_narrowest_bar) {
            line += "  " + bar(count.count, whole, std::min(m_columns - used, k_widest_bar));
        }
        line.erase(line.find_last_not_of(' ') + 1);
        m_output.line(line);
    }

    static double percent(std::int64_t part, std::int64_t whole) {
        return whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
    }

    std::size_t m_columns;
    cli::Output& m_output;
};

void print_totals(const store::CatalogueStats& stats, cli::Output& output) {
    output.line(fmt::format("albums      {} ({} imported)", stats.albums, stats.albums_imported));
    output.line(
        fmt::format("releases    {} ({} removed besides)", stats.releases, stats.releases_removed));
    output.line(fmt::format("media       {}", stats.media));
    output.line(fmt::format("tracks      {}", stats.tracks));
    output.line(stats.recordings
                    ? fmt::format("recordings  {}", *stats.recordings)
                    : std::string{"recordings  not counted (--recordings reads all tracks)"});
    output.line(fmt::format("artists     {}", stats.artists));
    output.line(fmt::format("labels      {}", stats.labels));
}

}  // namespace

std::string bar(std::int64_t part, std::int64_t whole, std::size_t columns) {
    if (part <= 0 || whole <= 0) return "";
    constexpr const char* k_eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    const double share = static_cast<double>(std::min(part, whole)) / static_cast<double>(whole);
    const auto length = std::max<std::size_t>(
        1, static_cast<std::size_t>(share * 8.0 * static_cast<double>(columns)));
    std::string blocks;
    for (std::size_t i = 0; i < length / 8; ++i)
        blocks += "█";
    return blocks + k_eighths[length % 8];
}

ordered_json stats_json(const store::CatalogueStats& stats) {
    return {{"albums", stats.albums},
            {"albums_imported", stats.albums_imported},
            {"releases", stats.releases},
            {"releases_removed", stats.releases_removed},
            {"media", stats.media},
            {"tracks", stats.tracks},
            {"recordings", cli::or_null(stats.recordings)},
            {"artists", stats.artists},
            {"labels", stats.labels},
            {"completeness", completeness_json(stats)},
            {"by_format", counts_json(stats.by_format)},
            {"by_status", counts_json(stats.by_status)},
            {"by_country", counts_json(stats.by_country)},
            {"by_label", counts_json(stats.by_label)},
            {"by_decade", counts_json(stats.by_decade)}};
}

void print_stats(const store::CatalogueStats& stats, std::size_t columns, cli::Output& output) {
    print_totals(stats, output);
    CountList lists{columns, output};
    const std::int64_t releases = stats.releases;
    lists.print("albums",
                {{"imported", stats.albums_imported},
                 {"waiting", stats.albums_waiting},
                 {"failed", stats.albums_failed},
                 {"never asked", stats.albums_never_asked}},
                stats.albums);
    lists.print("releases that have",
                {{"a date", stats.with_date},
                 {"a country", stats.with_country},
                 {"a label", stats.with_label},
                 {"a barcode", stats.with_barcode},
                 {"no barcode, as is known", stats.without_barcode},
                 {"all their track lists", stats.with_tracks}},
                releases);
    lists.print("releases by format", stats.by_format, releases);
    lists.print("releases by status", stats.by_status, releases);
    lists.print("releases by country", stats.by_country, releases);
    lists.print("releases by label", stats.by_label, releases);
    lists.print("releases by decade", stats.by_decade, releases);
}

}  // namespace pressings::render
