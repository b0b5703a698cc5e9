#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "domain/name_match.hpp"

namespace pressings {

namespace {

bool is_in_brackets(std::string_view name) {
    return name.size() > 2 && name.front() == '[' && name.back() == ']';
}

bool is_feature_word(std::string_view word) {
    return word == "feat" || word == "ft" || word == "featuring";
}

bool has_feature(std::string_view join_phrase) {
    const auto words = words_of(join_phrase).readings.front();
    return std::any_of(words.begin(), words.end(), is_feature_word);
}

void append(NameWords& words, const NameWords& more) {
    for (std::size_t i = 0; i < words.readings.size(); ++i) {
        words.readings[i].insert(words.readings[i].end(), more.readings[i].begin(),
                                 more.readings[i].end());
    }
}

NameWords words_of_credit(const ArtistCredit& credit) {
    NameWords words;
    for (const CreditedArtist& artist : credit) {
        append(words, words_of(artist.name));
        append(words, words_of(artist.join_phrase));
    }
    return words;
}

/// The words in front of "feat."; nothing if there is none, or nothing in front of it.
std::optional<NameWords> words_before_feature(const NameWords& words) {
    NameWords before;
    for (std::size_t i = 0; i < words.readings.size(); ++i) {
        const auto& all = words.readings[i];
        const auto feature = std::find_if(all.begin(), all.end(), is_feature_word);
        if (feature == all.begin() || feature == all.end()) return std::nullopt;
        before.readings[i].assign(all.begin(), feature);
    }
    return before;
}

/// The artists in front of "feat."
ArtistCredit credit_before_feature(const ArtistCredit& credit) {
    ArtistCredit before;
    for (const CreditedArtist& artist : credit) {
        before.push_back(artist);
        if (!has_feature(artist.join_phrase)) continue;
        before.back().join_phrase.clear();
        return before;
    }
    return before;
}

/// The ways to name one artist of a credit, the printed one first.
struct NamedArtist {
    std::vector<Name> names;
    NameWords join;
};

std::vector<NamedArtist> named_artists(const ArtistCredit& credit, const OfferedAlbum& offered) {
    constexpr std::size_t k_most_names = 200;
    std::vector<NamedArtist> artists;
    for (std::size_t i = 0; i < credit.size(); ++i) {
        NamedArtist artist;
        artist.names.emplace_back(credit[i].name);
        artist.names.emplace_back(credit[i].artist.name);
        if (credit[i].artist.sort_name) artist.names.emplace_back(*credit[i].artist.sort_name);
        if (i < offered.artist_aliases.size()) {
            for (const std::string& alias : offered.artist_aliases[i]) {
                if (artist.names.size() < k_most_names) artist.names.emplace_back(alias);
            }
        }
        artist.join = words_of(credit[i].join_phrase);
        artists.push_back(std::move(artist));
    }
    return artists;
}

/// Reads the told words as the artists' names one after the other, whatever joins them.
class CreditReading {
  public:
    CreditReading(const std::vector<std::string>& told, std::size_t reading)
        : m_told(told), m_reading(reading) {}

    std::optional<Closeness> read(const std::vector<NamedArtist>& artists) const {
        Places places{{0, Closeness::words}};
        for (std::size_t i = 0; i < artists.size(); ++i) {
            if (i > 0) places = behind_join(places, artists[i - 1].join);
            places = behind_artist(places, artists[i]);
        }
        const auto end = places.find(m_told.size());
        return end == places.end() ? std::nullopt : std::optional{end->second};
    }

  private:
    /// How far it has come, and how close the names were.
    using Places = std::map<std::size_t, Closeness>;

    static void reach(Places& places, std::size_t place, Closeness way) {
        const auto [known, is_new] = places.try_emplace(place, way);
        if (!is_new) known->second = std::min(known->second, way);
    }

    bool has_at(std::size_t place, const std::vector<std::string>& words) const {
        if (words.empty() || place + words.size() > m_told.size()) return false;
        return std::equal(words.begin(), words.end(),
                          m_told.begin() + static_cast<std::ptrdiff_t>(place), is_same_word);
    }

    Places behind_artist(const Places& places, const NamedArtist& artist) const {
        Places next;
        for (const auto& [place, way] : places) {
            for (std::size_t i = 0; i < artist.names.size(); ++i) {
                const Name& name = artist.names[i];
                const auto& whole = name.words.readings[m_reading];
                const auto& bare = name.without_article.readings[m_reading];
                const Closeness as_named = i == 0 ? Closeness::words : Closeness::alias;
                if (has_at(place, whole)) {
                    reach(next, place + whole.size(), std::max(way, as_named));
                }
                if (has_at(place, bare)) {
                    reach(next, place + bare.size(), std::max({way, as_named, Closeness::article}));
                }
            }
        }
        return next;
    }

