#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"
#include "domain/album_match.hpp"
#include "domain/catalogue.hpp"
#include "domain/companions.hpp"
#include "domain/identifier.hpp"
#include "domain/new_editions.hpp"
#include "domain/oddity.hpp"
#include "domain/type_filter.hpp"
#include "domain/watch.hpp"

namespace pressings::source {

/// What is to be done about a failed request.
enum class ErrorKind {
    permanent,  ///< certain: the same question will get the same answer, so give up at once
    transient,  ///< anything else: try again later, spending an attempt
    throttled,  ///< the service asked for patience: try again later, spending no attempt
    stopped,    ///< we were asked to stop while it was under way
};

/// How far a request got that failed.
enum class Reach {
    answered,     ///< something answered, or may have
    unreachable,  ///< there was nobody to be asked
    turned_away,  ///< somebody is there, and does not let us in
};

/// When a passing failure is worth asking again.
enum class Again {
    at_once,  ///< in a moment, within the attempt
    later,    ///< not before the job's next attempt
};

/// What a failure says of the thing that was asked for.
enum class Meaning {
    failed,     ///< nothing: the asking went wrong
    not_found,  ///< there is no such thing, as far as the source knows
    malformed,  ///< the answer is nothing that can be read
    unproven,   ///< what the source does not know means nothing
    ambiguous,  ///< there are several such things
    unable,     ///< this source cannot be asked that
    closed,     ///< it is there for others than us
};

/// A source could not answer. `code` is for programs ("not_found", "http_500", "timeout"),
/// `what()` for people: what failed, on which thing, why.
class SourceError : public Error {
  public:
    SourceError(ErrorKind error_kind, std::string error_code, const std::string& message)
        : Error(message), kind(error_kind), code(std::move(error_code)) {}

    ErrorKind kind;
    std::string code;
    Reach reach = Reach::answered;
    Again again = Again::at_once;
    Meaning meaning = Meaning::failed;
    std::optional<Millis> retry_after_ms;  ///< how long the service asked us to wait
    int requests = 0;                      ///< made before giving up
    /// Of "not_found" and "ambiguous" for a name: what it may have meant, the likeliest first.
    std::vector<Candidate> candidates;
};

/// All releases of one release group.
struct GroupReleases {
    /// As the source describes it; its MBID is another than the one asked for if MusicBrainz has
    /// merged the group. Nothing if the source knows the group by its releases alone; its MBID
    /// alone, without a title, if more could not be read.
    std::optional<Album> release_group;
    std::vector<Release> releases;  ///< each once, in no order
    int requests = 0;               ///< made of the service or the folder
    /// Releases that could not be read, each once, and what is odd in the group itself.
    std::vector<Oddity> oddities{};
    /// false: the group may have releases that are neither here nor among the oddities, so nothing
    /// follows from that a release is not listed.
    bool lists_all = true;
};

/// What became of some releases.
struct ReleaseFates {
    std::vector<ReleaseFate> fates;
    int requests = 0;
};

/// What a source does that was told not to give genres.
void leave_out_genres(GroupReleases& group);

/// What is to be done about a release that cannot be read.
enum class OddReleases {
    keep_back,  ///< the others are given, and it is among the oddities
    refuse,     ///< nothing is given
};

/// What a source does before it gives a group away: SourceError "odd_release", permanent, if one is
/// odd and that is to be refused; "bad_answer", transient, if there are three or more and not one
/// could be read, which is no matter of single values.
void check_oddities(const GroupReleases& group, OddReleases odd_releases);

using pressings::NamedAlbum;

/// The release groups of an artist.
struct ArtistGroups {
    std::vector<Album> albums;  ///< each once
    int requests = 0;
    /// Some of them with all their releases, where these came along; `requests` is 0 in each.
    std::vector<GroupReleases> whole{};
};

/// Release groups that were asked for together, as `releases_of` would give them; `requests` is 0
/// in each.
struct GroupsTogether {
    std::vector<GroupReleases> groups;
    int requests = 0;
};

/// The release groups that have a release with some identifier.
struct IdentifiedGroups {
    std::vector<OfferedAlbum> groups;  ///< each once; of some nothing but the MBID is known
    /// Where labels were told, and no release has the catalogue number of one of them: the groups
    /// that have it of another.
    std::vector<OfferedAlbum> of_other_labels{};
    bool is_whole = true;  ///< false: there are more of them than a source gives
    int requests = 0;
};

/// What somebody has put together at MusicBrainz.
enum class AlbumList { collection, series };

/// The albums of such a list.
struct ListedAlbums {
    std::vector<Album> albums{};   ///< each once
    std::vector<Mbid> releases{};  ///< of it whose albums the source did not tell
    int requests = 0;
};

/// Whose release groups are to be listed, and from where on.
struct GroupListQuestion {
    std::optional<EntityType> entity;  ///< nothing: that the MBID is of one of them is all we know
    Mbid mbid;
    TypeFilter types;
    std::int64_t from = 0;  ///< the `rest` of the part before
};

/// A part of a list of release groups.
struct GroupList {
    EntityType entity = EntityType::artist;
    Mbid mbid;                        ///< another than asked for if it was merged
    std::optional<std::string> name;  ///< told with the first part
    std::vector<Album> albums;        ///< of the types wanted, each once
    /// Releases that are listed themselves, as a series may, where no type had to be asked for.
    std::vector<Mbid> releases{};
    std::optional<std::int64_t> rest{};  ///< where the list goes on; nothing: it has ended
    int requests = 0;
};

/// What an index lists of release groups: of those that it knows and whose list is whole.
struct GroupListings {
    std::vector<ListedEditions> groups;  ///< each once, in no order
    int requests = 0;
};

/// Where releases come from: MusicBrainz's web service, recorded responses, a mirror.
/// Each call is safe from several threads at once and obeys `stop` within a second.
class ReleaseSource {
  public:
    virtual ~ReleaseSource() = default;

