#include "source/mirror_source.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "domain/album_match.hpp"
#include "domain/title_forms.hpp"
#include "mirror/dump/document_json.hpp"
#include "mirror/file/mirror.hpp"
#include "source/fault_table.hpp"
#include "source/json/identified_json.hpp"
#include "source/json/release_json.hpp"
#include "source/json/search_json.hpp"
#include "source/match_errors.hpp"

namespace pressings::source {

namespace {

/// More groups than this with the same words, and the name says too little.
constexpr std::size_t k_most_named = 500;
constexpr std::size_t k_most_near = 200;

[[noreturn]] void fail(const char* code, const std::string& message) {
    throw answer_error(code, message);
}

void add_once(std::vector<OfferedAlbum>& groups, const OfferedAlbum& group) {
    const bool is_known = std::any_of(groups.begin(), groups.end(), [&](const OfferedAlbum& one) {
        return one.album.mbid == group.album.mbid;
    });
    if (!is_known) groups.push_back(group);
}

class MirrorSource final : public ReleaseSource {
  public:
    MirrorSource(const std::string& file, SourceOptions options)
        : m_name(escape_controls(file)),
          m_options(std::move(options)),
          m_mirror(file, m_options.on_warning) {
        if (m_mirror.facts().releases) return;
        throw Error(
            fmt::format("the mirror {} has no releases; load release.tar.xz into it "
                        "with `musicbrainz-mirror load`",
                        m_name));
    }

    GroupReleases releases_of(const Mbid& release_group, std::stop_token stop) override {
        return asked(stop, [&] { return releases(release_group, stop); });
    }

    GroupReleases releases_of_group_with(const Mbid& release, std::stop_token stop) override {
        return asked(stop, [&] {
            const auto group = m_mirror.group_with(release);
            if (!group) {
                fail("not_found",
                     fmt::format("the mirror {} has no release {}", m_name, release.to_string()));
            }
            return releases(*group, stop);
        });
    }

    GroupReleases releases_of_named(const NamedAlbum& named, std::stop_token stop) override {
        return asked(stop, [&] {
            require_groups();
            return releases(group_meant(named), stop);
        });
    }

    ArtistGroups release_groups_of(const Mbid& artist, const TypeFilter& types,
                                   std::stop_token stop) override {
        return asked(stop, [&] {
            ArtistGroups groups{groups_of(artist, types), 0};
            if (groups.albums.empty() && types.takes_all()) refuse_artist(artist);
            return groups;
        });
    }

    IdentifiedGroups groups_with(const Identifier& identifier, std::span<const Identifier>,
                                 std::stop_token stop) override {
        return asked(stop, [&] {
            return identifier.kind == IdentifierKind::discogs_master
                       ? linked_groups(identifier)
                       : groups_of_bearers(identifier);
        });
    }

    /// Dumps of releases and release groups are indexed by artist alone. An artist that the mirror
    /// has no album of may have the first one tomorrow.
    GroupList list_groups(const GroupListQuestion& question, std::stop_token stop) override {
        return asked(stop, [&] {
            if (question.entity.value_or(EntityType::artist) != EntityType::artist) {
                refuse_entity(*question.entity, question.mbid);
            }
            GroupList list;
            list.mbid = question.mbid;
            list.albums = groups_of(question.mbid, question.types);
            const bool may_be_another = list.albums.empty() && !question.entity;
            if (may_be_another && m_mirror.groups_of(question.mbid).empty()) {
                refuse_artist(question.mbid);
            }
            return list;
        });
    }

    GroupListings listings_of(std::span<const Mbid> release_groups, std::stop_token stop) override {
        return asked(stop, [&] {
            GroupListings result;
            for (const Mbid& group : release_groups) {
                auto releases = m_mirror.release_mbids_of(group);
                const bool is_known = !releases.empty() || m_mirror.release_group(group);
                if (is_known) result.groups.push_back({group, std::move(releases)});
            }
            return result;
        });
    }

  private:
    /// One question of the mirror.
    template <typename Ask>
    std::invoke_result_t<Ask> asked(const std::stop_token& stop, Ask ask) const {
        check(stop);
        try {
            auto result = ask();
            result.requests = 1;
            return result;
        } catch (SourceError& error) {
            error.requests = 1;
            throw;
        } catch (const Error& error) {
            // The file may be there again, or whole again, by the next attempt.
            throw SourceError(ErrorKind::transient, "unreadable", error.what());
        }
    }

    static void check(const std::stop_token& stop) {
        if (!stop.stop_requested()) return;
        throw SourceError(ErrorKind::stopped, "stopped", "stopped while reading the mirror");
    }

