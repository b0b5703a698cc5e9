#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/name_words.hpp"
#include "domain/album_match.hpp"

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
    reduced,    ///< without what names an edition, or what is featured
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

/// Up to Closeness::article; nothing if they are two names.
std::optional<Closeness> closeness(const Name& told, const Name& found);

/// The closer of two ways, or the one that there is.
std::optional<Closeness> closer(std::optional<Closeness> a, std::optional<Closeness> b);

/// A told title and what may be told beside it: read once, compared with each group offered.
class ToldTitle {
  public:
    explicit ToldTitle(std::string_view title);

    /// Any but Closeness::reduced.
    std::optional<Closeness> closeness_to(const OfferedAlbum& offered) const;
    /// Without the suffix that names an edition; nothing if it has none.
    std::optional<Closeness> reduced_closeness_to(const OfferedAlbum& offered) const;

    const Name& name() const { return m_name; }

  private:
    /// "Weezer" and "Blue Album" of "Weezer (Blue Album)".
    struct Qualified {
        Name title;
        Name qualifier;
    };

    Name m_name;
    std::optional<Qualified> m_qualified;
    std::optional<Name> m_reduced;
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
