#include "source/ws2/group_walk.hpp"

#include <array>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "source/fault_table.hpp"
#include "source/json/release_json.hpp"
#include "source/ws2/release_pages.hpp"

namespace pressings::source {

namespace {

constexpr std::string_view k_everything =
    "release-groups+labels+media+recordings+artist-credits+isrcs+discids+url-rels+"
    "release-rels+aliases";
constexpr std::string_view k_genres = "+genres";

constexpr std::size_t k_page_limit = 100;
constexpr std::size_t k_most_releases = 100'000;

/// Pages that bring nothing new end a walk: ties may make one, more are a server's fault.
constexpr int k_most_barren_pages = 2;

/// Where bare pages begin when a group is listed again. What tied at the edge of two pages is in
/// the middle of one that begins half a page later; the rest is for ties longer than that.
constexpr std::array<std::size_t, 8> k_starts{0, 50, 25, 75, 0, 50, 25, 75};

/// Of single releases, for a group. More than that is no skip at the edge of pages.
constexpr std::size_t k_most_lookups = 500;

/// Asks for the releases of one group.
class GroupWalk {
  public:
    GroupWalk(Ws2Session& session, const Mbid& group, const SourceOptions& options)
        : m_session(session), m_group(group), m_inc(inc_of(options)) {}

    GroupReleases run() {
        m_pages = walk(m_inc, 0);
        if (!m_pages.is_complete()) fetch_skipped();
        if (!m_pages.is_complete()) refuse_incomplete();
        GroupReleases result = m_pages.take(0);
        check_group(result);
        result.requests = m_session.requests();
        return result;
    }

  private:
    /// Goes from page to page by the number of releases received, as pages are shorter than
    /// the limit when their tracks are many
    /// (musicbrainz-server lib/MusicBrainz/Server/ControllerBase/WS/2.pm).
    ReleasePages walk(std::string_view inc, std::size_t offset) {
        ReleasePages pages;
        int barren_pages = 0;
        do {
            BrowsePage page = browse(inc, offset);
            const std::size_t received = page.received();
            const std::size_t fresh = pages.add(std::move(page), offset);
            offset += received;
            barren_pages = fresh > 0 ? 0 : barren_pages + 1;
            if (received == 0 || barren_pages >= k_most_barren_pages) break;
            if (pages.size() > k_most_releases) refuse_endless(pages.size());
        } while (!pages.is_complete() && offset < pages.release_count());
        return pages;
    }

    BrowsePage browse(std::string_view inc, std::size_t offset) {
        return parse_browse_page(m_session.ask(
            fmt::format("/release?release-group={}&limit={}&offset={}&inc={}&fmt=json",
                        m_group.to_string(), k_page_limit, offset, inc)));
    }

    /// Lists the group again, by bare releases, whose pages are long whatever their tracks; and
    /// looks up each one that the first walk did not bring.
    void fetch_skipped() {
        std::unordered_set<Mbid> asked;
        for (const std::size_t start : k_starts) {
            if (start > 0 && start >= m_pages.release_count()) continue;
            for (const Mbid& release : list_unknown(start)) {
                if (asked.size() >= k_most_lookups) return;
                if (asked.insert(release).second) look_up(release);
            }
            if (m_pages.is_complete()) return;
        }
    }

    std::vector<Mbid> list_unknown(std::size_t start) {
        const GroupReleases listed = walk("release-groups", start).take(0);
        std::vector<Mbid> unknown = listed_mbids(listed.releases, listed.oddities);
        std::erase_if(unknown, [&](const Mbid& release) { return m_pages.contains(release); });
        return unknown;
    }

    /// One that is gone by now stays missing: the next attempt will see a truer count.
    void look_up(const Mbid& release) {
        try {
            m_pages.add(parse_release(m_session.ask(
                fmt::format("/release/{}?inc={}&fmt=json", release.to_string(), m_inc))));
        } catch (const OddValue& odd) {
            OddRelease found{odd.oddity, odd.likeness};
            if (!found.oddity.release) found.oddity.release = release;
            if (found.oddity.release == release) m_pages.add(std::move(found));
        } catch (const SourceError& error) {
            if (error.meaning != Meaning::not_found) throw;
        }
    }

    /// The facts of a group without releases; and, where the releases are of another group than
    /// asked for, whether ours was merged into that one.
    void check_group(GroupReleases& result) {
        const bool is_empty = result.releases.empty();
        const bool is_other = result.release_group && result.release_group->mbid != m_group;
        if (!is_empty && !is_other) return;
        GroupFacts facts = parse_group_facts(m_session.ask(
            fmt::format("/release-group/{}?inc=artist-credits&fmt=json", m_group.to_string())));
        const Album& group = facts.album;
        if (is_empty) {
            result.release_group = group;
            if (facts.odd) result.oddities.push_back(std::move(*facts.odd));
        } else if (group.mbid != result.release_group->mbid) {
            refuse_other_group(*result.release_group);
        }
    }

    [[noreturn]] void refuse_incomplete() const {
        throw SourceError(
            ErrorKind::transient, "incomplete",
            fmt::format("release group {}: the service gave {} of its {} releases, "
                        "and no more when asked again in other ways",
                        m_group.to_string(), m_pages.size(), m_pages.release_count()));
    }

    [[noreturn]] void refuse_endless(std::size_t releases) const {
        throw answer_error("too_large", fmt::format("release group {}: no end after {} releases",
                                                    m_group.to_string(), releases));
    }

    [[noreturn]] void refuse_other_group(const Album& other) const {
        throw answer_error("wrong_group",
                           fmt::format("release group {}: the service gave the releases of {}, "
                                       "into which it was not merged",
                                       m_group.to_string(), other.mbid->to_string()));
    }

    Ws2Session& m_session;
    Mbid m_group;
    std::string m_inc;
    ReleasePages m_pages;
};

}  // namespace

std::string inc_of(const SourceOptions& options) {
    return fmt::format("{}{}", k_everything, options.with_genres ? k_genres : "");
}

GroupReleases releases_in(Ws2Session& session, const Mbid& group, const SourceOptions& options) {
    GroupReleases found = GroupWalk{session, group, options}.run();
    check_oddities(found, options.odd_releases);
    if (!options.with_genres) leave_out_genres(found);
    return found;
}

}  // namespace pressings::source
