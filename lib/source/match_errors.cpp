#include "source/match_errors.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "source/fault_table.hpp"

namespace pressings::source {

namespace {

constexpr std::size_t k_most_shown = 5;

std::string shown(const std::vector<Candidate>& candidates) {
    std::string text;
    for (const Candidate& candidate : candidates) {
        if (&candidate == candidates.data() + k_most_shown) return text + ", …";
        const std::string date =
            candidate.first_release_date ? candidate.first_release_date->to_string() : "no date";
        text += fmt::format("{}{} ({}, {})", text.empty() ? "" : ", ", candidate.mbid.to_string(),
                            candidate.primary_type.value_or("no type"), date);
    }
    return escape_controls(text);
}

}  // namespace

void refuse_match(const NamedAlbum& named, AlbumMatch match) {
    const bool is_ambiguous = match.verdict == MatchVerdict::ambiguous;
    const std::string list =
        match.candidates.empty()
            ? ""
            : fmt::format("{} {}",
                          is_ambiguous ? ":" : "; the likeliest:", shown(match.candidates));
    SourceError error =
        answer_error(is_ambiguous ? "ambiguous" : "not_found",
                     is_ambiguous ? fmt::format("{}: {}{}", described(named), match.reason, list)
                                  : fmt::format("no release group is safely {}: {}{}",
                                                described(named), match.reason, list));
    error.candidates = std::move(match.candidates);
    throw error;
}

}  // namespace pressings::source
