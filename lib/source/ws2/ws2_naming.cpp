#include "source/ws2/ws2_naming.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/name_words.hpp"
#include "base/text.hpp"
#include "domain/title_forms.hpp"
#include "source/json/search_json.hpp"
#include "source/match_errors.hpp"
#include "source/ws2/query_text.hpp"

namespace pressings::source {

namespace {

constexpr std::size_t k_page_limit = 100;  // a search with more gives 25
constexpr std::size_t k_most_pages = 2;    // of the first question
constexpr std::size_t k_most_artists = 10;
constexpr std::size_t k_most_clauses = 30;         // for a title: a URL is no place for more
constexpr std::size_t k_most_release_groups = 10;  // that releases of a title may be of

std::string either(const std::vector<std::string>& clauses) {
    return fmt::format("({})", fmt::join(clauses, " OR "));
}

void add_once(std::vector<std::string>& clauses, std::string clause) {
    const bool is_new = std::find(clauses.begin(), clauses.end(), clause) == clauses.end();
    if (is_new) clauses.push_back(std::move(clause));
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

/// The fields are told at https://musicbrainz.org/doc/MusicBrainz_API/Search#Release_Group
class Questions {
  public:
    explicit Questions(const NamedAlbum& named) : m_named(named) {}

    /// Title and artist as they were told.
    std::string plain() const {
        return fmt::format(
            "releasegroup:{} AND {}", lucene_phrase(m_named.title),
            has_known_artists() ? known_artists() : "artist:" + lucene_phrase(artist()));
    }

    /// Their words, in any name of a group and in any of its artists'. A title without words is
    /// not looked for: the artist's groups are few enough.
    std::string wide() const { return joined(has_known_artists() ? known_artists() : artists()); }

    /// All that these artists have, what has the title first.
    std::string of(const std::vector<FoundArtist>& artists) const {
        std::vector<std::string> clauses;
        for (const FoundArtist& found : artists)
            clauses.push_back("arid:" + found.artist.mbid->to_string());
        return title_first(either(clauses));
    }

    /// Where the artists are known, all that they have; else all that has the title: there may be
    /// what was meant, if either was spelled wrong.
    std::string loose() const {
        if (has_known_artists()) return title_first(known_artists());
        return has_telling_title() ? either(titles()) : artists();
    }

    /// Names that are much like those told: for candidates.
    std::string near() const {
        const auto title = telling(words_of(m_named.title).readings[1]);
        const auto names = telling(words_of(artist()).readings[1]);
        const std::string titles = "releasegroup:" + lucene_like(title);
        if (has_known_artists()) return titles + " AND " + known_artists();
        return titles + " AND artist:" + lucene_like(names);
    }

    /// Releases of the title, whatever their group is called.
    std::string for_releases() const {
        auto clauses = in_any_field(m_named.title, {"release"});
        for (const std::string& title : looser_titles(m_named)) {
            if (clauses.size() >= k_most_clauses) break;
            for (std::string& clause : in_any_field(title, {"release"}))
                add_once(clauses, std::move(clause));
        }
        return either(clauses) + " AND " +
               (has_known_artists()
                    ? known_artists()
                    : either(in_any_field(artist(), {"artist", "artistname", "creditname"})));
    }
    /// Whether there are words to ask for.
    bool has_words() const {
        return has_telling_title() && (has_known_artists() || !words_of(artist()).is_empty());
    }

    /// Artists of the name told.
    std::string for_artists() const {
        const std::string name = lucene_phrase(artist());
        return either({"artist:" + name, "alias:" + name, "sortname:" + name});
    }

    /// Told by their MBIDs, or the special artist.
    bool has_known_artists() const {
        const ArtistCredit& credit = m_named.artist_credit;
        return is_various_artists(credit) ||
               (!credit.empty() &&
                std::all_of(credit.begin(), credit.end(), [](const CreditedArtist& credited) {
                    return credited.artist.mbid.has_value();
                }));
    }

  private:
    std::string artist() const { return credit_text(m_named.artist_credit); }

    std::string known_artists() const {
        if (is_various_artists(m_named.artist_credit)) {
            return "arid:" + various_artists().to_string();
        }
        std::vector<std::string> clauses;
        for (const CreditedArtist& credited : m_named.artist_credit)
            clauses.push_back("arid:" + credited.artist.mbid->to_string());
        return fmt::format("{}", fmt::join(clauses, " AND "));
    }

    std::string artists() const {
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

    bool has_telling_title() const { return !words_of(m_named.title).is_empty(); }

    std::string joined(const std::string& artists) const {
        return has_telling_title() ? either(titles()) + " AND " + artists : artists;
    }

    std::string title_first(const std::string& artists) const {
        return has_telling_title() ? fmt::format("({}) OR ({})", joined(artists), artists)
                                   : artists;
    }

    std::vector<std::string> titles() const {
        const std::vector<std::string_view> fields{"releasegroup", "alias", "release"};
        auto clauses = in_any_field(m_named.title, fields);
        for (const std::string& title : looser_titles(m_named)) {
            if (clauses.size() >= k_most_clauses) break;
            for (std::string& clause : in_any_field(title, {"releasegroup", "alias"}))
                add_once(clauses, std::move(clause));
        }
        return clauses;
    }

    const NamedAlbum& m_named;
};

/// Asks until one group is safely meant, or nothing is left to ask.
class NameSearch {
  public:
    NameSearch(Ws2Session& session, const NamedAlbum& named)
        : m_session(session), m_named(named), m_questions(named) {}

    OfferedAlbum run() {
        look_for(m_questions.plain(), k_most_pages);
        if (is_open() || !is_in_full()) look_for(m_questions.wide(), 1);
        if (is_open() && m_questions.has_words()) look_among_releases();
        if (is_open()) look_for_others();
        if (m_match.verdict != MatchVerdict::safe) refuse_match(m_named, std::move(m_match));
        return *std::find_if(m_offered.begin(), m_offered.end(), [&](const OfferedAlbum& offered) {
            return offered.album.mbid == m_match.mbid;
        });
    }

  private:
    /// Whether asking further may bring something.
    bool is_open() const {
        return m_match.verdict == MatchVerdict::not_found && m_searches < k_most_searches;
    }

    /// Whether the title of what is meant was told in full, so that nothing else can be.
    bool is_in_full() const {
        return std::none_of(m_offered.begin(), m_offered.end(), [&](const OfferedAlbum& offered) {
            return offered.album.mbid == m_match.mbid && !is_titled_in_full(m_named, offered);
        });
    }

    void look_for(const std::string& query, std::size_t most_pages) {
        std::size_t offset = 0;
        for (std::size_t number = 0; number < most_pages; ++number) {
            ++m_searches;
            SearchPage page = parse_search_page(
                m_session.ask(fmt::format("/release-group?query={}&limit={}&offset={}&fmt=json",
                                          percent_encoded(query), k_page_limit, offset)));
            offset += page.received;
            std::move(page.offered.begin(), page.offered.end(), std::back_inserter(m_offered));
            if (page.received == 0 || offset >= page.count) break;
        }
        m_match = match_album(m_named, m_offered);
    }

    /// A release may have a title that the index has not for its group, and a credit of its own. Of
    /// the groups of those that fit, each is asked for, for a release does not tell all of it.
    void look_among_releases() {
        ++m_searches;
        const auto releases = parse_named_releases(
            m_session.ask(fmt::format("/release?query={}&limit={}&fmt=json",
                                      percent_encoded(m_questions.for_releases()), k_page_limit)));
        std::vector<Mbid> groups;
        for (const NamedRelease& found : releases) {
            const bool is_known =
                std::find(groups.begin(), groups.end(), found.release_group) != groups.end();
            if (!is_known && may_be_meant(found)) groups.push_back(found.release_group);
        }
        if (groups.empty() || groups.size() > k_most_release_groups) return;
        std::vector<std::string> mbids;
        for (const Mbid& group : groups)
            mbids.push_back(group.to_string());
        look_for(fmt::format("rgid:{}", either(mbids)), 1);
        add_editions(releases);
    }

    /// Whether a release has the name, by its own title and credit.
    bool may_be_meant(const NamedRelease& found) const {
        NamedAlbum named = m_named;
        named.year.reset();
        named.primary_type.reset();
        named.disambiguation.reset();
        return found.edition.status != "Bootleg" &&
               match_album(named, {&found.offered, 1}).verdict == MatchVerdict::safe;
    }

    void add_editions(const std::vector<NamedRelease>& releases) {
        for (OfferedAlbum& offered : m_offered) {
            for (const NamedRelease& found : releases) {
                if (found.release_group == offered.album.mbid)
                    offered.editions.push_back(found.edition);
            }
        }
        m_match = match_album(m_named, m_offered);
    }

    /// By an alias an artist is found as an artist only, so two questions are needed. Where that
    /// leads nowhere, the last questions are for candidates.
    void look_for_others() {
        const bool has_time = m_searches + 2 <= k_most_searches;
        std::vector<FoundArtist> found;
        if (has_time && !m_questions.has_known_artists()) found = artists_named_so();
        look_for(found.empty() ? m_questions.loose() : m_questions.of(found), 1);
        if (found.empty()) {
            if (is_open() && m_questions.has_words()) look_for(m_questions.near(), 1);
            return;
        }
        for (OfferedAlbum& offered : m_offered)
            add_aliases(offered, found);
        m_match = match_album(m_named, m_offered);
    }

    std::vector<FoundArtist> artists_named_so() {
        ++m_searches;
        auto found = parse_artist_search(
            m_session.ask(fmt::format("/artist?query={}&limit={}&fmt=json",
                                      percent_encoded(m_questions.for_artists()), k_page_limit)));
        std::erase_if(found, [&](const FoundArtist& artist) { return !is_named_so(artist); });
        if (found.size() > k_most_artists) found.resize(k_most_artists);
        return found;
    }

    bool is_named_so(const FoundArtist& found) const {
        CreditedArtist credited;
        credited.name = found.artist.name;
        credited.artist = found.artist;
        return is_credited(m_named.artist_credit, {credited}, found.aliases);
    }

    static void add_aliases(OfferedAlbum& offered, const std::vector<FoundArtist>& found) {
        const ArtistCredit& credit = offered.album.artist_credit;
        offered.artist_aliases.resize(credit.size());
        for (std::size_t i = 0; i < credit.size(); ++i) {
            for (const FoundArtist& one : found) {
                if (one.artist.mbid != credit[i].artist.mbid) continue;
                auto& aliases = offered.artist_aliases[i];
                aliases.insert(aliases.end(), one.aliases.begin(), one.aliases.end());
                aliases.push_back(one.artist.name);
            }
        }
    }

    Ws2Session& m_session;
    const NamedAlbum& m_named;
    Questions m_questions;
    int m_searches = 0;
    std::vector<OfferedAlbum> m_offered;
    AlbumMatch m_match;
};

}  // namespace

OfferedAlbum group_named(Ws2Session& session, const NamedAlbum& named) {
    return NameSearch{session, named}.run();
}

void check_still_named(const NamedAlbum& named, const OfferedAlbum& offered,
                       const GroupReleases& found) {
    if (!found.release_group || found.release_group->artist_credit.empty()) return;
    OfferedAlbum now = offered;
    now.album = *found.release_group;
    const bool is_same_credit = offered.album.artist_credit == now.album.artist_credit;
    if (!is_same_credit) now.artist_aliases.clear();
    if (!found.releases.empty()) now.editions.clear();
    for (const Release& release : found.releases)
        now.editions.push_back({release.title, release.status});
    AlbumMatch match = match_album(named, {&now, 1});
    if (match.verdict != MatchVerdict::safe) refuse_match(named, std::move(match));
}

}  // namespace pressings::source
