#include "worker/kinds/identified_album.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "domain/identified_match.hpp"
#include "source/fault_table.hpp"

namespace pressings::worker {

namespace {

using source::answer_error;
using source::GroupReleases;
using source::IdentifiedGroups;
using source::Meaning;
using source::SourceError;

/// Printed on many editions, and by mistake on others' as well: what is named beside it counts.
bool is_printed(const Identifier& identifier) {
    return identifier.kind == IdentifierKind::barcode || identifier.kind == IdentifierKind::catno;
}

std::vector<Identifier> part_of(const std::vector<Identifier>& all,
                                bool (*is_in)(const Identifier&)) {
    std::vector<Identifier> part;
    std::copy_if(all.begin(), all.end(), std::back_inserter(part), is_in);
    return part;
}

OfferedAlbum offered(const GroupReleases& found) {
    OfferedAlbum group;
    if (found.release_group) group.album = *found.release_group;
    for (const Release& release : found.releases)
        group.editions.push_back({release.title, release.status});
    return group;
}

bool has_any(const GroupReleases& found, const std::vector<Identifier>& identifiers) {
    return std::any_of(identifiers.begin(), identifiers.end(), [&](const Identifier& identifier) {
        return std::any_of(found.releases.begin(), found.releases.end(),
                           [&](const Release& release) { return bears(release, identifier); });
    });
}

bool is_among(const OfferedAlbum& group, const std::vector<OfferedAlbum>& groups) {
    return !common_groups({group}, groups).empty();
}

std::string title_and_artist(const OfferedAlbum& group) {
    const std::string artist = credit_text(group.album.artist_credit);
    return fmt::format("{}{}", quote(group.album.title.value_or("?")),
                       artist.empty() ? "" : " by " + quote(artist));
}

[[noreturn]] void refuse(const std::string& message, std::span<const OfferedAlbum> groups) {
    SourceError error = answer_error("ambiguous", message);
    error.candidates = candidates_among(groups);
    throw error;
}

/// Whether a name that ended so may still be decided by something else.
bool is_open(Meaning meaning) {
    return meaning == Meaning::not_found || meaning == Meaning::ambiguous ||
           meaning == Meaning::unable;
}

class IdentifiedSearch {
  public:
    IdentifiedSearch(source::ReleaseSource& source, const ClaimedJob& job,
                     const std::optional<NamedAlbum>& named, std::stop_token stop)
        : m_source(source), m_job(job), m_named(named), m_stop(std::move(stop)) {}

    GroupReleases run() {
        try {
            GroupReleases found = search();
            found.requests = m_requests;
            return found;
        } catch (SourceError& error) {
            error.requests = m_requests;
            throw;
        }
    }

  private:
    struct Chosen {
        OfferedAlbum group;
        Identifier by;
    };

    GroupReleases search() {
        const auto sure =
            part_of(m_job.identifiers, [](const auto& one) { return !is_printed(one); });
        const auto printed = part_of(m_job.identifiers, is_printed);
        if (const auto chosen = choose(sure)) return releases_of(*chosen);
        if (m_named) {
            if (auto found = by_name(printed)) return std::move(*found);
        }
        if (const auto chosen = choose(printed)) return releases_of(*chosen);
        refuse_unknown();
    }

    /// Counts what it costs, whatever comes of it.
    template <typename Ask>
    std::invoke_result_t<Ask> asked(Ask ask) {
        try {
            auto result = ask();
            m_requests += result.requests;
            return result;
        } catch (const SourceError& error) {
            m_requests += error.requests;
            throw;
        }
    }

    /// Nothing where the source cannot tell.
    std::optional<IdentifiedGroups> groups_with(const Identifier& identifier) {
        try {
            const bool is_first = identifier.kind == m_job.identifiers.front().kind;
            const std::span<const Identifier> next = m_job.next_identifiers;
            return asked([&] {
                return m_source.groups_with(
                    identifier, is_first ? next : std::span<const Identifier>{}, m_stop);
            });
        } catch (const SourceError& error) {
            if (error.meaning != Meaning::unable) throw;
            if (!m_unsupported) m_unsupported = error;
            return std::nullopt;
        }
    }

    /// The group that all of these have in common, as far as they are known; nothing if none is.
    std::optional<Chosen> choose(const std::vector<Identifier>& identifiers) {
        std::vector<OfferedAlbum> groups;
        Identifier by;
        bool is_whole = true;
        for (const Identifier& identifier : identifiers) {
            auto found = groups_with(identifier);
            if (!found || !is_known(identifier, *found)) continue;
            if (groups.empty()) {
                groups = std::move(found->groups);
                by = identifier;
                is_whole = found->is_whole;
            } else {
                auto common = common_groups(groups, found->groups);
                if (common.empty()) refuse_disagreement(by, groups, identifier, found->groups);
                groups = std::move(common);
                is_whole = is_whole || found->is_whole;
            }
            if (groups.size() == 1 && is_whole) break;
        }
        if (groups.empty()) return std::nullopt;
        return Chosen{one_of(groups, by, is_whole), by};
    }

    bool is_known(const Identifier& identifier, IdentifiedGroups& found) {
        if (!found.groups.empty()) return true;
        m_unknown.push_back(described(identifier));
        std::move(found.of_other_labels.begin(), found.of_other_labels.end(),
                  std::back_inserter(m_near));
        return false;
    }

