#include "domain/candidate_difference.hpp"

#include <fmt/format.h>

#include "domain/likeness.hpp"

namespace pressings {

namespace {

std::string compared(const char* what, const Name& told, const Name& found) {
    constexpr int k_much = 60;
    if (closeness(told, found)) return fmt::format("same {}", what);
    const int percent = likeness(told, found);
    if (percent >= k_much) return fmt::format("{} much like it ({} %)", what, percent);
    return fmt::format("another {}", what);
}

std::string compared_years(const NamedAlbum& named, const Candidate& candidate) {
    const auto& date = candidate.first_release_date;
    if (!date || !date->year) return named.year ? ", year not known" : "";
    if (!named.year) return fmt::format(", of {}", *date->year);
    return named.year == date->year ? ", same year"
                                    : fmt::format(", of {}, not {}", *date->year, *named.year);
}

}  // namespace

std::string difference(const NamedAlbum& named, const Candidate& candidate) {
    return compared("title", Name{named.title}, Name{candidate.title}) + ", " +
           compared("artist", Name{credit_text(named.artist_credit)}, Name{candidate.artist}) +
           compared_years(named, candidate);
}

}  // namespace pressings
