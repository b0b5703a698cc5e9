#include "domain/edition_marks.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace pressings {

namespace {

using Editions = std::span<const Release* const>;
using Formats = std::vector<std::optional<std::string>>;

std::optional<int> track_count(const Medium& medium) {
    if (medium.track_count || !medium.tracks) return medium.track_count;
    const auto is_counted = [](const Track& track) { return track.kind == TrackKind::track; };
    return static_cast<int>(
        std::count_if(medium.tracks->begin(), medium.tracks->end(), is_counted));
}

Formats formats_of(const Release& release) {
    Formats formats;
    for (const Medium& medium : release.media)
        formats.push_back(medium.format);
    return formats;
}

/// Marks those editions whose value is known and not the commonest.
template <typename ValueOf, typename IsKnown>
void mark_unusual(Editions editions, std::vector<EditionMarks>& marks, bool EditionMarks::*mark,
                  const ValueOf& value_of, const IsKnown& is_known) {
    using Value = decltype(value_of(*editions.front()));
    std::map<Value, int> votes;
    for (const Release* edition : editions) {
        if (const Value value = value_of(*edition); is_known(value)) ++votes[value];
    }
    std::optional<Value> usual;
    for (const Release* edition : editions) {
        const Value value = value_of(*edition);
        if (is_known(value) && (!usual || votes[value] > votes[*usual])) usual = value;
    }
    for (std::size_t i = 0; i < editions.size(); ++i) {
        const Value value = value_of(*editions[i]);
        marks[i].*mark = is_known(value) && value != *usual;
    }
}

void mark_disambiguations(Editions editions, std::vector<EditionMarks>& marks) {
    const auto& first = editions.front()->disambiguation;
    const bool differ = std::any_of(editions.begin(), editions.end(), [&](const Release* edition) {
        return edition->disambiguation != first;
    });
    for (std::size_t i = 0; i < editions.size(); ++i)
        marks[i].disambiguation = differ && editions[i]->disambiguation.has_value();
}

/// What a list shows of an edition anyway, and what its marks add: equal if they read the same.
std::string shown(const Release& release, const EditionMarks& marks) {
    constexpr char k_end = '\0';
    std::string text;
    const auto add = [&](const std::optional<std::string>& part) {
        text += part.value_or("\1") + k_end;
    };
    add(release.date ? std::optional{release.date->to_string()} : std::nullopt);
    add(release.country);
    for (const LabelInfo& info : release.label_info) {
        add(info.label ? std::optional{info.label->name} : std::nullopt);
        add(info.catalog_number);
    }
    text += k_end;
    add(release.barcode);
    add(release.status);
    if (marks.title) add(release.title);
    for (const auto& format : marks.media ? formats_of(release) : Formats{})
        add(format);
    text += k_end;
    if (marks.tracks) add(std::to_string(track_count(release).value_or(0)));
    text += k_end;
    if (marks.disambiguation) add(release.disambiguation);
    return text;
}

/// Calls `with_group` for each set of editions that read the same, as their places in the list.
template <typename WithGroup>
void for_each_alike(const std::vector<std::string>& texts, const WithGroup& with_group) {
    std::map<std::string, std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < texts.size(); ++i)
        groups[texts[i]].push_back(i);
    for (const auto& [text, places] : groups) {
        if (places.size() > 1) with_group(places);
    }
}

void mark_packaging(Editions editions, std::vector<EditionMarks>& marks,
                    std::vector<std::string>& texts) {
    for_each_alike(texts, [&](const std::vector<std::size_t>& places) {
        const auto& first = editions[places.front()]->packaging;
        const bool differ = std::any_of(places.begin(), places.end(), [&](std::size_t place) {
            return editions[place]->packaging != first;
        });
        for (const std::size_t place : places) {
            const auto& packaging = editions[place]->packaging;
            marks[place].packaging = differ && packaging.has_value();
            if (marks[place].packaging) texts[place] += *packaging;
        }
    });
}

}  // namespace

std::optional<int> track_count(const Release& release) {
    if (release.media.empty()) return std::nullopt;
    int sum = 0;
    for (const Medium& medium : release.media) {
        const auto count = track_count(medium);
        if (!count) return std::nullopt;
        sum += *count;
    }
    return sum;
}

std::vector<EditionMarks> edition_marks(Editions editions) {
    std::vector<EditionMarks> marks(editions.size());
    if (editions.size() < 2) return marks;
    const auto is_any = [](const auto&) { return true; };
    mark_unusual(
        editions, marks, &EditionMarks::title, [](const Release& one) { return one.title; },
        is_any);
    mark_unusual(editions, marks, &EditionMarks::media, formats_of,
                 [](const Formats& formats) { return !formats.empty(); });
    mark_unusual(
        editions, marks, &EditionMarks::tracks, [](const Release& one) { return track_count(one); },
        [](const std::optional<int>& count) { return count.has_value(); });
    mark_disambiguations(editions, marks);
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < editions.size(); ++i)
        texts.push_back(shown(*editions[i], marks[i]));
    mark_packaging(editions, marks, texts);
    for_each_alike(texts, [&](const std::vector<std::size_t>& places) {
        for (const std::size_t place : places)
            marks[place].mbid = true;
    });
    return marks;
}

}  // namespace pressings