    Places behind_join(const Places& places, const NameWords& join) const {
        constexpr std::array<std::string_view, 8> k_joins{"with",  "feat",     "vs", "x",
                                                          "meets", "presents", "ft", "featuring"};
        Places next = places;
        for (const auto& [place, way] : places) {
            const auto& words = join.readings[m_reading];
            if (has_at(place, words)) reach(next, place + words.size(), way);
            if (place >= m_told.size()) continue;
            const std::string& word = m_told[place];
            const bool joins = is_conjunction(word) ||
                               std::find(k_joins.begin(), k_joins.end(), word) != k_joins.end();
            if (joins) reach(next, place + 1, way);
        }
        return next;
    }

    const std::vector<std::string>& m_told;
    std::size_t m_reading;
};

std::optional<Closeness> read_credit(const NameWords& told,
                                     const std::vector<NamedArtist>& artists) {
    std::optional<Closeness> best;
    for (std::size_t i = 0; i < told.readings.size(); ++i) {
        best = closer(best, CreditReading{told.readings[i], i}.read(artists));
    }
    return best;
}

}  // namespace

ToldCredit::ToldCredit(const ArtistCredit& credit)
    : m_credit(credit),
      m_name(credit_text(credit)),
      m_words(words_of_credit(credit)),
      m_before(words_before_feature(m_words)),
      m_is_various(is_various_artists(credit)) {}

/// An artist told by MBID is that one and no other.
bool ToldCredit::contradicts(const ArtistCredit& found) const {
    return std::any_of(m_credit.begin(), m_credit.end(), [&](const CreditedArtist& told) {
        return told.artist.mbid &&
               std::none_of(found.begin(), found.end(), [&](const CreditedArtist& one) {
                   return one.artist.mbid == told.artist.mbid;
               });
    });
}

bool ToldCredit::is_same_artists(const ArtistCredit& found) const {
    return !m_credit.empty() &&
           std::equal(m_credit.begin(), m_credit.end(), found.begin(), found.end(),
                      [](const CreditedArtist& told, const CreditedArtist& one) {
                          return told.artist.mbid && told.artist.mbid == one.artist.mbid;
                      });
}

std::optional<Closeness> ToldCredit::closeness_to(const OfferedAlbum& offered) const {
    const ArtistCredit& found = offered.album.artist_credit;
    if (found.empty() || contradicts(found)) return std::nullopt;
    if (is_same_artists(found)) return Closeness::exact;
    const bool is_special = found.size() == 1 && found[0].artist.mbid == various_artists();
    if (m_is_various) return is_special ? std::optional{Closeness::exact} : std::nullopt;
    const Name whole{credit_text(found)};
    // "[unknown]" and the like are nobody's name.
    if (is_special || is_in_brackets(whole.letters)) {
        return m_name.letters == whole.letters ? std::optional{Closeness::letters} : std::nullopt;
    }
    if (const auto same = closeness(m_name, whole)) return same;
    return by_names(found, offered);
}

std::optional<Closeness> ToldCredit::by_names(const ArtistCredit& found,
                                              const OfferedAlbum& offered) const {
    auto artists = named_artists(found, offered);
    auto best = read_credit(m_words, artists);
    if (artists.size() == 1) {
        for (const Name& name : artists[0].names) {
            if (closeness(m_name, name)) best = closer(best, Closeness::alias);
        }
    }
    if (artists.size() == 2) {
        std::swap(artists[0].names, artists[1].names);
        if (read_credit(m_words, artists)) best = closer(best, Closeness::alias);
        std::swap(artists[0].names, artists[1].names);
    }
    if (best) return best;
    // What is featured is left out on one side only: somebody else's feature is another song.
    if (m_before && read_credit(*m_before, artists)) return Closeness::reduced;
    const ArtistCredit before = credit_before_feature(found);
    if (before.size() < found.size() && read_credit(m_words, named_artists(before, offered))) {
        return Closeness::reduced;
    }
    return std::nullopt;
}

bool is_credited(const ArtistCredit& told, const ArtistCredit& found,
                 const std::vector<std::string>& aliases) {
    OfferedAlbum offered;
    offered.album.artist_credit = found;
    offered.artist_aliases = {aliases};
    return ToldCredit{told}.closeness_to(offered).has_value();
}

}  // namespace pressings
