#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "domain/catalogue.hpp"
#include "domain/changes.hpp"
#include "domain/media_format.hpp"
#include "domain/oddity.hpp"
#include "domain/search_query.hpp"
#include "domain/year_range.hpp"

namespace pressings::store {

/// An album as the catalogue lists it.
struct AlbumRecord {
    std::int64_t id = 0;
    Album album;
    Millis created_at_ms = 0;
    std::optional<Millis> imported_at_ms;
    std::int64_t releases = 0;             ///< present ones
    std::optional<std::string> job_state;  ///< of its last job
    std::optional<Millis> removed_at_ms;   ///< when MusicBrainz was found to have it no longer
    Album told;  ///< what a user told of it and MusicBrainz says otherwise; the rest is empty
};

struct ReleaseRecord {
    std::int64_t id = 0;
    std::int64_t album_id = 0;
    PlainFormat format = PlainFormat::other;
    Release release;
    std::optional<Millis> removed_at_ms;
    Millis created_at_ms = 0;  ///< when the catalogue got it
};

/// What albums and releases are told apart by. The values of a list are alternatives; case,
/// diacritics and width do not count.
struct Terms {
    // Of the album.
    std::vector<std::string> artists;               ///< part of the credit
    std::vector<std::string> titles;                ///< part of the title
    std::vector<std::optional<std::string>> types;  ///< primary or secondary; nothing: not known
    std::vector<YearRange> years;                   ///< of the first release
    // Of the release.
    std::vector<PlainFormat> formats;
    std::vector<std::string> countries;                ///< of any of its events
    std::vector<std::optional<std::string>> statuses;  ///< nothing: not known
    std::vector<std::string> labels;                   ///< the label's whole name, or its MBID
    std::vector<std::string> catalog_numbers;          ///< whole, but for blanks and hyphens
    std::vector<std::string> barcodes;                 ///< whole, but for blanks and zeros in front
};

enum class Direction { ascending, descending };

/// What is asked for; what is left out does not matter. A list of albums has those that fit, and if
/// something is asked of releases, those with a release that fits; a list of releases has those
/// that fit, of albums that fit.
struct Filter {
    std::optional<std::int64_t> album_id;
    Terms wanted;          ///< one value of each list that has some
    Terms excluded;        ///< none of these
    bool missing = false;  ///< albums without releases, or whose last job failed
    bool with_removed = false;
    /// Dated in this year ("2026") or later; what is known without its year is not.
    std::optional<std::string> dated_from;
    /// Albums put in or imported since, releases written or found removed since.
    std::optional<Millis> since_ms;
    std::optional<Millis> imported_since_ms;  ///< albums last imported since
    Direction order_direction = Direction::ascending;
    std::int64_t limit = 0;   ///< 0: all
    std::int64_t offset = 0;  ///< so many of the list are passed over
};

/// What is not known comes last, whatever the direction; those that are equal by number.
enum class AlbumOrder {
    by_id,
    by_artist,  ///< by the first artist's sort name, folded, then by date
    by_title,
    by_date,  ///< of the first release
    by_import,
    by_releases,  ///< how many there are
};

struct AlbumFilter : Filter {
    AlbumOrder order = AlbumOrder::by_id;
};

enum class ReleaseOrder {
    by_album,  ///< then by date
    by_id,
    by_date,
    by_title,
    by_country,
    by_format,
    by_label,  ///< the first one
};

struct ReleaseFilter : Filter {
    bool with_tracks = false;  ///< else track lists are left out, as if not known
    ReleaseOrder order = ReleaseOrder::by_album;
};

/// A filter that names what nothing has finds nothing.
enum class Facet { format, status, country, type, label };

/// Something that MusicBrainz changed after an album's first import.
struct ChangeRecord {
    std::int64_t id = 0;
    Millis at_ms = 0;  ///< when it was noticed
    std::int64_t album_id = 0;
    std::optional<Mbid> album_mbid;
    std::optional<std::string> album_title;
    std::optional<std::int64_t> from_album_id;  ///< where a release that moved was before
    std::optional<Mbid> release_mbid;           ///< nothing: it is about the album itself
    std::optional<std::string> release_title;   ///< as it is now
    ChangeKind change = ChangeKind::updated;
    std::vector<FieldChange> fields;
};

struct ChangeFilter {
    std::optional<std::int64_t> album_id;  ///< of this album, releases that left it included
    Millis since_ms = 0;
    std::int64_t limit = 0;
    Direction order_direction = Direction::ascending;
};

/// What could not be read of an album at its last import.
struct OddityRecord {
    std::int64_t album_id = 0;
    std::optional<Mbid> album_mbid;
    std::optional<std::string> album_title;
    std::optional<std::string> release_title;  ///< if the catalogue has the release, as it was
    Oddity oddity;
    Millis at_ms = 0;  ///< when it was first met like this
};

struct OddityFilter {
    std::optional<std::int64_t> album_id;
    std::int64_t limit = 0;  ///< 0: all
};

/// A name and how many there are of it.
struct Count {
    std::optional<std::string> name;  ///< nothing: not known
    std::int64_t count = 0;
};

struct CatalogueStats {
    std::int64_t albums = 0;
    std::int64_t albums_imported = 0;
    // Of those never imported; together they are all.
    std::int64_t albums_waiting = 0;      ///< for an import
    std::int64_t albums_failed = 0;       ///< whose import failed, and nothing waits
    std::int64_t albums_never_asked = 0;  ///< the others
    std::int64_t releases = 0;            ///< present ones; what follows is about these
    std::int64_t releases_removed = 0;
    std::int64_t with_date = 0;  ///< with a year at least
    std::int64_t with_country = 0;
    std::int64_t with_label = 0;
    std::int64_t with_barcode = 0;
    std::int64_t without_barcode = 0;  ///< known to have none
    std::int64_t with_tracks = 0;      ///< whose track lists are all known
    std::int64_t media = 0;            ///< removed releases' included; so the next two
    std::int64_t tracks = 0;
    std::optional<std::int64_t> recordings;  ///< nothing: not counted
    std::int64_t artists = 0;
    std::int64_t labels = 0;
    std::vector<Count> by_format;
    std::vector<Count> by_status;
    std::vector<Count> by_country;  ///< the twenty with most releases
    std::vector<Count> by_label;    ///< likewise
    std::vector<Count> by_decade;
};

/// Whether to count recordings, which means to read all tracks: only where there are at most
/// k_few_tracks, or always.
enum class Recordings { if_few, always };

inline constexpr std::int64_t k_few_tracks = 250'000;

/// A credit as the catalogue has it: what has the same id has the same credit. 0: none.
struct CreditRecord {
    std::int64_t id = 0;
    const ArtistCredit* credit = nullptr;  ///< good until the next record; never null when read
};

/// A track, with what of its release and album a list of tracks shows.
struct TrackRecord {
    std::int64_t album_id = 0;
    std::optional<Mbid> album_mbid;
    std::int64_t release_id = 0;
    Mbid release_mbid;
    std::string release_title;
    CreditRecord release_credit;
    int medium_position = 0;
    std::optional<std::string> medium_format;
    std::optional<std::string> medium_title;
    Track track;  ///< without credits: these follow
    CreditRecord credit;
    CreditRecord recording_credit;
};

/// An album that a search found, and where it has what was looked for.
struct SearchHit {
    AlbumRecord album;
    std::vector<SearchName> matches;  ///< for each term of the query that has one: the best
};

/// The side of the store that reads the catalogue. Lists are streamed, by id (releases of one
/// album by date) if no other order is asked for, a record at a time, however many there are; each
/// is one consistent view. Inside a list another may be read, but not one of the same kind.
class CatalogueReader {
  public:
    virtual ~CatalogueReader() = default;