    OfferedAlbum one_of(const std::vector<OfferedAlbum>& groups, const Identifier& by,
                        bool is_whole) const {
        if (groups.size() == 1 && is_whole) return groups.front();
        if (m_named) {
            const AlbumMatch match = match_album(*m_named, groups);
            const auto meant =
                std::find_if(groups.begin(), groups.end(), [&](const OfferedAlbum& group) {
                    return match.mbid && group.album.mbid == match.mbid;
                });
            if (meant != groups.end()) return *meant;
        }
        const char* more = is_whole ? "" : "more than ";
        refuse(fmt::format("{}{} release groups have {}", more, groups.size(), described(by)),
               groups);
    }

    GroupReleases releases_of(const Chosen& chosen) {
        GroupReleases found = asked([&] {
            try {
                return m_source.releases_of(*chosen.group.album.mbid, m_stop);
            } catch (const SourceError& error) {
                if (error.meaning != Meaning::not_found) throw;
                throw stale(chosen, "which is gone", error.requests);
            }
        });
        const bool may_tell = found.oddities.empty() && !found.releases.empty() &&
                              chosen.by.kind != IdentifierKind::discogs_master;
        if (may_tell && !has_any(found, {chosen.by})) {
            throw stale(chosen, "of which no release has it", 0);
        }
        require_named_so(chosen, found);
        return found;
    }

    static SourceError stale(const Chosen& chosen, const char* why, int requests) {
        SourceError error =
            answer_error("stale_index", fmt::format("{}: the search names release group {}, {}",
                                                    described(chosen.by),
                                                    chosen.group.album.mbid->to_string(), why));
        error.again = source::Again::later;
        error.requests = requests;
        return error;
    }

    void require_named_so(const Chosen& chosen, const GroupReleases& found) const {
        const OfferedAlbum group = offered(found);
        if (!m_named || !contradicts(*m_named, group)) return;
        refuse(fmt::format("{} is of {}, which is not called {}", described(chosen.by),
                           title_and_artist(group), described(*m_named)),
               {&group, 1});
    }

    /// Where the name is safe by itself: unless what is printed on it is of another album.
    std::optional<GroupReleases> by_name(const std::vector<Identifier>& printed) {
        std::optional<GroupReleases> found;
        try {
            found = asked([&] { return m_source.releases_of_named(*m_named, m_stop); });
        } catch (const SourceError& error) {
            if (!is_open(error.meaning)) throw;
            m_name_error = error;
            return std::nullopt;
        }
        if (!has_any(*found, printed)) require_no_other(offered(*found), printed);
        return found;
    }

    /// MusicBrainz may lack this edition, or what is printed on it. Then the name stands.
    void require_no_other(const OfferedAlbum& meant, const std::vector<Identifier>& printed) {
        for (const Identifier& identifier : printed) {
            const auto found = groups_with(identifier);
            if (!found || found->groups.empty()) continue;
            if (is_among(meant, found->groups)) return;
            std::vector<OfferedAlbum> both{meant};
            both.insert(both.end(), found->groups.begin(), found->groups.end());
            refuse(fmt::format("{} is {}, and {} is of {}", described(*m_named),
                               meant.album.mbid->to_string(), described(identifier),
                               title_and_artist(found->groups.front())),
                   both);
        }
    }

    [[noreturn]] static void refuse_disagreement(const Identifier& a,
                                                 const std::vector<OfferedAlbum>& groups_a,
                                                 const Identifier& b,
                                                 const std::vector<OfferedAlbum>& groups_b) {
        std::vector<OfferedAlbum> both = groups_a;
        both.insert(both.end(), groups_b.begin(), groups_b.end());
        refuse(fmt::format("{} and {} are of different albums", described(a), described(b)), both);
    }

    [[noreturn]] void refuse_unknown() {
        if (m_unknown.empty()) throw m_name_error ? *m_name_error : m_unsupported.value();
        const std::string unknown =
            fmt::format("there is no release with {}", fmt::join(m_unknown, " or "));
        if (m_name_error) refuse_named(unknown);
        SourceError error = answer_error("not_found", unknown + hint());
        error.candidates = candidates_among(m_near);
        throw error;
    }

    [[noreturn]] void refuse_named(const std::string& unknown) const {
        const bool is_ambiguous = m_name_error->meaning == Meaning::ambiguous;
        SourceError error = answer_error(is_ambiguous ? "ambiguous" : "not_found",
                                         fmt::format("{}; and {}", m_name_error->what(), unknown));
        error.candidates = m_name_error->candidates;
        throw error;
    }

    std::string hint() const {
        if (!m_near.empty()) return " of that label, but of another";
        return fmt::format(
            "; MusicBrainz may lack it, and `album-import --album {} --mbid MBID` says which "
            "release group the album is",
            m_job.album_id.value_or(0));
    }

    source::ReleaseSource& m_source;
    const ClaimedJob& m_job;
    const std::optional<NamedAlbum>& m_named;
    std::stop_token m_stop;
    int m_requests = 0;
    std::vector<std::string> m_unknown;  ///< what the source does not know
    std::vector<OfferedAlbum> m_near;    ///< has the number of another label
    std::optional<SourceError> m_unsupported;
    std::optional<SourceError> m_name_error;
};

}  // namespace

GroupReleases releases_of_identified(source::ReleaseSource& source, const ClaimedJob& job,
                                     const std::optional<NamedAlbum>& named,
                                     const std::stop_token& stop) {
    return IdentifiedSearch{source, job, named, stop}.run();
}

}  // namespace pressings::worker
