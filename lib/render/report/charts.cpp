#include "render/report/charts.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "render/report/editions.hpp"

namespace pressings::render::report {

namespace {

constexpr double k_wide = 1000;  // a chart's own measure; it is stretched to its place
constexpr double k_high = 100;

double ratio(std::int64_t part, std::int64_t whole) {
    return whole <= 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// The next of 1, 2, 5, 10, 20, 50, … that is not below `number`.
std::int64_t round_above(std::int64_t number) {
    for (std::int64_t power = 1;; power *= 10) {
        for (const std::int64_t step : {1, 2, 5}) {
            if (step * power >= number) return step * power;
        }
    }
}

/// "1.2 M", "34 k", "120": short enough for an axis.
std::string short_figure(double number) {
    constexpr double k_thousand = 1e3;
    constexpr double k_million = 1e6;
    if (number >= k_million) return fmt::format("{:g} M", number / k_million);
    if (number >= k_thousand) return fmt::format("{:g} k", number / k_thousand);
    return fmt::format("{:g}", number);
}

/// The way of the line through the points, and level from the last to the end.
std::string path_of(const std::vector<Growth::Point>& points, Millis until_ms, std::int64_t top) {
    const Millis begin_ms = points.front().at_ms;
    const Millis end_ms = std::max(until_ms, points.back().at_ms);
    std::string path;
    const auto go_to = [&](Millis at_ms, std::int64_t count) {
        path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : "L",
                            k_wide * ratio(at_ms - begin_ms, end_ms - begin_ms),
                            k_high - k_high * ratio(count, top));
    };
    for (const Growth::Point& point : points)
        go_to(point.at_ms, point.count);
    go_to(end_ms, points.back().count);
    return path;
}

std::string drawn_line(const std::vector<Growth::Point>& points, Millis until_ms,
                       std::int64_t top) {
    const std::string path = path_of(points, until_ms, top);
    return fmt::format(
        "<svg class=\"line\" viewBox=\"0 -2 {0:g} {1:g}\" preserveAspectRatio=\"none\" "
        "aria-hidden=\"true\"><path class=\"area\" d=\"{2}L{0:g} {3:g}L0 {3:g}Z\"/>"
        "<path class=\"stroke\" d=\"{2}\"/></svg>",
        k_wide, k_high + 4, path, k_high);
}

/// As exact as the time that the axis is long asks for.
std::string axis_time(Millis at_ms, Millis span_ms) {
    constexpr Millis k_day_ms = 86'400'000;
    const std::string text = format_time(at_ms);  // 2026-11-23T15:04:05.678Z
    if (span_ms < 2 * k_day_ms) return text.substr(11, 5);
    return text.substr(0, span_ms < 500 * k_day_ms ? 10 : 7);
}

std::int64_t sum_of(const FormatCounts& counts) {
    return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

std::string_view format_class(std::size_t format) {
    return to_string(static_cast<PlainFormat>(format));
}

/// Every decade from the first to the last; what is older than the last sixteen is one.
std::vector<std::pair<std::string, FormatCounts>> columns_of(
    const std::map<int, FormatCounts>& decades) {
    constexpr int k_most = 16;
    constexpr int k_years = 10;
    const int last = decades.rbegin()->first;
    const int first = std::max(decades.begin()->first, last - (k_most - 1) * k_years);
    std::vector<std::pair<std::string, FormatCounts>> columns;
    for (int decade = first; decade <= last; decade += k_years)
        columns.emplace_back(fmt::format("{}s", decade), FormatCounts{});
    if (decades.begin()->first < first) columns.front().first = fmt::format("to {}", first + 9);
    for (const auto& [decade, counts] : decades) {
        const auto at = static_cast<std::size_t>((std::max(decade, first) - first) / k_years);
        for (std::size_t i = 0; i < counts.size(); ++i)
            columns[at].second[i] += counts[i];
    }
    return columns;
}

using Columns = std::vector<std::pair<std::string, FormatCounts>>;

/// The parts of a column, the first format at its foot.
std::string drawn_column(const std::string& name, const FormatCounts& counts, double left,
                         double wide, std::int64_t top) {
    std::string parts;
    double foot = k_high;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] == 0) continue;
        const double high = k_high * ratio(counts[i], top);
        foot -= high;
        parts += fmt::format(
            "<rect class=\"{}\" x=\"{:.2f}%\" y=\"{:.2f}%\" width=\"{:.2f}%\" height=\"{:.2f}%\">"
            "<title>{}, {}: {}</title></rect>",
            format_class(i), left, foot, wide, high, name,
            format_title(static_cast<PlainFormat>(i)), figure(counts[i]));
    }
    return parts;
}

std::string drawn_columns(const Columns& columns, std::int64_t top) {
    std::string html = "<svg class=\"columns\" aria-hidden=\"true\">";
    const double slot = 100.0 / static_cast<double>(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const double left = slot * static_cast<double>(i) + slot * 0.14;
        html += drawn_column(columns[i].first, columns[i].second, left, slot * 0.72, top);
    }
    return html + "</svg>";
}

std::string legend(const Columns& columns) {
    FormatCounts all{};
    for (const auto& [name, counts] : columns) {
        for (std::size_t i = 0; i < all.size(); ++i)
            all[i] += counts[i];
    }
    std::string html = "<ul class=\"legend\">";
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i] == 0) continue;
        html += fmt::format(
            "<li><a href=\"albums.html#format={0}\"><span class=\"dot {0}\"></span>{1} "
            "<span class=\"soft\">{2}</span></a></li>",
            format_class(i), format_title(static_cast<PlainFormat>(i)), figure(all[i]));
    }
    return html + "</ul>";
}

