#pragma once

#include <string>
#include <vector>

#include "render/report/tally.hpp"

/// Pictures of figures as SVG in a page. They have no styles of their own: report.css colours them
/// by class. What they show is there as text, too.
namespace pressings::render::report {

/// "12,345"
std::string figure(std::int64_t number);

/// "1.4", "27,491": as exact as its size asks for.
std::string rate(double number);

/// "97 %", "0.4 %"; of nothing "–".
std::string share(std::int64_t part, std::int64_t whole);

/// A bar as long as its share of `whole`.
std::string bar(std::int64_t part, std::int64_t whole);

/// A line without axes, for a card. Nothing if there are no points.
std::string sparkline(const std::vector<Growth::Point>& points, Millis until_ms);

/// A line with its axes, up to `until_ms`.
std::string line_chart(const std::vector<Growth::Point>& points, Millis until_ms,
                       std::string_view what);

/// A column for each decade, in parts by format, with a legend, and the figures as a table.
std::string decade_chart(const std::map<int, FormatCounts>& decades);

}  // namespace pressings::render::report