    /// Every release of the group, complete, or SourceError. "not_found" if there is no such group.
    virtual GroupReleases releases_of(const Mbid& release_group, std::stop_token stop) = 0;

    /// The release group that a release belongs to, or SourceError.
    virtual GroupReleases releases_of_group_with(const Mbid& release, std::stop_token stop) = 0;

    /// What became of releases that their release group lists no longer. Nothing of those that
    /// this source cannot tell of.
    virtual ReleaseFates fates_of(std::span<const Mbid> releases, std::stop_token stop);

    /// Whether what this source does not know is not in MusicBrainz: true of the service, false
    /// of what was recorded at some time. It is a fact only once the source is proven, see below.
    virtual bool is_current() const { return false; }

    /// Asks for what the source must know if it is what it should be: one of these releases, which
    /// the catalogue has. Returns the requests that it took. SourceError if that is not shown:
    /// whatever went wrong, or "unproven" (transient) if the answers say nothing.
    virtual int probe(std::span<const Mbid> known_releases, std::stop_token stop);

    /// The same, but asks nothing where the source has shown it already and nothing that it
    /// answered since was doubtful.
    virtual int prove(std::span<const Mbid> known_releases, std::stop_token stop);

    /// The releases of the one release group that is safely meant by a name, as match_album
    /// (domain/album_match.hpp) has it. SourceError "not_found" if there is none, "ambiguous" if
    /// there are several, both with candidates; "unsupported" if this source cannot search.
    virtual GroupReleases releases_of_named(const NamedAlbum& named, std::stop_token stop);

    /// All release groups that are credited to an artist, of the types wanted. "unsupported" if
    /// this source cannot tell.
    virtual ArtistGroups release_groups_of(const Mbid& artist, const TypeFilter& types,
                                           std::stop_token stop);

    /// The same of an artist of whom the catalogue has nothing, so that the releases will be asked
    /// for next: where both together take fewer requests, releases come along.
    virtual ArtistGroups discography_of(const Mbid& artist, const TypeFilter& types,
                                        std::stop_token stop);

    /// The release groups of which a release has the identifier; none if none has. `next` are some
    /// that will be asked for soon: where one question can be for many, they are asked for, too.
    /// "unsupported" if this source cannot tell.
    virtual IdentifiedGroups groups_with(const Identifier& identifier,
                                         std::span<const Identifier> next, std::stop_token stop);