std::string figures_table(const Columns& columns) {
    std::string html =
        "<details class=\"figures\"><summary>The figures</summary><div class=\"scroll\" "
        "tabindex=\"0\" role=\"region\" aria-label=\"Releases by decade and format\"><table>"
        "<thead><tr><th scope=\"col\">Decade</th>";
    for (std::size_t i = 0; i < FormatCounts{}.size(); ++i) {
        html += fmt::format("<th scope=\"col\" class=\"n\">{}</th>",
                            format_title(static_cast<PlainFormat>(i)));
    }
    html += "<th scope=\"col\" class=\"n\">All</th></tr></thead><tbody>";
    for (const auto& [name, counts] : columns) {
        html += fmt::format("<tr><th scope=\"row\">{}</th>", name);
        for (const std::int64_t count : counts)
            html += fmt::format("<td class=\"n\">{}</td>", figure(count));
        html += fmt::format("<td class=\"n\">{}</td></tr>", figure(sum_of(counts)));
    }
    return html + "</tbody></table></div></details>";
}

/// "1970s", of which a narrow page leaves "70s".
std::string narrowing_name(const std::string& decade) {
    if (!decade.ends_with('s') || decade.size() < 4) return decade;
    return "<i>" + decade.substr(0, decade.size() - 3) + "</i>" + decade.substr(decade.size() - 3);
}

std::string y_axis(std::int64_t top) {
    return fmt::format(
        "<div class=\"y\" aria-hidden=\"true\"><span>{}</span><span>{}</span>"
        "<span>0</span></div>",
        short_figure(static_cast<double>(top)), short_figure(static_cast<double>(top) / 2));
}

}  // namespace

std::string figure(std::int64_t number) {
    std::string text = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > (number < 0 ? 1 : 0); at -= 3)
        text.insert(static_cast<std::size_t>(at), ",");
    return text;
}

std::string rate(double number) {
    constexpr double k_many = 100;
    return number < k_many ? fmt::format("{:.1f}", number) : figure(std::llround(number));
}

std::string share(std::int64_t part, std::int64_t whole) {
    if (whole <= 0) return "–";
    const double percent = 100.0 * ratio(part, whole);
    if (part > 0 && percent < 1) return fmt::format("{:.1f} %", percent);
    return fmt::format("{:.0f} %", part < whole ? std::min(percent, 99.0) : percent);
}

std::string bar(std::int64_t part, std::int64_t whole) {
    return fmt::format(
        "<svg class=\"bar\" aria-hidden=\"true\"><rect class=\"track\" width=\"100%\" "
        "height=\"100%\" rx=\"3\"/><rect class=\"fill\" width=\"{:.2f}%\" height=\"100%\" "
        "rx=\"3\"/></svg>",
        100.0 * std::min(ratio(part, whole), 1.0));
}

std::string sparkline(const std::vector<Growth::Point>& points, Millis until_ms) {
    if (points.empty()) return "";
    return drawn_line(points, until_ms, std::max<std::int64_t>(1, points.back().count));
}

std::string line_chart(const std::vector<Growth::Point>& points, Millis until_ms,
                       std::string_view what) {
    if (points.empty()) return "<p class=\"soft\">Nothing yet.</p>";
    const std::int64_t count = points.back().count;
    const std::int64_t top = round_above(count);
    const Millis begin_ms = points.front().at_ms;
    const Millis end_ms = std::max(until_ms, points.back().at_ms);
    const Millis span_ms = end_ms - begin_ms;
    std::string html = fmt::format(
        "<figure class=\"chart\"><figcaption><b>{0}</b> {1}<span class=\"unseen\">, from 0 at {2} "
        "to {0} at {3}</span></figcaption><div class=\"plot\">{4}<div class=\"field\">{5}</div>",
        figure(count), what, format_time(begin_ms).substr(0, 16), format_time(end_ms).substr(0, 16),
        y_axis(top), drawn_line(points, end_ms, top));
    html += "<div class=\"x\" aria-hidden=\"true\">";
    for (const Millis at_ms : {begin_ms, begin_ms + span_ms / 2, end_ms})
        html += fmt::format("<span>{}</span>", axis_time(at_ms, span_ms));
    return html + "</div></div></figure>";
}

std::string decade_chart(const std::map<int, FormatCounts>& decades) {
    if (decades.empty()) return "<p class=\"soft\">No release has a year yet.</p>";
    const Columns columns = columns_of(decades);
    std::int64_t highest = 1;
    for (const auto& [name, counts] : columns)
        highest = std::max(highest, sum_of(counts));
    const std::int64_t top = round_above(highest);
    std::string html = legend(columns) + "<figure class=\"chart\"><div class=\"plot tall\">" +
                       y_axis(top) + "<div class=\"field\">" + drawn_columns(columns, top) +
                       "</div><div class=\"x slots\" aria-hidden=\"true\">";
    for (const auto& [name, counts] : columns)
        html += "<span>" + narrowing_name(name) + "</span>";
    return html + "</div></div></figure>" + figures_table(columns);
}

}  // namespace pressings::render::report
