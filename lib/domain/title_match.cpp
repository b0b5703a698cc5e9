// The part of ToldTitle that compares.
#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/spelling.hpp"
#include "base/text.hpp"
#include "domain/name_match.hpp"
#include "domain/subtitles.hpp"

namespace pressings {

namespace {

/// The same name, known to be told in a certain way at best.
std::optional<Closeness> at_best(Closeness way, const Name& told, std::string_view found) {
    const auto same = closeness(told, Name{found});
    return same ? std::optional{std::max(way, *same)} : std::nullopt;
}

bool is_bootleg(const OfferedAlbum::Edition& edition) {
    return edition.status == "Bootleg";
}

/// Each title but the group's own by which it may be known, once.
std::vector<std::string_view> other_titles(const OfferedAlbum& offered) {
    std::vector<std::string_view> titles(offered.aliases.begin(), offered.aliases.end());
    // Most editions are called as their group is.
    std::unordered_set<std::string_view> known(titles.begin(), titles.end());
    if (offered.album.title) known.insert(*offered.album.title);
    for (const OfferedAlbum::Edition& edition : offered.editions) {
        if (!is_bootleg(edition) && known.insert(edition.title).second) {
            titles.push_back(edition.title);
        }
    }
    return titles;
}

/// The group's own title too.
std::vector<std::string_view> all_titles(const OfferedAlbum& offered) {
    auto titles = other_titles(offered);
    if (offered.album.title) titles.insert(titles.begin(), *offered.album.title);
    return titles;
}

bool has_secondary_type(const Album& album, std::string_view type) {
    return std::any_of(album.secondary_types.begin(), album.secondary_types.end(),
                       [&](const std::string& one) { return ascii_lower(one) == type; });
}

bool has_type(const Album& album, std::string_view type) {
    return ascii_lower(album.primary_type.value_or("")) == type;
}

/// An album of its own, that no title without its subtitle could mean otherwise.
bool is_plain_album(const Album& album) {
    constexpr std::array<std::string_view, 7> k_others{
        "live", "remix", "dj-mix", "demo", "interview", "mixtape/street", "field recording"};
    if (!has_type(album, "album") && !has_type(album, "ep")) return false;
    return std::none_of(k_others.begin(), k_others.end(),
                        [&](std::string_view type) { return has_secondary_type(album, type); });
}

bool is_various(const Album& album) {
    return album.artist_credit.size() == 1 &&
           album.artist_credit[0].artist.mbid == various_artists();
}

bool is_self_titled(std::string_view title, const Album& album) {
    return is_same(Name{title}.without_article,
                   Name{credit_text(album.artist_credit)}.without_article);
}

/// What may be left out of it: a mark of the type, or a subtitle.
bool is_soundtrack_mark(std::string_view subtitle) {
    const auto marked = without_marks("x (" + std::string{subtitle} + ')');
    return marked && (marked->has(Mark::soundtrack) || marked->has(Mark::score));
}

/// "Green Album" has the words of "Green".
bool has_words_of(const Name& whole, const Name& part) {
    constexpr std::array<std::string_view, 9> k_untelling{"the",     "a",  "an",     "of", "album",
                                                          "version", "ep", "single", "and"};
    const auto& all = whole.words.readings[0];
    const auto& words = part.words.readings[0];
    const bool tells = std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return std::find(k_untelling.begin(), k_untelling.end(), word) == k_untelling.end();
    });
    return tells && std::all_of(words.begin(), words.end(), [&](const std::string& word) {
               return word == "the" || std::find(all.begin(), all.end(), word) != all.end();
           });
}

bool is_same_name(const Name& told, std::string_view found) {
    const Name name{found};
    return closeness(told, name) || is_same_but_numbers(told, name);
}

}  // namespace

ToldTitle::ToldTitle(std::string_view title)
    : m_name(title),
      m_marked(without_marks(title)),
      m_bare(m_marked ? std::string_view{m_marked->name} : title) {
    const std::string& plain = m_name.plain;
    const bool is_closed = plain.size() > 2 && (plain.back() == ')' || plain.back() == ']');
    const auto open = is_closed ? plain.rfind(plain.back() == ')' ? '(' : '[') : std::string::npos;
    if (open != std::string::npos && open > 1) {
        m_qualified.push_back(
            {Name{plain.substr(0, open)}, Name{plain.substr(open + 1, plain.size() - open - 2)}});
    }
    for (const PartedTitle& parted : parted_titles(title))
        m_qualified.push_back({Name{parted.main}, Name{parted.subtitle}});
    for (const PartedTitle& parted : parted_titles(m_bare.plain)) {
        const bool may_be_left_out =
            !tells_apart(parted.subtitle) && !tells_of_collection(parted.subtitle);
        if (may_be_left_out && !is_general(parted.main)) m_mains.emplace_back(parted.main);
    }
}

