// The part of Drain that has albums of one artist asked for together, where the source can. One job
// is taken, and what waits beside it is read with it; what is whole then is taken and written at
// once, and the rest waits for its own turn as before.
#include <algorithm>
#include <utility>

#include "domain/album_match.hpp"
#include "domain/release_facts.hpp"
#include "worker/drain.hpp"
#include "worker/import_of.hpp"

namespace pressings::worker {

namespace {

constexpr std::size_t k_most_together = 300;

/// What was not whole is asked for by itself, and not together once more.
constexpr Millis k_asked_for = 3'600'000;
constexpr std::size_t k_most_remembered = 100'000;

/// Written in one commit.
constexpr std::size_t k_most_jobs = 50;
constexpr std::size_t k_most_tracks = 4'000;

/// So many as are written in one commit.
std::unordered_map<Mbid, source::GroupReleases> take_some(
    std::unordered_map<Mbid, source::GroupReleases>& whole) {
    std::unordered_map<Mbid, source::GroupReleases> some;
    std::size_t tracks = 0;
    while (!whole.empty() && some.size() < k_most_jobs && tracks < k_most_tracks) {
        auto group = whole.extract(whole.begin());
        tracks += known_tracks(group.mapped().releases);
        some.insert(std::move(group));
    }
    return some;
}

}  // namespace

void Drain::start(ClaimedJob job) {
    // What came along with a discography would be taken in part, or with a job that workers die of.
    if (job.kind == JobKind::discography && (m_options.max_jobs || job.suspect)) {
        job.imported = true;
    }
    if (job.album.mbid && m_being_read.contains(*job.album.mbid)) {
        m_beside.push_back(std::move(job));
    } else if (auto companions = companions_of(job)) {
        const auto& groups = companions->release_groups;
        note_asked_together(groups);
        m_being_read.insert(groups.begin(), groups.end());
        m_pool.add_together(std::move(job), std::move(*companions));
    } else {
        m_pool.add(std::move(job));
    }
}

std::optional<Companions> Drain::companions_of(const ClaimedJob& job) {
    if (!m_reads_together || job.kind != JobKind::releases || job.suspect) return std::nullopt;
    note_asked_together({});
    if (!job.album.mbid || m_asked_together.contains(*job.album.mbid)) return std::nullopt;
    auto most = k_most_together;
    if (m_options.max_jobs) {
        most = std::min(most, static_cast<std::size_t>(*m_options.max_jobs - m_taken) + 1);
    }
    auto companions = m_queue.companions_of(job, most);
    if (!companions || companions->artist == various_artists()) return std::nullopt;
    std::erase_if(companions->release_groups,
                  [&](const Mbid& group) { return m_asked_together.contains(group); });
    return companions;
}

/// Those that were asked for long ago may be asked for again.
void Drain::note_asked_together(std::span<const Mbid> groups) {
    const Millis now = m_clock.steady_ms();
    if (now - m_asked_together_ms > k_asked_for || m_asked_together.size() > k_most_remembered) {
        m_asked_together.clear();
        m_asked_together_ms = now;
    }
    m_asked_together.insert(groups.begin(), groups.end());
}

void Drain::write_together(ReadTogether& together, Millis duration_ms, const Report& report) {
    for (const Mbid& group : together.companions.release_groups)
        m_being_read.erase(group);
    Whole whole;
    for (source::GroupReleases& group : together.groups) {
        const Mbid mbid = *group.release_group->mbid;
        whole.emplace(mbid, std::move(group));
    }
    write_or_ask(take_beside(together), whole, {together.requests, duration_ms}, report);
    write_whole(std::move(whole), together.job.queue, report);
}

/// The jobs of its albums are there once the discography is done.
void Drain::write_found_together(FoundTogether& found, Millis duration_ms, const Report& report) {
    if (write_finding(found.finding, duration_ms, report) != AttemptEnd::done) return;
    Whole whole;
    for (source::GroupReleases& group : found.groups) {
        const Mbid mbid = *group.release_group->mbid;
        whole.emplace(mbid, std::move(group));
    }
    std::vector<Mbid> asked;
    for (const Album& album : std::get<store::Discography>(found.finding.found).albums)
        asked.push_back(album.mbid.value());
    note_asked_together(asked);
    write_whole(std::move(whole), found.finding.job.queue, report);
}

void Drain::write_whole(Whole whole, const std::string& queue, const Report& report) {
    while (!whole.empty() && !m_stop_by_ms && !m_paused && !m_too_many) {
        Whole some = take_some(whole);
        write_or_ask(claim_imports(some, queue), some, {}, report);
    }
}

/// The job that led to it, and those of its groups that were taken meanwhile.
std::vector<ClaimedJob> Drain::take_beside(const ReadTogether& together) {
    std::vector<ClaimedJob> jobs{together.job};
    for (ClaimedJob& job : std::exchange(m_beside, {})) {
        const bool still_read = m_being_read.contains(*job.album.mbid);
        (still_read ? m_beside : jobs).push_back(std::move(job));
    }
    return jobs;
}

std::vector<ClaimedJob> Drain::claim_imports(const Whole& whole, const std::string& queue) {
    std::vector<Mbid> groups;
    for (const auto& [mbid, group] : whole)
        groups.push_back(mbid);
    if (m_options.max_jobs) {
        const auto left =
            static_cast<std::size_t>(std::max<std::int64_t>(0, *m_options.max_jobs - m_taken));
        groups.resize(std::min(groups.size(), left));
    }
    auto jobs = m_queue.claim_imports(groups, queue, m_options.lease_ms);
    m_taken += static_cast<std::int64_t>(jobs.size());
    for (const ClaimedJob& job : jobs)
        m_held.emplace(job.id, job);
    return jobs;
}

/// An album that lacks a release which the catalogue has is asked for by itself, as one that is not
/// whole is: the index lists less of it than there was.
void Drain::write_or_ask(std::vector<ClaimedJob> jobs, Whole& whole, FetchCost cost,
                         const Report& report) {
    std::vector<FetchResult> results;
    for (ClaimedJob& job : jobs) {
        auto found = whole.extract(*job.album.mbid);
        if (found.empty()) {
            m_pool.add(std::move(job));
            continue;
        }
        store::Import import = import_of(job, std::move(found.mapped()));
        if (!absent_from(import).empty()) {
            m_pool.add(std::move(job));
            continue;
        }
        import.requests = std::exchange(cost.requests, 0);
        results.push_back({std::move(import), cost.duration_ms});
    }
    m_summary.requests += cost.requests;
    write_imports(results, report);
}

}  // namespace pressings::worker
