#include "domain/media_format.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace pressings {

namespace {

using enum PlainFormat;

constexpr std::array<std::string_view, 5> k_names{"vinyl", "cd", "digital", "cassette", "other"};

/// Sorted by name. Whole names, so that "SACD", "VCD" or "CDV" is no CD by accident of spelling.
/// A medium counts as what it plays as: a hybrid SACD has a layer for any CD player, an SACD not.
constexpr std::array<std::pair<std::string_view, PlainFormat>, 33> k_formats{{
    {"10\" Vinyl", vinyl},
    {"12\" Vinyl", vinyl},
    {"3\" Vinyl", vinyl},
    {"7\" Flexi-disc", vinyl},
    {"7\" Vinyl", vinyl},
    {"8cm CD", cd},
    {"8cm CD+G", cd},
    {"8cm CD-R", cd},
    {"Blu-spec CD", cd},
    {"CD", cd},
    {"CD+G", cd},
    {"CD-R", cd},
    {"Cassette", cassette},
    {"Copy Control CD", cd},
    {"DTS CD", cd},
    {"DVDplus (CD side)", cd},
    {"Data CD", cd},
    {"Digital Media", digital},
    {"Download Card", digital},
    {"DualDisc (CD side)", cd},
    {"Enhanced CD", cd},
    {"Flexi-disc", vinyl},
    {"HDCD", cd},
    {"HQCD", cd},
    {"Hybrid SACD", cd},
    {"Hybrid SACD (CD layer)", cd},
    {"Microcassette", cassette},
    {"Minimax CD", cd},
    {"Mixed Mode CD", cd},
    {"SHM-CD", cd},
    {"Vinyl", vinyl},
    {"VinylDisc (CD side)", cd},
    {"VinylDisc (Vinyl side)", vinyl},
}};
static_assert(std::is_sorted(k_formats.begin(), k_formats.end(),
                             [](const auto& a, const auto& b) { return a.first < b.first; }));

}  // namespace

std::string_view to_string(PlainFormat format) {
    return k_names[static_cast<std::size_t>(format)];
}

std::optional<PlainFormat> parse_plain_format(std::string_view name) {
    const auto found = std::find(k_names.begin(), k_names.end(), name);
    if (found == k_names.end()) return std::nullopt;
    return static_cast<PlainFormat>(found - k_names.begin());
}

PlainFormat plain_format(std::string_view medium_format) {
    const auto found = std::lower_bound(
        k_formats.begin(), k_formats.end(), medium_format,
        [](const auto& entry, std::string_view name) { return entry.first < name; });
    return found != k_formats.end() && found->first == medium_format ? found->second : other;
}

PlainFormat plain_format(std::span<const Medium> media) {
    std::array<int, k_names.size()> count{};
    PlainFormat best = other;
    for (const Medium& medium : media) {
        ++count[static_cast<std::size_t>(medium.format ? plain_format(*medium.format) : other)];
    }
    for (const Medium& medium : media) {
        const PlainFormat format = medium.format ? plain_format(*medium.format) : other;
        if (format == other) continue;
        const auto votes = count[static_cast<std::size_t>(format)];
        if (best == other || votes > count[static_cast<std::size_t>(best)]) best = format;
    }
    return best;
}

}  // namespace pressings