std::optional<Closeness> ToldTitle::closeness_to(const OfferedAlbum& offered,
                                                 Reading reading) const {
    switch (reading) {
        case Reading::whole:
            return whole_closeness(offered);
        case Reading::numbers:
            if (is_same_in_figures(offered)) return Closeness::numbered;
            return std::nullopt;
        case Reading::marks:
            if (is_marked_as(offered) || is_partly_qualified(offered)) return Closeness::reduced;
            return std::nullopt;
        case Reading::subtitle:
            if (lacks_subtitle_of(offered) || is_longer_than(offered)) return Closeness::subtitle;
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<Closeness> ToldTitle::whole_closeness(const OfferedAlbum& offered) const {
    const Album& album = offered.album;
    const Name title{album.title.value_or("")};
    auto best = closeness(m_name, title);
    if (best) return best;
    for (const std::string_view other : other_titles(offered))
        best = closer(best, at_best(Closeness::alias, m_name, other));
    if (!album.disambiguation) return best;
    const Name disambiguation{*album.disambiguation};
    const bool is_qualified =
        std::any_of(m_qualified.begin(), m_qualified.end(), [&](const Qualified& qualified) {
            return closeness(qualified.title, title) &&
                   closeness(qualified.qualifier, disambiguation);
        });
    return is_qualified ? closer(best, Closeness::qualified) : best;
}

bool ToldTitle::is_same_in_figures(const OfferedAlbum& offered) const {
    const auto titles = all_titles(offered);
    return std::any_of(titles.begin(), titles.end(), [&](std::string_view title) {
        return is_same_but_numbers(m_name, Name{title});
    });
}

/// "Weezer (Blue)" of the one that is the "Blue Album".
bool ToldTitle::is_partly_qualified(const OfferedAlbum& offered) const {
    if (!offered.album.disambiguation) return false;
    const Name title{offered.album.title.value_or("")};
    const Name disambiguation{*offered.album.disambiguation};
    return std::any_of(m_qualified.begin(), m_qualified.end(), [&](const Qualified& qualified) {
        return closeness(qualified.title, title) &&
               has_words_of(disambiguation, qualified.qualifier);
    });
}

/// Whether the group is of the type that the marks tell, by its own type or the mark it has itself.
bool ToldTitle::is_of_marked_type(const OfferedAlbum& offered) const {
    if (!m_marked) return true;
    const Album& album = offered.album;
    const auto own = without_marks(album.title.value_or(""));
    const auto has_own = [&](Mark mark) { return own && own->has(mark); };
    if (m_marked->has(Mark::ep) && !has_type(album, "ep")) return false;
    if (m_marked->has(Mark::single) && !has_type(album, "single")) return false;
    if (m_marked->has(Mark::album) && !has_type(album, "album")) return false;
    if (m_marked->has(Mark::score) && has_own(Mark::soundtrack)) return false;
    const bool is_heard_in_film = m_marked->has(Mark::soundtrack) || m_marked->has(Mark::score);
    return !is_heard_in_film || has_secondary_type(album, "soundtrack") ||
           has_own(Mark::soundtrack) || has_own(Mark::score);
}

bool ToldTitle::is_marked_as(const OfferedAlbum& offered) const {
    if (!m_marked || !is_of_marked_type(offered)) return false;
    const auto titles = all_titles(offered);
    return std::any_of(titles.begin(), titles.end(), [&](std::string_view title) {
        if (is_same_name(m_bare, title)) return true;
        const auto own = without_marks(title);
        const bool is_edition =
            !own || own->has(Mark::edition) || own->has(Mark::carrier) || own->has(Mark::year);
        return !is_edition && is_same_name(m_bare, own->name);
    });
}

/// "Juno" of "Juno: Music From the Motion Picture", "Kat Moda" of "Kat Moda EP".
bool ToldTitle::is_bare_title_of(const OfferedAlbum& offered) const {
    const auto own = without_marks(offered.album.title.value_or(""));
    if (!own || is_general(own->name) || !is_same_name(m_bare, own->name)) return false;
    const bool is_mark_of_type = std::all_of(own->marks.begin(), own->marks.end(), [](Mark mark) {
        return mark == Mark::soundtrack || mark == Mark::score || mark == Mark::ep;
    });
    return is_mark_of_type && !is_self_titled(own->name, offered.album);
}

bool ToldTitle::lacks_subtitle_of(const OfferedAlbum& offered) const {
    const Album& album = offered.album;
    if (!is_plain_album(album) || !is_of_marked_type(offered)) return false;
    if (is_bare_title_of(offered)) return true;
    std::vector<std::string_view> titles(offered.aliases.begin(), offered.aliases.end());
    titles.emplace_back(*album.title);
    for (const std::string_view title : titles) {
        for (const PartedTitle& parted : parted_titles(title)) {
            // Of a film, a game or a series the subtitle says which one.
            const bool is_mark = is_soundtrack_mark(parted.subtitle);
            if ((is_various(album) || has_secondary_type(album, "soundtrack")) && !is_mark)
                continue;
            if (tells_apart(parted.subtitle) || is_general(parted.main)) continue;
            if (is_self_titled(parted.main, album)) continue;
            if (is_same_name(m_bare, parted.main)) return true;
        }
    }
    return false;
}

bool ToldTitle::has_subtitle(const Name& name) const {
    return std::any_of(m_qualified.begin(), m_qualified.end(), [&](const Qualified& qualified) {
        return closeness(qualified.qualifier, name).has_value();
    });
}

bool ToldTitle::is_longer_than(const OfferedAlbum& offered) const {
    const Album& album = offered.album;
    if (m_mains.empty() || !is_plain_album(album) || is_various(album)) return false;
    if (has_secondary_type(album, "soundtrack")) return false;
    const std::string& title = *album.title;
    if (!is_of_marked_type(offered) || is_self_titled(title, album)) return false;
    return std::any_of(m_mains.begin(), m_mains.end(),
                       [&](const Name& main) { return is_same_name(main, title); });
}

}  // namespace pressings
