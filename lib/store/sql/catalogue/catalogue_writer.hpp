#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "domain/job.hpp"
#include "domain/oddity.hpp"
#include "domain/release_plans.hpp"
#include "store/sql/catalogue/known_rows.hpp"
#include "store/sql/catalogue/stored_albums.hpp"
#include "store/sql/unit_of_work.hpp"

namespace pressings::store::sql {

/// Whose word it is: a user's only fills gaps, MusicBrainz's is written over it.
enum class Authority { user, musicbrainz };

/// Whether an album was imported before: then what differs is a change, and goes into the log.
enum class Earlier { nothing, import };

/// What is known of the releases of an album that are not among those that are written.
struct Unlisted {
    std::span<const ReleaseFate> fates{};
    std::span<const Oddity> oddities{};  ///< listed all the same, but not read: these stay
    bool may_be_gone = true;             ///< false: all of them stay
};

/// The content of a credit as one string: equal credits, and no others, have equal ones. It begins
/// with the number of the first artist, where that has an MBID, so that credits of new artists come
/// last in the index.
std::string credit_identity(const ArtistCredit& credit, std::int64_t first_artist_id);

/// Writes catalogue rows inside a transaction that the caller has begun, and counts what it changes
/// of releases. Remembers ids that it has seen, so one object serves one transaction.
class CatalogueWriter {
  public:
    /// `known`, which may be nothing, must outlive it.
    CatalogueWriter(UnitOfWork& work, Authority authority, KnownRows* known = nullptr)
        : m_connection(work.connection()),
          m_totals(work.totals()),
          m_authority(authority),
          m_now_ms(work.now_ms()),
          m_known(known) {}

    Authority authority() const { return m_authority; }

    /// The row of a new album; its id.
    std::int64_t insert_album(const Album& album);
    /// Writes what `album` says over what is stored, where it differs. What it leaves open stays;
    /// what a user had said otherwise is kept beside it, what MusicBrainz had is written in the
    /// log.
    void update_album(std::int64_t album_id, const Album& stored, const Album& album);

    /// Writes the row of an album anew, whatever it says; but for its MBID.
    void write_album(std::int64_t album_id, const Album& album);

    /// Replaces what users say of an album beside its row.
    void write_user_values(std::int64_t album_id, const Album& values);

    /// What the album that is written next has behind it.
    void expect(Earlier earlier) { m_earlier = earlier; }

    /// Makes the releases of the album exactly these: new ones are created, changed ones rewritten,
    /// equal ones left alone; of those that were `present` the ones that are gone follow their
    /// fates, or are marked removed.
    ReleaseCounts write_releases(std::int64_t album_id, const std::vector<Release>& releases,
                                 std::span<const ReleaseRow> present, const Unlisted& unlisted);

    /// From here on a release that the schema forbids is left as it is, and becomes an oddity of
    /// this reader; else it is an exception.
    void keep_back_refused(int reader) { m_reader = reader; }
    const std::vector<Oddity>& refused() const { return m_refused; }

    /// The album is no longer in MusicBrainz, or is there again; false if that was known.
    bool mark_album(std::int64_t album_id, bool is_gone);

    /// The row of a credit, made if it is new; nothing for an empty one.
    std::optional<std::int64_t> credit_id(const ArtistCredit& credit);

    /// How many `write_releases` marked as removed without a word of where they are now.
    int vanished() const { return m_vanished; }

  private:
    std::int64_t artist_id(const Artist& artist);
    std::string identity_of(const ArtistCredit& credit);
    std::int64_t find_or_insert(const ArtistCredit& credit);
    std::int64_t insert_credit(const ArtistCredit& credit, const std::string& identity);
    /// Of an album, which can be found by it.
    std::optional<std::int64_t> album_credit_id(const ArtistCredit& credit);
    std::int64_t label_id(const Label& label);

    void count_releases();
    ReleaseFacts stored_facts(std::int64_t release_id);
    void count_rewritten(const ReleaseRow& row, const Release& before, const Release& after);
    void write_release(std::int64_t album_id, const Release& release, ReleaseCounts& counts);
    void write_or_keep_back(std::int64_t album_id, const Release& release, ReleaseCounts& counts);
    void forget_ids();
    std::optional<ReleaseRow> find_release(const Mbid& mbid);
    void create_release(std::int64_t album_id, const Release& release);
    /// false: it was equal.
    bool rewrite_release(std::int64_t album_id, const ReleaseRow& stored, const Release& listed);
    std::optional<std::int64_t> take_release_id(const Mbid& release);
    std::int64_t insert_release(std::int64_t album_id, const Release& release);
    void update_release(std::int64_t release_id, std::int64_t album_id, const Release& release);
    void write_children(std::int64_t release_id, const Release& release);
    void write_medium(std::int64_t release_id, const Medium& medium);
    void write_track(std::int64_t release_id, int medium, const Track& track);
    void upsert_artists(const ArtistCredit& credit);
    void refresh_names(const Release& release);
    void log(ChangeKind kind, std::int64_t album_id, const std::optional<Mbid>& release,
             std::vector<FieldChange> fields,
             std::optional<std::int64_t> from_album_id = std::nullopt);
    Whereabouts whereabouts(const ReleaseFate& fate);
    void apply_vanished(std::int64_t album_id, const ReleaseRow& absent, const ReleaseFate& fate,
                        ReleaseCounts& counts);
    void merge_release(const ReleaseRow& from, std::int64_t into);
    void move_release(std::int64_t album_id, const ReleaseRow& release, std::int64_t into);
    void remove_release(std::int64_t album_id, const ReleaseRow& release,
                        const std::vector<FieldChange>& fields);
    void write_over(std::int64_t album_id, const Album& album,
                    const std::vector<std::string>& stored_types);
    void write_secondary_types(std::int64_t album_id, const Album& album);

    Connection& m_connection;
    Totals& m_totals;
    Authority m_authority;
    Millis m_now_ms;
    KnownRows* m_known;
    Earlier m_earlier = Earlier::nothing;
    std::set<std::int64_t> m_changed_albums;  ///< whose releases are others now
    int m_vanished = 0;
    std::optional<int> m_reader;
    std::vector<Oddity> m_refused;
    std::unordered_map<Mbid, std::int64_t> m_artists;
    std::unordered_map<std::string, std::int64_t> m_credits;
    std::unordered_map<Mbid, std::int64_t> m_labels;
    ArtistCredit m_last_credit;
    std::int64_t m_last_credit_id = 0;
    std::int64_t m_last_album_credit_id = 0;
};

}  // namespace pressings::store::sql
