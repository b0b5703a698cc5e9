#pragma once

#include <string>
#include <vector>

#include "domain/album_match.hpp"
#include "source/json/search_json.hpp"

namespace pressings::source {

/// What the search is asked for an album by name, in Lucene's language. The fields are told at
/// https://musicbrainz.org/doc/MusicBrainz_API/Search#Release_Group
class NameQuestions {
  public:
    /// `named` must outlive this.
    explicit NameQuestions(const NamedAlbum& named) : m_named(named) {}

    /// Title and artist as they were told.
    std::string plain() const;
    /// Their words, in any name of a group and in any of its artists'. A title without words is
    /// not looked for: the artist's groups are few enough.
    std::string wide() const;
    /// All that these artists have, what has the title first.
    std::string of(const std::vector<FoundArtist>& artists) const;
    /// Where the artists are known, all that they have; else all that has the title: there may be
    /// what was meant, if either was spelled wrong.
    std::string loose() const;
    /// Names that are much like those told: for candidates.
    std::string near() const;
    /// Releases of the title, whatever their group is called.
    std::string for_releases() const;
    /// Artists of the name told.
    std::string for_artists() const;

    /// Whether there are words to ask for.
    bool has_words() const;
    /// Told by their MBIDs, or the special artist.
    bool has_known_artists() const;

  private:
    std::string artist() const { return credit_text(m_named.artist_credit); }
    std::string known_artists() const;
    std::string artists() const;
    bool has_telling_title() const;
    std::string joined(const std::string& artists) const;
    std::string title_first(const std::string& artists) const;
    std::vector<std::string> titles() const;

    const NamedAlbum& m_named;
};

/// Any of the clauses: "(a OR b)".
std::string either(const std::vector<std::string>& clauses);

}  // namespace pressings::source