    GroupReleases releases(const Mbid& group, const std::stop_token& stop) const {
        GroupReleases result;
        std::optional<Oddity> odd_group;
        for (const std::string& json : m_mirror.releases_of(group)) {
            check(stop);
            show(json);
            add(result, odd_group, json);
        }
        result.lists_all = m_mirror.has_all_releases();
        if (!has_facts(result)) add_group(result, std::move(odd_group), group);
        check_oddities(result, m_options.odd_releases);
        if (!m_options.with_genres) leave_out_genres(result);
        return result;
    }

    /// Adds a document. It is of the group, for by that it was found, whatever else it is.
    static void add(GroupReleases& result, std::optional<Oddity>& odd_group,
                    const std::string& json) {
        try {
            ParsedRelease parsed = parse_release(json);
            if (!has_facts(result)) result.release_group = std::move(parsed.release_group);
            if (parsed.odd_group) odd_group = std::move(parsed.odd_group);
            result.releases.push_back(std::move(parsed.release));
        } catch (const OddValue& odd) {
            result.oddities.push_back(odd.oddity);
        }
    }

    void show(const std::string& json) const {
        if (m_options.on_answer) m_options.on_answer(json);
    }

    static bool has_facts(const GroupReleases& result) {
        return result.release_group && result.release_group->title;
    }

    /// What the group is, where no release tells it.
    void add_group(GroupReleases& result, std::optional<Oddity> odd_group,
                   const Mbid& group) const {
        const bool is_empty = result.releases.empty() && result.oddities.empty();
        const auto json = m_mirror.release_group(group);
        if (!json && is_empty) refuse_unknown(group);
        GroupFacts facts;
        facts.album.mbid = group;
        facts.odd = std::move(odd_group);
        if (json) show(*json);
        if (json) facts = parse_group_facts(*json);
        result.release_group = std::move(facts.album);
        if (facts.odd) result.oddities.push_back(std::move(*facts.odd));
    }

    IdentifiedGroups linked_groups(const Identifier& identifier) const {
        require_groups();
        IdentifiedGroups result;
        for (const std::string& json :
             m_mirror.groups_with(mirror::identifier_key(identifier), k_most_named)) {
            result.groups.push_back({parse_group_facts(json).album});
        }
        result.is_whole = result.groups.size() < k_most_named;
        return result;
    }

    /// Of a catalogue number the labels are looked at, too.
    IdentifiedGroups groups_of_bearers(const Identifier& identifier) const {
        IdentifiedGroups result;
        const auto found = m_mirror.releases_with(mirror::identifier_key(identifier), k_most_named);
        result.is_whole = found.size() < k_most_named;
        for (const std::string& json : found) {
            const FoundRelease release = parse_found_release(json);
            const bool is_of_label =
                identifier.kind != IdentifierKind::catno || bears(release.label_info, identifier);
            if (release.group) {
                add_once(is_of_label ? result.groups : result.of_other_labels, *release.group);
            }
        }
        if (!result.groups.empty()) result.of_other_labels.clear();
        return result;
    }

    std::vector<Album> groups_of(const Mbid& artist, const TypeFilter& types) const {
        require_groups();
        std::vector<Album> albums;
        for (const std::string& json : m_mirror.groups_of(artist)) {
            Album album = parse_group_facts(json).album;
            if (is_taken(album, types)) albums.push_back(std::move(album));
        }
        return albums;
    }

    [[noreturn]] void refuse_artist(const Mbid& artist) const {
        fail("not_found",
             fmt::format("the mirror {} has no album of artist {}", m_name, artist.to_string()));
    }

    [[noreturn]] void refuse_entity(EntityType entity, const Mbid& mbid) const {
        fail("unsupported",
             fmt::format("the mirror {} cannot list the albums of {} {}: dumps of releases and "
                         "release groups say nothing of that; run with --source "
                         "https://musicbrainz.org/ws/2",
                         m_name, to_string(entity), mbid.to_string()));
    }

    [[noreturn]] void refuse_unknown(const Mbid& group) const {
        fail("not_found",
             fmt::format("the mirror {} has no release group {}; it knows none that was merged "
                         "into another, and none that is newer than its dump",
                         m_name, group.to_string()));
    }

    /// The title may be told with an edition's name behind it, and the artist in many ways: what
    /// has the title is offered whoever made it, unless it is too much.
    Mbid group_meant(const NamedAlbum& named) const {
        std::vector<OfferedAlbum> offered;
        const std::string artist = credit_text(named.artist_credit);
        offer({named.title, artist, artist_of(named)}, offered);
        offer({named.title, "", artist_of(named)}, offered);
        AlbumMatch match = match_album(named, offered);
        if (match.verdict == MatchVerdict::not_found || !is_in_full(named, match, offered)) {
            offer_looser(named, artist, offered);
            match = match_album(named, offered);
        }
        if (match.verdict == MatchVerdict::ambiguous)
            match = match_with_editions(named, match, offered);
        if (match.verdict != MatchVerdict::safe) refuse_match(named, std::move(match));
        return *match.mbid;
    }

