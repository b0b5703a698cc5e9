#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "domain/mbid.hpp"
#include "mirror/dump/dump_facts.hpp"

namespace pressings::mirror {

/// What is in a mirror of one kind of document.
struct KindFacts {
    std::optional<std::string> timestamp;  ///< of the latest dump, as it is written there
    std::optional<Millis> snapshot_ms;     ///< the same, where it could be read
    std::optional<std::int64_t> replication_sequence;
    std::optional<std::int64_t> schema_sequence;
    Millis loaded_at_ms = 0;
    std::int64_t incremental_dumps = 0;  ///< applied on top
    std::int64_t documents = 0;
    std::int64_t odd_documents = 0;  ///< passed over when it was loaded
    std::int64_t json_bytes = 0;
    std::int64_t packed_bytes = 0;
};

struct MirrorFacts {
    std::optional<KindFacts> releases;  ///< nothing: no dump of releases was ever loaded
    std::optional<KindFacts> release_groups;
    std::int64_t groups_of_releases = 0;      ///< different groups that the releases name
    std::int64_t releases_without_group = 0;  ///< whose group has no document
    std::int64_t groups_without_releases = 0;
    std::int64_t artists = 0;  ///< credited for a group
    std::int64_t dictionary_bytes = 0;
    std::int64_t file_bytes = 0;
};

/// A release group by its words; see Mirror::groups_named.
struct NameQuery {
    std::string title;
    std::string artist;            ///< "": any
    std::optional<Mbid> credited;  ///< an artist that must be in the credit
};

/// What a search of release groups found, the likeliest first.
struct FoundGroups {
    struct Group {
        std::string json;
        int score = 0;  ///< 100 for the likeliest, less for the others
    };
    std::int64_t count = 0;  ///< in all
    std::vector<Group> groups;
};

/// A mirror of MusicBrainz in a file, for reading. It gives JSON as it was published. Safe from
/// several threads at once. A mirror that replaces the file is seen by the next call; one call sees
/// one mirror. What replaces it and is no mirror, or none that can be read, is told of once, and
/// the one before is read on. All throw Error where the file is damaged.
class Mirror {
  public:
    /// Takes a warning, from any thread; must not call the mirror.
    using Warn = std::function<void(const std::string&)>;

    /// Error if there is no such file, it is no mirror, or it is of a newer version.
    explicit Mirror(std::string path, Warn warn = {});
    ~Mirror();

    MirrorFacts facts() const;

    /// Whether it has every release of its dumps: none was passed over as odd.
    bool has_all_releases() const;

    std::optional<std::string> release(const Mbid& mbid) const;
    std::optional<std::string> release_group(const Mbid& mbid) const;
    /// The group that a release belongs to.
    std::optional<Mbid> group_with(const Mbid& release) const;

    /// All releases of a group; none if it has none or is not known.
    std::vector<std::string> releases_of(const Mbid& release_group) const;
    /// Their MBIDs alone.
    std::vector<Mbid> release_mbids_of(const Mbid& release_group) const;
    /// All groups whose credit has the artist.
    std::vector<std::string> groups_of(const Mbid& artist) const;

    /// Releases that have an identifier, by its key (see identifier_key); at most `most`.
    std::vector<std::string> releases_with(const std::string& key, std::size_t most) const;
    /// Groups that are linked with it.
    std::vector<std::string> groups_with(const std::string& key, std::size_t most) const;

    /// Groups whose title or an alias has all words of the title, and whose artists have all of the
    /// artist's among their names, case and diacritics aside; those with exactly a title that has
    /// no word. At most `most`.
    std::vector<std::string> groups_named(const NameQuery& query, std::size_t most) const;

    /// Groups with some of the words, or words that begin alike, the likeliest first; all of the
    /// artist if one is told. At most `most`, of each kind: with any words of both; with all of the
    /// artist's.
    std::vector<std::string> groups_near(const NameQuery& query, std::size_t most) const;

    /// Releases that are called otherwise than their group, by the words of title and artist as in
    /// groups_named. At most `most`; none in a file that an earlier version made.
    std::vector<std::string> releases_named(const NameQuery& query, std::size_t most) const;

    /// Groups by a query of the full-text index (see full_text_of_lucene). None if it cannot be
    /// answered.
    FoundGroups search_groups(const std::string& full_text, std::size_t offset,
                              std::size_t limit) const;

    /// The same of releases that are called otherwise than their group.
    FoundGroups search_releases(const std::string& full_text, std::size_t offset,
                                std::size_t limit) const;

  private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Reads the time as PostgreSQL writes it: "2026-07-01 00:00:03.123456+00".
std::optional<Millis> parse_snapshot_time(const std::string& timestamp);

}  // namespace pressings::mirror
