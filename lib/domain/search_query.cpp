#include "domain/search_query.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/name_words.hpp"
#include "base/text.hpp"

namespace pressings {

namespace {

/// Of one query: more are hardly typed, and each is work.
constexpr std::size_t k_most_terms = 16;

constexpr std::size_t k_shortest_barcode = 8;  // EAN-8

bool is_figures(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// A part of an argument, as it was typed.
struct Typed {
    std::optional<SearchField> field;
    std::string text;
    bool is_quoted = false;
};

/// Takes an argument apart at blanks outside of quotes.
class ArgumentReader {
  public:
    explicit ArgumentReader(std::string_view argument) : m_rest(argument) {}

    std::optional<Typed> next() {
        skip_blanks();
        if (m_rest.empty()) return std::nullopt;
        Typed typed;
        typed.field = take_field();
        if (m_rest.starts_with('"')) {
            typed.is_quoted = true;
            m_rest.remove_prefix(1);
            const std::size_t end = std::min(m_rest.find('"'), m_rest.size());
            typed.text = m_rest.substr(0, end);
            m_rest.remove_prefix(std::min(end + 1, m_rest.size()));
        } else {
            // What the shell has taken the quotes of is one argument, and begins with its field.
            const bool is_rest = typed.field && m_at_start && m_rest.find('"') == m_rest.npos &&
                                 m_rest.find(':') == m_rest.npos;
            const std::size_t end =
                is_rest ? m_rest.size() : std::min(m_rest.find_first_of(" \t\n\""), m_rest.size());
            typed.text = trim(m_rest.substr(0, end));
            typed.is_quoted = is_rest && typed.text.find(' ') != std::string::npos;
            m_rest.remove_prefix(end);
        }
        m_at_start = false;
        return typed;
    }

  private:
    void skip_blanks() {
        const std::size_t first = m_rest.find_first_not_of(" \t\n");
        m_rest.remove_prefix(std::min(first, m_rest.size()));
    }

    std::optional<SearchField> take_field() {
        const std::size_t colon = m_rest.find(':');
        if (colon == m_rest.npos) return std::nullopt;
        const auto field = parse_search_field(m_rest.substr(0, colon));
        if (field) {
            m_rest.remove_prefix(colon + 1);
            skip_blanks();
        }
        return field;
    }

    std::string_view m_rest;
    bool m_at_start = true;
};

/// An MBID, or a page of musicbrainz.org that ends with one.
std::optional<Mbid> mbid_of(std::string_view text) {
    const bool is_page = text.find("musicbrainz.org/") != text.npos;
    return Mbid::parse(is_page ? text.substr(text.rfind('/') + 1) : text);
}

/// "!!!" is a name, but in a longer one it is no word, nor is the dash of "Radiohead - In
/// Rainbows".
bool is_lost_in_a_name(const std::string& text) {
    const std::vector<SearchWords> rest{{"a"}};
    return search_readings(SearchField::title, text + " a") == rest;
}

std::optional<SearchTerm> term_of(const Typed& typed) {
    SearchTerm term;
    term.typed = typed.text;
    term.is_prefix = !typed.is_quoted && typed.text.size() > 1 && typed.text.ends_with('*');
    const auto add = [&](std::optional<SearchField> where, SearchField as) {
        for (SearchWords& words : search_readings(as, typed.text))
            term.any_of.push_back({where, std::move(words)});
    };
    add(typed.field, typed.field.value_or(SearchField::title));
    const bool is_one_word = term.any_of.size() == 1 && term.any_of.front().words.size() == 1;
    term.is_conjunction =
        !typed.field && !typed.is_quoted && is_one_word &&
        (is_conjunction(term.any_of.front().words.front()) || is_lost_in_a_name(typed.text));
    const bool may_be_barcode =
        !typed.field && is_figures(typed.text) && typed.text.size() >= k_shortest_barcode;
    if (may_be_barcode) add(SearchField::barcode, SearchField::barcode);
    if (term.any_of.empty()) return std::nullopt;
    return term;
}

bool is_at(const SearchWords& name, std::size_t start, const SearchTerm& term,
           const SearchWords& words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool may_go_on = term.is_prefix && i + 1 == words.size();
        const std::string& word = name[start + i];
        if (may_go_on ? !word.starts_with(words[i]) : word != words[i]) return false;
    }
    return true;
}

bool has_phrase(const SearchWords& name, const SearchTerm& term, const SearchWords& words) {
    for (std::size_t start = 0; start + words.size() <= name.size(); ++start) {
        if (is_at(name, start, term, words)) return true;
    }
    return false;
}

double weight(SearchField field) {
    switch (field) {
        case SearchField::artist:
        case SearchField::title:
            return 10;
        case SearchField::catalog_number:
        case SearchField::barcode:
            return 9;
        case SearchField::label:
            return 7;
        case SearchField::release:
            return 6;
        case SearchField::track:
            return 4;
    }
    return 0;
}

}  // namespace

std::string_view to_string(SearchField field) {
    switch (field) {
        case SearchField::artist:
            return "artist";
        case SearchField::title:
            return "title";
        case SearchField::release:
            return "release";
        case SearchField::label:
            return "label";
        case SearchField::catalog_number:
            return "catno";
        case SearchField::barcode:
            return "barcode";
        case SearchField::track:
            return "track";
    }
    return "";
}

std::optional<SearchField> parse_search_field(std::string_view name) {
    const std::string lower = ascii_lower(name);
    if (lower == "album") return SearchField::title;
    for (const SearchField field : k_search_fields) {
        if (lower == to_string(field)) return field;
    }
    return std::nullopt;
}

bool SearchTerm::occurs_in(const SearchName& name) const {
    return occurs_in(name.field, search_readings(name.field, name.text));
}

bool SearchTerm::occurs_in(SearchField field, std::span<const SearchWords> readings) const {
    return std::any_of(any_of.begin(), any_of.end(), [&](const SearchPhrase& phrase) {
        if (phrase.field && *phrase.field != field) return false;
        return std::any_of(readings.begin(), readings.end(), [&](const SearchWords& words) {
            return has_phrase(words, *this, phrase.words);
        });
    });
}

SearchQuery parse_search(std::span<const std::string> arguments) {
    SearchQuery query;
    for (const std::string& argument : arguments) {
        ArgumentReader reader{argument};
        while (const auto typed = reader.next()) {
            if (const auto mbid = mbid_of(typed->text)) {
                query.mbids.push_back(*mbid);
            } else if (const auto term = term_of(*typed)) {
                if (query.terms.size() < k_most_terms) query.terms.push_back(*term);
            }
        }
    }
    // "A and B" is often written "A & B".
    const auto is_and = [](const SearchTerm& term) { return term.is_conjunction; };
    if (!std::all_of(query.terms.begin(), query.terms.end(), is_and))
        std::erase_if(query.terms, is_and);
    return query;
}

SearchQuery with_prefixes(SearchQuery query) {
    for (SearchTerm& term : query.terms)
        term.is_prefix = true;
    return query;
}

double search_score(const SearchFit& fit) {
    double score = 0;
    for (const SearchField field : fit.fields)
        score += weight(field);
    if (!fit.fields.empty()) score = score * 10 / static_cast<double>(fit.fields.size());
    if (fit.whole_title && fit.title_words > 0) score += 30;
    if (fit.whole_artist && fit.artist_words > 0) score += 15;
    return score + 3 * std::log2(1.0 + fit.releases);
}

}  // namespace pressings
