#include "domain/year_range.hpp"

#include <charconv>

namespace pressings {

namespace {

std::optional<int> parse_year(std::string_view text) {
    const bool is_padded = text.starts_with('0');
    if (text.empty() || text.size() > 4 || is_padded) return std::nullopt;
    int year = 0;
    const char* const end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, year);
    const bool is_year = result.ec == std::errc{} && result.ptr == end;
    return is_year && year >= YearRange::k_earliest ? std::optional{year} : std::nullopt;
}

/// `open` is what stands for a side that is not given.
std::optional<int> parse_side(std::string_view text, int open) {
    return text.empty() ? std::optional{open} : parse_year(text);
}

}  // namespace

std::optional<YearRange> YearRange::parse(std::string_view text) {
    const auto dots = text.find("..");
    if (dots == std::string_view::npos) {
        const auto year = parse_year(text);
        return year ? std::optional{YearRange{*year, *year}} : std::nullopt;
    }
    if (text.size() == 2) return std::nullopt;
    const auto first = parse_side(text.substr(0, dots), k_earliest);
    const auto last = parse_side(text.substr(dots + 2), k_latest);
    if (!first || !last || *first > *last) return std::nullopt;
    return YearRange{*first, *last};
}

}  // namespace pressings
