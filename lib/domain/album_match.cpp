#include "domain/album_match.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <tuple>

#include <fmt/format.h>

#include "base/name_words.hpp"
#include "base/text.hpp"
#include "domain/album_fit.hpp"
#include "domain/title_marks.hpp"

namespace pressings {

namespace {

Candidate candidate_of(const Fit& fit) {
    constexpr std::size_t k_longest_name = 300;
    constexpr std::size_t k_longest_type = 60;
    constexpr std::size_t k_most_types = 10;
    const auto cut = [](const std::optional<std::string>& text, std::size_t longest) {
        return text ? std::optional{shorten(*text, longest)} : std::nullopt;
    };
    const Album& album = fit.offered->album;
    Candidate candidate;
    candidate.mbid = *album.mbid;
    candidate.title = shorten(album.title.value_or(""), k_longest_name);
    candidate.artist = shorten(credit_text(album.artist_credit), k_longest_name);
    candidate.first_release_date = album.first_release_date;
    candidate.primary_type = cut(album.primary_type, k_longest_type);
    for (const std::string& type : album.secondary_types) {
        if (candidate.secondary_types.size() == k_most_types) break;
        candidate.secondary_types.push_back(shorten(type, k_longest_type));
    }
    candidate.disambiguation = cut(album.disambiguation, k_longest_name);
    candidate.score = fit.offered->score.value_or(fit.likeness);
    return candidate;
}

/// The likeliest first: what is meant, what is named so, what is much like it.
auto order_of(const Fit& fit) {
    constexpr int k_far = 100;
    const int kind = fit.is_meant() ? 0 : fit.is_named() ? 1 : 2;
    const int distance = (fit.title ? static_cast<int>(*fit.title) : k_far) +
                         (fit.credit ? static_cast<int>(*fit.credit) : k_far);
    return std::tuple{kind,
                      -fit.likeness,
                      static_cast<int>(fit.year) + static_cast<int>(fit.type) +
                          static_cast<int>(fit.disambiguation),
                      distance + fit.primary_rank + fit.secondary_rank,
                      -fit.offered->score.value_or(0),
                      *fit.offered->album.mbid};
}

bool is_worth_showing(const Fit& fit) {
    constexpr int k_least_likeness = 50;
    return fit.is_named() || fit.likeness >= k_least_likeness;
}

bool is_half_named(const Fit& fit) {
    constexpr int k_least_likeness = 75;
    return fit.title || fit.credit_likeness >= k_least_likeness;
}

/// What is much like it; where nothing is, a little of what has the title, or the artist.
std::vector<Candidate> candidates_of(std::vector<Fit> fits) {
    constexpr std::size_t k_most_far = 5;
    const bool is_any_near = std::any_of(fits.begin(), fits.end(), is_worth_showing);
    std::erase_if(fits, [&](const Fit& fit) {
        return !is_worth_showing(fit) && (is_any_near || !is_half_named(fit));
    });
    const std::size_t most = is_any_near ? k_most_candidates : k_most_far;
    std::sort(fits.begin(), fits.end(),
              [](const Fit& a, const Fit& b) { return order_of(a) < order_of(b); });
    std::vector<Candidate> candidates;
    for (const Fit& fit : fits) {
        if (candidates.size() == most) break;
        candidates.push_back(candidate_of(fit));
    }
    return candidates;
}

/// The one that is closer than every other, if there is one.
const Fit* closest_of(const std::vector<Fit>& fits) {
    for (const Fit& fit : fits) {
        const bool wins =
            fit.is_meant() && std::all_of(fits.begin(), fits.end(), [&](const Fit& other) {
                return &other == &fit || !other.is_meant() || is_closer(fit, other);
            });
        if (wins) return &fit;
    }
    return nullptr;
}

/// "(1994)"
std::optional<int> year_in_title(std::string_view title) {
    const auto marked = without_marks(title);
    return marked ? marked->year : std::nullopt;
}

std::string why_none(const NamedAlbum& named, const std::vector<Fit>& fits) {
    const auto count = [&](auto is_so) { return std::count_if(fits.begin(), fits.end(), is_so); };
    const auto all = count([](const Fit& fit) { return fit.is_named(); });
    if (all == 0) return "no release group has that title and that artist";
    const auto of_year =
        count([](const Fit& fit) { return fit.is_named() && fit.year != Agreement::other; });
    if (of_year == 0) {
        const auto year = named.year ? named.year : year_in_title(named.title);
        return fmt::format("{} of that title and artist, but none first released in {}",
                           all == 1 ? "there is a release group" : "there are release groups",
                           year.value_or(0));
    }
    const auto of_type = count([](const Fit& fit) {
        return fit.is_named() && fit.year != Agreement::other && fit.type != Agreement::other;
    });
    if (of_type == 0) {
        return fmt::format("what has that title and artist is no {}",
                           escape_controls(shorten(named.primary_type.value_or(""), 60)));
    }
    return "what has that name may be another album; the year of its first release would tell";
}

/// `others` are shown besides, for one of them may be meant after all.
std::string which_of(std::ptrdiff_t meant, std::ptrdiff_t others) {
    const std::string text = fmt::format("it may be one of {} release groups", meant);
    if (others <= 0) return text;
    return text + fmt::format(", less likely {} other{} like {}", others, others == 1 ? "" : "s",
                              meant == 1 ? "it" : "them");
}

}  // namespace

AlbumMatch match_album(const NamedAlbum& named, std::span<const OfferedAlbum> offered) {
    std::vector<Fit> fits = fits_of(named, offered);
    AlbumMatch match;
    if (const Fit* closest = closest_of(fits)) {
        match.verdict = MatchVerdict::safe;
        match.mbid = closest->offered->album.mbid;
        match.candidates = {candidate_of(*closest)};
        return match;
    }
    const auto meant =
        std::count_if(fits.begin(), fits.end(), [](const Fit& fit) { return fit.is_meant(); });
    match.verdict = meant > 0 ? MatchVerdict::ambiguous : MatchVerdict::not_found;
    match.candidates = candidates_of(fits);
    const auto shown = static_cast<std::ptrdiff_t>(match.candidates.size());
    match.reason = meant > 0 ? which_of(meant, shown - meant) : why_none(named, fits);
    return match;
}

std::string described(const NamedAlbum& named) {
    constexpr std::size_t k_longest = 300;
    const std::string year = named.year ? fmt::format(" ({})", *named.year) : "";
    return escape_controls(shorten(
        fmt::format("\"{}\" by \"{}\"{}", named.title, credit_text(named.artist_credit), year),
        k_longest));
}

bool is_various_artists(const ArtistCredit& credit) {
    constexpr std::array<std::string_view, 6> k_ways{"various artists", "various", "va", "v a",
                                                     "various artist",  "v.a."};
    if (credit.size() != 1) return false;
    if (credit[0].artist.mbid) return credit[0].artist.mbid == various_artists();
    const auto words = words_of(credit[0].name);
    return std::any_of(k_ways.begin(), k_ways.end(),
                       [&](std::string_view way) { return is_same(words, words_of(way)); });
}

Mbid various_artists() {
    static const Mbid k_mbid = *Mbid::parse("89ad4ac3-39f7-470e-963a-56509c546377");
    return k_mbid;
}

}  // namespace pressings
