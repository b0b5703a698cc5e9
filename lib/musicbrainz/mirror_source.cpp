#include "musicbrainz/mirror_source.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "mirror/mirror.hpp"
#include "musicbrainz/named_groups.hpp"
#include "musicbrainz/release_json.hpp"

namespace pressings::musicbrainz {

namespace {

/// More groups than this with the same words, and the name says too little.
constexpr std::size_t k_most_named = 500;

[[noreturn]] void fail(const char* code, const std::string& message) {
    throw SourceError(ErrorKind::permanent, code, message);
}

class MirrorSource final : public ReleaseSource {
  public:
    explicit MirrorSource(const std::string& file) : m_name(escape_controls(file)), m_mirror(file) {
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
            return releases(group_meant(named, offered(named)), stop);
        });
    }

    ArtistGroups release_groups_of(const Mbid& artist, const std::vector<std::string>& types,
                                   std::stop_token stop) override {
        return asked(stop, [&] {
            require_groups();
            ArtistGroups groups;
            for (const std::string& json : m_mirror.groups_of(artist)) {
                Album album = parse_release_group(json);
                if (is_of_types(album, types)) groups.albums.push_back(std::move(album));
            }
            if (groups.albums.empty() && types.empty()) {
                fail("not_found", fmt::format("the mirror {} has no album of artist {}", m_name,
                                              artist.to_string()));
            }
            return groups;
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
        for (const std::string& json : m_mirror.releases_of(group)) {
            check(stop);
            ParsedRelease parsed = parse_release(json);
            if (!result.release_group) result.release_group = std::move(parsed.release_group);
            result.releases.push_back(std::move(parsed.release));
        }
        if (!result.release_group) result.release_group = empty_group(group);
        return result;
    }

    /// One that has no releases.
    Album empty_group(const Mbid& group) const {
        const auto json = m_mirror.release_group(group);
        if (json) return parse_release_group(*json);
        fail("not_found",
             fmt::format("the mirror {} has no release group {}; it knows none that was merged "
                         "into another, and none that is newer than its dump",
                         m_name, group.to_string()));
    }

    std::vector<Album> offered(const NamedAlbum& named) const {
        std::vector<Album> albums;
        for (const std::string& json : m_mirror.groups_named(query_of(named), k_most_named))
            albums.push_back(parse_release_group(json));
        return albums;
    }

    static mirror::NameQuery query_of(const NamedAlbum& named) {
        const auto& credit = named.artist_credit;
        const bool is_one_known_artist = credit.size() == 1 && credit.front().artist.mbid;
        if (is_one_known_artist) return {named.title, "", credit.front().artist.mbid};
        return {named.title, credit_text(credit), std::nullopt};
    }

    void require_groups() const {
        if (m_mirror.facts().release_groups) return;
        fail("unsupported", fmt::format("the mirror {} has no release groups to search; load "
                                        "release-group.tar.xz into it with `musicbrainz-mirror "
                                        "load`",
                                        m_name));
    }

    std::string m_name;
    mirror::Mirror m_mirror;
};

}  // namespace

std::unique_ptr<ReleaseSource> make_mirror_source(const std::string& file) {
    return std::make_unique<MirrorSource>(file);
}

}  // namespace pressings::musicbrainz
