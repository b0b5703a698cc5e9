#include "domain/identified_match.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "base/name_words.hpp"
#include "base/text.hpp"

namespace pressings {

namespace {

using Words = std::set<std::string>;

/// However the punctuation is read.
void add_words(Words& words, std::string_view name) {
    for (const auto& reading : words_of(name).readings)
        words.insert(reading.begin(), reading.end());
}

/// Words that names share by chance.
Words telling(const Words& words) {
    constexpr std::array<std::string_view, 8> k_untelling{"the", "a",  "an", "of",
                                                          "and", "in", "to", "&"};
    Words telling = words;
    for (const std::string_view word : k_untelling)
        telling.erase(std::string{word});
    return telling.empty() ? words : telling;
}

/// A name without words shares what it has with any.
bool shares_word(const Words& told, const Words& found) {
    if (told.empty() || found.empty()) return true;
    const Words some = telling(told);
    return std::any_of(some.begin(), some.end(),
                       [&](const std::string& word) { return found.count(word) != 0; });
}

Words title_words(const OfferedAlbum& group) {
    Words words;
    add_words(words, group.album.title.value_or(""));
    for (const std::string& alias : group.aliases)
        add_words(words, alias);
    for (const OfferedAlbum::Edition& edition : group.editions)
        add_words(words, edition.title);
    return words;
}

Words artist_words(const OfferedAlbum& group) {
    Words words;
    for (const CreditedArtist& credited : group.album.artist_credit) {
        add_words(words, credited.name);
        add_words(words, credited.artist.name);
        add_words(words, credited.artist.sort_name.value_or(""));
    }
    for (const auto& aliases : group.artist_aliases) {
        for (const std::string& alias : aliases)
            add_words(words, alias);
    }
    return words;
}

bool is_of_other_year(const NamedAlbum& named, const Album& album) {
    const auto year = album.first_release_date ? album.first_release_date->year : std::nullopt;
    return named.year && year && *named.year != *year;
}

bool is_by_others(const NamedAlbum& named, const OfferedAlbum& group) {
    if (is_various_artists(named.artist_credit) && is_various_artists(group.album.artist_credit)) {
        return false;
    }
    Words told;
    add_words(told, credit_text(named.artist_credit));
    return !shares_word(told, artist_words(group));
}

Candidate candidate_of(const OfferedAlbum& group) {
    constexpr std::size_t k_longest = 300;
    constexpr std::size_t k_longest_type = 60;
    const Album& album = group.album;
    Candidate candidate;
    candidate.mbid = *album.mbid;
    candidate.title = shorten(album.title.value_or(""), k_longest);
    candidate.artist = shorten(credit_text(album.artist_credit), k_longest);
    candidate.first_release_date = album.first_release_date;
    if (album.primary_type) candidate.primary_type = shorten(*album.primary_type, k_longest_type);
    for (const std::string& type : album.secondary_types) {
        if (candidate.secondary_types.size() == 10) break;
        candidate.secondary_types.push_back(shorten(type, k_longest_type));
    }
    if (album.disambiguation) candidate.disambiguation = shorten(*album.disambiguation, k_longest);
    return candidate;
}

}  // namespace

bool contradicts(const NamedAlbum& named, const OfferedAlbum& group) {
    if (!group.album.title) return false;
    if (match_album(named, {&group, 1}).verdict == MatchVerdict::safe) return false;
    if (is_of_other_year(named, group.album)) return true;
    Words told;
    add_words(told, named.title);
    return !shares_word(told, title_words(group)) || is_by_others(named, group);
}

std::vector<Candidate> candidates_among(std::span<const OfferedAlbum> groups) {
    std::vector<Candidate> candidates;
    std::set<Mbid> known;
    for (const OfferedAlbum& group : groups) {
        if (candidates.size() == k_most_candidates) break;
        if (known.insert(*group.album.mbid).second) candidates.push_back(candidate_of(group));
    }
    return candidates;
}

std::vector<OfferedAlbum> common_groups(const std::vector<OfferedAlbum>& a,
                                        const std::vector<OfferedAlbum>& b) {
    std::vector<OfferedAlbum> common;
    for (const OfferedAlbum& one : a) {
        const auto same = std::find_if(b.begin(), b.end(), [&](const OfferedAlbum& other) {
            return other.album.mbid == one.album.mbid;
        });
        if (same != b.end()) common.push_back(one.album.title ? one : *same);
    }
    return common;
}

}  // namespace pressings
