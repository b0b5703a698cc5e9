#include "store/sqlite/guess.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "store/sqlite/album_rows.hpp"
#include "store/sqlite/catalogue_rows.hpp"
#include "store/sqlite/change_sql.hpp"
#include "store/sqlite/text_list.hpp"

namespace pressings::store::sqlite {

namespace {

constexpr char k_separator = '\x1F';

bool agrees(const std::string& told, const std::optional<std::string>& known) {
    return known && told == *known;
}

/// One that is known more exactly agrees.
bool agrees(const PartialDate& told, const std::optional<PartialDate>& known) {
    if (!known || (told.year && told.year != known->year)) return false;
    return (!told.month || told.month == known->month) && (!told.day || told.day == known->day);
}

/// One that names artists by their MBIDs agrees with what reads the same.
bool agrees(const ArtistCredit& told, const ArtistCredit& known) {
    if (credit_text(told) != credit_text(known)) return false;
    const bool names_mbids = std::any_of(told.begin(), told.end(), [](const auto& credited) {
        return credited.artist.mbid.has_value();
    });
    return !names_mbids || told == known;
}

bool agrees(std::vector<std::string> told, std::vector<std::string> known) {
    const auto normalise = [](std::vector<std::string>& types) {
        std::transform(types.begin(), types.end(), types.begin(), ascii_lower);
        std::sort(types.begin(), types.end());
    };
    normalise(told);
    normalise(known);
    return told == known;
}

bool is_told(const ArtistCredit& credit) {
    return !credit.empty();
}
bool is_told(const std::vector<std::string>& types) {
    return !types.empty();
}
template <typename Value>
bool is_told(const std::optional<Value>& value) {
    return value.has_value();
}

const ArtistCredit& value_of(const ArtistCredit& credit) {
    return credit;
}
const std::vector<std::string>& value_of(const std::vector<std::string>& types) {
    return types;
}
template <typename Value>
const Value& value_of(const std::optional<Value>& value) {
    return *value;
}

/// Calls `visit(name, field)` for each field that a user may set.
template <typename Visit>
void for_each_field(Visit visit) {
    visit("title", &Album::title);
    visit("artists", &Album::artist_credit);
    visit("first_release_date", &Album::first_release_date);
    visit("primary_type", &Album::primary_type);
    visit("secondary_types", &Album::secondary_types);
    visit("disambiguation", &Album::disambiguation);
}

void save_guess(Connection& connection, CatalogueWriter& writer, std::int64_t album_id,
                const Album& guess) {
    const auto credit = writer.credit_id(guess.artist_credit);
    connection.query(sql::k_save_told)
        .bind(album_id, guess.title, credit, guess.first_release_date, guess.primary_type,
              join_list(guess.secondary_types, k_separator), guess.disambiguation)
        .run();
}

}  // namespace

Album load_guess(Connection& connection, std::int64_t album_id) {
    Album guess;
    std::optional<std::int64_t> credit;
    {
        Query row = connection.query(sql::k_load_told);
        if (!row.bind(album_id).step()) return guess;
        guess.title = row.maybe_text(0);
        credit = row.maybe_integer(1);
        guess.first_release_date = row.maybe_date(2);
        guess.primary_type = row.maybe_text(3);
        if (const auto types = row.maybe_text(4))
            guess.secondary_types = split_list(*types, k_separator);
        guess.disambiguation = row.maybe_text(5);
    }
    guess.artist_credit = load_credit(connection, credit);
    return guess;
}

Told compare_told(Connection& connection, std::int64_t album_id, const Album& told) {
    Told result;
    bool says_something = false;
    for_each_field([&](const char*, auto field) { says_something |= is_told(told.*field); });
    if (!says_something) return result;
    result.stored = load_album(connection, album_id).value_or(Album{});
    result.guess = load_guess(connection, album_id);
    result.imported = is_imported(connection, album_id);
    for_each_field([&](const char* name, auto field) {
        if (!is_told(told.*field)) return;
        auto& told_before = result.guess.*field;
        auto& known = is_told(told_before) ? told_before : result.stored.*field;
        if (is_told(known) && agrees(value_of(told.*field), known)) return;
        result.news.emplace_back(name);
        (result.imported ? told_before : result.stored.*field) = told.*field;
    });
    return result;
}

void write_told(Connection& connection, CatalogueWriter& writer, std::int64_t album_id,
                const Told& told) {
    if (told.news.empty()) return;
    if (told.imported) {
        save_guess(connection, writer, album_id, told.guess);
    } else {
        writer.write_album(album_id, told.stored);
    }
}

void keep_guess(Connection& connection, CatalogueWriter& writer, std::int64_t album_id,
                const Album& stored, const Album& official) {
    Album guess;
    bool differs = false;
    for_each_field([&](const char*, auto field) {
        const bool overruled = is_told(stored.*field) && is_told(official.*field) &&
                               !agrees(value_of(stored.*field), official.*field);
        if (!overruled) return;
        guess.*field = stored.*field;
        differs = true;
    });
    if (differs) save_guess(connection, writer, album_id, guess);
}

}  // namespace pressings::store::sqlite