    static bool is_in_full(const NamedAlbum& named, const AlbumMatch& match,
                           const std::vector<OfferedAlbum>& offered) {
        return std::none_of(offered.begin(), offered.end(), [&](const OfferedAlbum& one) {
            return one.album.mbid == match.mbid && !is_titled_in_full(named, one);
        });
    }

    /// Which namesake is a bootleg, only releases tell.
    AlbumMatch match_with_editions(const NamedAlbum& named, const AlbumMatch& match,
                                   std::vector<OfferedAlbum>& offered) const {
        for (OfferedAlbum& one : offered) {
            const bool may_be = std::any_of(
                match.candidates.begin(), match.candidates.end(),
                [&](const Candidate& candidate) { return candidate.mbid == one.album.mbid; });
            if (!may_be) continue;
            for (const std::string& json : m_mirror.releases_of(*one.album.mbid)) {
                if (auto found = named_release(json)) {
                    one.editions.push_back(std::move(found->edition));
                }
            }
        }
        return match_album(named, offered);
    }

    /// What fits if something is left out or written otherwise, releases called so, all that the
    /// artist has, and what is much like it.
    void offer_looser(const NamedAlbum& named, const std::string& artist,
                      std::vector<OfferedAlbum>& offered) const {
        const auto titles = looser_titles(named);
        for (const std::string& title : titles) {
            offer({title, artist, artist_of(named)}, offered);
            offer({title, "", artist_of(named)}, offered);
        }
        offer_groups_of_releases({named.title, artist, artist_of(named)}, offered);
        for (const std::string& title : titles)
            offer_groups_of_releases({title, artist, artist_of(named)}, offered);
        for (const std::string& json :
             m_mirror.groups_near({named.title, artist, artist_of(named)}, k_most_near)) {
            offer(json, offered);
        }
    }

    void offer(const mirror::NameQuery& query, std::vector<OfferedAlbum>& offered) const {
        for (const std::string& json : m_mirror.groups_named(query, k_most_named))
            offer(json, offered);
    }

    static void offer(const std::string& json, std::vector<OfferedAlbum>& offered) {
        if (auto found = parse_offered(json)) offered.push_back(std::move(*found));
    }

    /// With the title of the release, unless it is a bootleg's.
    void offer_groups_of_releases(const mirror::NameQuery& query,
                                  std::vector<OfferedAlbum>& offered) const {
        for (const std::string& json : m_mirror.releases_named(query, k_most_named)) {
            const auto found = named_release(json);
            if (!found || found->edition.status == "Bootleg") continue;
            if (OfferedAlbum* const group = offered_group(*found->named->album.mbid, offered)) {
                group->editions.push_back(found->edition);
            }
        }
    }

    /// One that tells its title and its group. What else is odd in it is for its own import.
    static std::optional<FoundRelease> named_release(const std::string& json) {
        try {
            FoundRelease found = parse_found_release(json);
            return found.named ? std::optional{std::move(found)} : std::nullopt;
        } catch (const OddValue&) {
            return std::nullopt;
        }
    }

    /// The group among those offered, put there if need be; nothing if the mirror has it not.
    OfferedAlbum* offered_group(const Mbid& group, std::vector<OfferedAlbum>& offered) const {
        const auto of_group = [&](const OfferedAlbum& one) { return one.album.mbid == group; };
        auto found = std::find_if(offered.begin(), offered.end(), of_group);
        if (found == offered.end()) {
            if (const auto json = m_mirror.release_group(group)) offer(*json, offered);
            found = std::find_if(offered.begin(), offered.end(), of_group);
        }
        return found == offered.end() ? nullptr : &*found;
    }

    static std::optional<Mbid> artist_of(const NamedAlbum& named) {
        const auto& credit = named.artist_credit;
        return credit.size() == 1 ? credit.front().artist.mbid : std::nullopt;
    }

    void require_groups() const {
        if (m_mirror.facts().release_groups) return;
        fail("unsupported", fmt::format("the mirror {} has no release groups to search; load "
                                        "release-group.tar.xz into it with `musicbrainz-mirror "
                                        "load`",
                                        m_name));
    }

    std::string m_name;
    SourceOptions m_options;
    mirror::Mirror m_mirror;
};

}  // namespace

std::unique_ptr<ReleaseSource> make_mirror_source(const std::string& file,
                                                  const SourceOptions& options) {
    return std::make_unique<MirrorSource>(file, options);
}

}  // namespace pressings::source
