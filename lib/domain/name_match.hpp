#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/name_words.hpp"
#include "domain/album_match.hpp"
#include "domain/title_marks.hpp"

/// How close a title or a credit is to the one that was told. For match_album; other code asks
/// that.
namespace pressings {

/// In which way two names are the same, the closest first.
enum class Closeness {
    exact,      ///< but for how quotes, dashes and blanks are written
    letters,    ///< but for case, diacritics and width
    words,      ///< but for punctuation, "&" for "and", what joins the names of a credit
    article,    ///< but for a leading article
    alias,      ///< by another name: an alias, an artist's own or sort name, a release's title
    qualified,  ///< the told title also has the group's disambiguation in brackets
    numbered,   ///< but for how numbers are written ("2" for "II" or "two")
    reduced,    ///< without what names an edition, a disc or a type, or what is featured
    subtitle,   ///< but for a subtitle that only one of them has
};

/// A name in all the forms in which it is compared.
struct Name {
    explicit Name(std::string_view text);

    std::string plain;
    std::string letters;
    std::string signs;
    NameWords words;
    NameWords without_article;
};

/// Whether two names are the same but for how numbers are written, case, punctuation and articles.
bool is_same_but_numbers(const Name& told, const Name& found);

/// Up to Closeness::article; nothing if they are two names.
std::optional<Closeness> closeness(const Name& told, const Name& found);

/// The closer of two ways, or the one that there is.
std::optional<Closeness> closer(std::optional<Closeness> a, std::optional<Closeness> b);

/// In how many ways a told title may be read, each safe only where none before it has led to a
/// group.
enum class Reading {
    whole,     ///< any Closeness up to `qualified`
    numbers,   ///< `numbered`
    marks,     ///< `reduced`: without marks (see without_marks), or with a part of a disambiguation
    subtitle,  ///< `subtitle`
};

/// A told title and what may be told beside it: read once, compared with each group offered.
class ToldTitle {
  public:
    explicit ToldTitle(std::string_view title);

    std::optional<Closeness> closeness_to(const OfferedAlbum& offered, Reading reading) const;

    const Name& name() const { return m_name; }
    /// Without marks; the title itself if it has none.
    const Name& bare_name() const { return m_bare; }
    /// "(1994)"
    std::optional<int> year() const { return m_marked ? m_marked->year : std::nullopt; }
    /// Whether only the title without a subtitle is that of the group, so that it must not be one
    /// of several with that beginning.
    bool is_longer_than(const OfferedAlbum& offered) const;
    /// Whether this is what stands behind a colon or a dash.
    bool has_subtitle(const Name& name) const;

  private:
    /// "Weezer" and "Blue Album" of "Weezer (Blue Album)".
    struct Qualified {
        Name title;
        Name qualifier;
    };

    std::optional<Closeness> whole_closeness(const OfferedAlbum& offered) const;
    bool is_same_in_figures(const OfferedAlbum& offered) const;
    bool is_marked_as(const OfferedAlbum& offered) const;
    bool is_partly_qualified(const OfferedAlbum& offered) const;
    bool lacks_subtitle_of(const OfferedAlbum& offered) const;
    bool is_bare_title_of(const OfferedAlbum& offered) const;
    bool is_of_marked_type(const OfferedAlbum& offered) const;

    Name m_name;
    std::optional<MarkedTitle> m_marked;
    Name m_bare;
    std::vector<Qualified> m_qualified;
    std::vector<Name> m_mains;  ///< what stands before a subtitle that may be left out
};

/// A told credit, likewise.
class ToldCredit {
  public:
    explicit ToldCredit(const ArtistCredit& credit);

    std::optional<Closeness> closeness_to(const OfferedAlbum& offered) const;

    const Name& name() const { return m_name; }

  private:
    std::optional<Closeness> by_names(const ArtistCredit& found, const OfferedAlbum& offered) const;
    bool contradicts(const ArtistCredit& found) const;
    bool is_same_artists(const ArtistCredit& found) const;

    ArtistCredit m_credit;
    Name m_name;
    NameWords m_words;                  ///< of the names and what joins them
    std::optional<NameWords> m_before;  ///< those in front of "feat."
    bool m_is_various = false;
};

}  // namespace pressings
