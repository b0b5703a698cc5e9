#include "domain/user_values.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"

namespace pressings {

namespace {

bool agrees(const std::string& given, const std::optional<std::string>& known) {
    return known && given == *known;
}

/// One that is known more exactly agrees.
bool agrees(const PartialDate& given, const std::optional<PartialDate>& known) {
    if (!known || (given.year && given.year != known->year)) return false;
    return (!given.month || given.month == known->month) && (!given.day || given.day == known->day);
}

/// One that names artists by their MBIDs agrees with what reads the same.
bool agrees(const ArtistCredit& given, const ArtistCredit& known) {
    if (credit_text(given) != credit_text(known)) return false;
    const bool names_mbids = std::any_of(given.begin(), given.end(), [](const auto& credited) {
        return credited.artist.mbid.has_value();
    });
    return !names_mbids || given == known;
}

bool agrees(std::vector<std::string> given, std::vector<std::string> known) {
    const auto normalise = [](std::vector<std::string>& types) {
        std::transform(types.begin(), types.end(), types.begin(), ascii_lower);
        std::sort(types.begin(), types.end());
    };
    normalise(given);
    normalise(known);
    return given == known;
}

template <typename List>
bool is_given(const List& list) {
    return !list.empty();
}
template <typename Value>
bool is_given(const std::optional<Value>& value) {
    return value.has_value();
}

template <typename List>
const List& value_of(const List& list) {
    return list;
}
template <typename Value>
const Value& value_of(const std::optional<Value>& value) {
    return *value;
}

/// Calls `visit(name, field)` for each field that a user may set.
template <typename Visit>
void visit_user_fields(Visit visit) {
    visit("title", &Album::title);
    visit("artists", &Album::artist_credit);
    visit("first_release_date", &Album::first_release_date);
    visit("primary_type", &Album::primary_type);
    visit("secondary_types", &Album::secondary_types);
    visit("disambiguation", &Album::disambiguation);
}

}  // namespace

bool gives_user_values(const Album& album) {
    bool gives = false;
    visit_user_fields([&](const char*, auto field) { gives |= is_given(album.*field); });
    return gives;
}

UserUpdate apply_user_values(KnownAlbum known, const Album& given) {
    UserUpdate update;
    visit_user_fields([&](const char* name, auto field) {
        if (!is_given(given.*field)) return;
        auto& of_user = known.user_values.*field;
        const auto& before = is_given(of_user) ? of_user : known.album.*field;
        if (is_given(before) && agrees(value_of(given.*field), before)) return;
        update.differing.emplace_back(name);
        (known.imported ? of_user : known.album.*field) = given.*field;
    });
    update.known = std::move(known);
    return update;
}

std::optional<Album> overruled_values(const Album& album, const Album& official) {
    Album overruled;
    visit_user_fields([&](const char*, auto field) {
        const bool differs = is_given(album.*field) && is_given(official.*field) &&
                             !agrees(value_of(album.*field), official.*field);
        if (differs) overruled.*field = album.*field;
    });
    return gives_user_values(overruled) ? std::optional{overruled} : std::nullopt;
}

Album fill_from(Album official, const Album& stored) {
    official.mbid = stored.mbid;
    const auto fill = [&](auto field) {
        if (!is_given(official.*field)) official.*field = stored.*field;
    };
    fill(&Album::title);
    fill(&Album::artist_credit);
    fill(&Album::first_release_date);
    fill(&Album::primary_type);
    fill(&Album::disambiguation);
    fill(&Album::aliases);
    fill(&Album::genres);
    return official;
}

}  // namespace pressings