    /// All that `work` reads is one consistent view: what others write meanwhile is not seen.
    virtual void in_one_view(const std::function<void()>& work) = 0;
    virtual void albums(const AlbumFilter& filter,
                        const std::function<void(const AlbumRecord&)>& each) = 0;
    virtual std::optional<AlbumRecord> album(std::int64_t id) = 0;
    /// The album of this MBID, or that has the release of this MBID; earlier MBIDs of what was
    /// merged included.
    virtual std::optional<std::int64_t> album_id(const Mbid& mbid) = 0;
    virtual void releases(const ReleaseFilter& filter,
                          const std::function<void(const ReleaseRecord&)>& each) = 0;
    /// The tracks of those releases, in the order of the releases; `with_tracks` does not matter.
    virtual void tracks(const ReleaseFilter& filter,
                        const std::function<void(const TrackRecord&)>& each) = 0;
    /// In the order in which they were noticed, or the latest first.
    virtual void changes(const ChangeFilter& filter,
                         const std::function<void(const ChangeRecord&)>& each) = 0;
    /// Album by album.
    virtual void oddities(const OddityFilter& filter,
                          const std::function<void(const OddityRecord&)>& each) = 0;
    virtual CatalogueStats stats(Recordings recordings) = 0;
    /// Whether a release that is present, or an album, has this value, in any case; a label also by
    /// its MBID.
    virtual bool has_value(Facet facet, const std::string& value) = 0;
    /// All values that has_value knows, each once. May read the whole catalogue.
    virtual std::vector<std::string> values(Facet facet) = 0;
    /// Albums that have all of what is looked for, the best (`search_score`) first; at most
    /// `limit`, or all if it is 0. The answer is right at any time; it is quick while
    /// `unindexed_albums` is small.
    virtual void search(const SearchQuery& query, std::int64_t limit,
                        const std::function<void(const SearchHit&)>& each) = 0;
    /// How many albums `Maintenance::index_albums` has still to look at. Until it has, each search
    /// reads all of theirs.
    virtual std::int64_t unindexed_albums() = 0;
    /// Whether anything was indexed yet: somebody searches here.
    virtual bool has_search_index() = 0;
};

}  // namespace pressings::store
