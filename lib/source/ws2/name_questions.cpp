#include "source/ws2/name_questions.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/name_words.hpp"
#include "base/text.hpp"
#include "domain/title_forms.hpp"
#include "source/ws2/query_text.hpp"

namespace pressings::source {

namespace {

/// Of the clauses for a title, which a URL must hold: servers take eight KB of it, escaped.
constexpr std::size_t k_longest_clauses = 1'500;

void add_once(std::vector<std::string>& clauses, std::string clause) {
    const bool is_new = std::find(clauses.begin(), clauses.end(), clause) == clauses.end();
    if (is_new) clauses.push_back(std::move(clause));
}

bool is_long(const std::vector<std::string>& clauses) {
    std::size_t bytes = 0;
    for (const std::string& clause : clauses)
        bytes += clause.size();
    return bytes > k_longest_clauses;
}

/// Words by which something is found; not those that are written in several ways, or left out,
/// and no signs, of which the index has none.
std::vector<std::string> telling(std::vector<std::string> words) {
    constexpr std::array<std::string_view, 13> k_untelling{
        "the",    "a",    "an",  "feat",   "ft", "featuring", "vs",
        "versus", "with", "vol", "volume", "pt", "part"};
    std::vector<std::string> telling = words;
    std::erase_if(telling, [&](const std::string& word) {
        return is_conjunction(word) || is_sign(word) ||
               std::find(k_untelling.begin(), k_untelling.end(), word) != k_untelling.end();
    });
    return telling.empty() ? std::move(words) : telling;
}

/// All words of `name`, however its punctuation is read, in one of the fields.
std::vector<std::string> in_any_field(std::string_view name,
                                      const std::vector<std::string_view>& fields) {
    std::vector<std::string> clauses;
    const NameWords words = words_of(name);
    for (const auto& reading : words.readings) {
        for (const std::string_view field : fields) {
            if (words.is_empty()) {
                add_once(clauses, fmt::format("{}:{}", field, lucene_phrase(name)));
            } else {
                add_once(clauses, fmt::format("{}:{}", field, lucene_words(telling(reading))));
            }
        }
    }
    return clauses;
}

}  // namespace

std::string either(const std::vector<std::string>& clauses) {
    return fmt::format("({})", fmt::join(clauses, " OR "));
}

std::string NameQuestions::plain() const {
    return fmt::format("releasegroup:{} AND {}", lucene_phrase(m_named.title),
                       has_known_artists() ? known_artists() : "artist:" + lucene_phrase(artist()));
}

std::string NameQuestions::wide() const {
    return joined(has_known_artists() ? known_artists() : artists());
}

std::string NameQuestions::of(const std::vector<FoundArtist>& artists) const {
    std::vector<std::string> clauses;
    for (const FoundArtist& found : artists)
        clauses.push_back("arid:" + found.artist.mbid->to_string());
    return title_first(either(clauses));
}

std::string NameQuestions::loose() const {
    if (has_known_artists()) return title_first(known_artists());
    return has_telling_title() ? either(titles()) : artists();
}

std::string NameQuestions::near() const {
    const auto title = telling(words_of(m_named.title).readings[1]);
    const auto names = telling(words_of(artist()).readings[1]);
    const std::string titles = "releasegroup:" + lucene_like(title);
    if (has_known_artists()) return titles + " AND " + known_artists();
    return titles + " AND artist:" + lucene_like(names);
}

std::string NameQuestions::for_releases() const {
    auto clauses = in_any_field(m_named.title, {"release"});
    for (const std::string& title : looser_titles(m_named)) {
        if (is_long(clauses)) break;
        for (std::string& clause : in_any_field(title, {"release"}))
            add_once(clauses, std::move(clause));
    }
    return either(clauses) + " AND " +
           (has_known_artists()
                ? known_artists()
                : either(in_any_field(artist(), {"artist", "artistname", "creditname"})));
}

bool NameQuestions::has_words() const {
    return has_telling_title() && (has_known_artists() || !words_of(artist()).is_empty());
}

std::string NameQuestions::for_artists() const {
    const std::string name = lucene_phrase(artist());
    return either({"artist:" + name, "alias:" + name, "sortname:" + name});
}

bool NameQuestions::has_known_artists() const {
    const ArtistCredit& credit = m_named.artist_credit;
    return is_various_artists(credit) ||
           (!credit.empty() &&
            std::all_of(credit.begin(), credit.end(), [](const CreditedArtist& credited) {
                return credited.artist.mbid.has_value();
            }));
}

std::string NameQuestions::known_artists() const {
    if (is_various_artists(m_named.artist_credit)) {
        return "arid:" + various_artists().to_string();
    }
    std::vector<std::string> clauses;
    for (const CreditedArtist& credited : m_named.artist_credit)
        clauses.push_back("arid:" + credited.artist.mbid->to_string());
    return fmt::format("{}", fmt::join(clauses, " AND "));
}

std::string NameQuestions::artists() const {
    auto clauses = in_any_field(artist(), {"artist", "artistname", "creditname"});
    const std::string lower = ascii_lower(artist());
    for (const std::string_view mark : {" feat", " ft. ", " ft "}) {
        const auto at = lower.find(mark);
        if (at == std::string::npos || at == 0) continue;
        for (std::string& clause : in_any_field(artist().substr(0, at), {"artist"})) {
            add_once(clauses, std::move(clause));
        }
    }
    return either(clauses);
}

bool NameQuestions::has_telling_title() const {
    return !words_of(m_named.title).is_empty();
}

std::string NameQuestions::joined(const std::string& artists) const {
    return has_telling_title() ? either(titles()) + " AND " + artists : artists;
}

std::string NameQuestions::title_first(const std::string& artists) const {
    return has_telling_title() ? fmt::format("({}) OR ({})", joined(artists), artists) : artists;
}

std::vector<std::string> NameQuestions::titles() const {
    const std::vector<std::string_view> fields{"releasegroup", "alias", "release"};
    auto clauses = in_any_field(m_named.title, fields);
    for (const std::string& title : looser_titles(m_named)) {
        if (is_long(clauses)) break;
        for (std::string& clause : in_any_field(title, {"releasegroup", "alias"}))
            add_once(clauses, std::move(clause));
    }
    return clauses;
}

}  // namespace pressings::source