    /// All albums of a list. "not_found" if there is no such list, or it is private; "unsupported"
    /// if this source cannot tell, or it is a list of something else.
    virtual ListedAlbums albums_of(AlbumList kind, const Mbid& list, std::stop_token stop);

    /// A part of the release groups of an artist, a label or a series, or all of them if they are
    /// not many. "not_found" if there is no such thing, "unsupported" if this source cannot tell.
    virtual GroupList list_groups(const GroupListQuestion& question, std::stop_token stop);

    /// Which releases these groups have, by an index that may lag behind: one request for each
    /// `k_most_watched` of them. A group that it cannot tell of is left out. SourceError
    /// "stale_index", transient, if it knows none of many; "unsupported" if this source cannot
    /// tell.
    virtual GroupListings listings_of(std::span<const Mbid> release_groups, std::stop_token stop);

    /// Whether asking for groups together may take fewer requests than asking for each.
    virtual bool reads_together() const { return false; }

    /// The releases of some of these groups, asked for together if that takes fewer requests; those
    /// that are not whole then, by an index that may lag behind, are left out. SourceError as for a
    /// single group.
    virtual GroupsTogether releases_together(const Companions& companions, std::stop_token stop);
};

/// Asked before each request to a service that limits them; shared by all threads.
class RequestGate {
  public:
    virtual ~RequestGate() = default;
    /// Waits until a request may be made. Returns early, and false, when `stop` is requested.
    /// SourceError "throttled" if the service wants more patience than a claimed job should have;
    /// that of `close` while it is closed.
    virtual bool wait_turn(const std::stop_token& stop) = 0;
    /// The service asked for quiet: nobody's turn comes for `wait_ms` from now, or an hour if that
    /// is shorter.
    virtual void hold_off(Millis wait_ms) = 0;
    /// The service turns us away: for an hour each turn of this process ends in this error.
    virtual void close(const SourceError& why) = 0;
};

struct SourceOptions {
    std::string user_agent;              ///< names the application and a contact
    Millis request_timeout_ms = 30'000;  ///< of one request in all
    Millis connect_timeout_ms = 10'000;
    /// Without a byte received; half of the request's timeout if that is longer.
    Millis silence_timeout_ms = 15'000;
    std::size_t max_body_bytes = std::size_t{64} << 20U;
    /// Takes what a user should know though the work goes on; from any thread.
    std::function<void(const std::string&)> on_warning;
    /// Takes each answer as it came, before it is read; from any thread.
    std::function<void(std::string_view)> on_answer;
    RequestGate* gate = nullptr;  ///< not owned; none: no limit
    /// Whether genres are asked for and given. They are not CC0, unlike the rest
    /// (https://musicbrainz.org/doc/About/Data_License).
    bool with_genres = false;
    OddReleases odd_releases = OddReleases::keep_back;
    /// A page that fails is asked for again within the attempt, after each of these times.
    std::vector<Millis> retry_waits_ms{1'000, 3'000};
    /// Likewise when the service is busy without saying how long; a longer wait than the last of
    /// them, if it asks for one, ends the attempt as throttled; and so do waits that come to more
    /// than `longest_busy_wait_ms` together, whatever number of pages they are for.
    std::vector<Millis> busy_waits_ms{1'000, 2'000, 4'000, 8'000, 15'000, 15'000, 30'000, 30'000};
    Millis longest_busy_wait_ms = 120'000;
};

/// UsageError if `spec` is none of what make_source takes. Nothing is opened.
void check_source(const std::string& spec);

/// `spec` is "https://…" or "http://…" (a server that speaks ws/2, the root of the service without
/// a slash), "mirror:FILE" (made of MusicBrainz's dumps), "file:FOLDER" (recorded browse
/// responses). UsageError if it is none of them, Error if file or folder cannot be read.
std::unique_ptr<ReleaseSource> make_source(const std::string& spec, const SourceOptions& options);

}  // namespace pressings::source
