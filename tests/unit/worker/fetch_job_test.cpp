// What a source is asked for a job, what it is believed, and what the asking cost.
#include "worker/fetch_job.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "source/fault_table.hpp"
#include "support/samples.hpp"

using namespace pressings;
using namespace pressings::test;
using source::ErrorKind;
using source::GroupReleases;
using source::SourceError;
using worker::FetchFailure;

namespace {

SourceError failure(const char* code, ErrorKind kind, int requests) {
    SourceError error{kind, code, "it failed"};
    error.meaning = source::answer_error(code, "").meaning;  // as the fault table has it
    error.requests = requests;
    return error;
}

/// A source of one group with the releases 1 and 2, of which the second can be odd, missing, or
/// both can; what it says is gone is true only of one that proves what it is.
struct TellingSource final : source::ReleaseSource {
    GroupReleases releases_of(const Mbid& group, std::stop_token) override {
        if (is_gone) throw failure("not_found", ErrorKind::permanent, 2);
        GroupReleases found;
        found.release_group = Album{};
        found.release_group->mbid = group;
        found.releases.push_back(release(1, "First"));
        found.requests = 2;
        if (has_odd_release) found.oddities.push_back({mbid(2), "date", "1", "is no date", 1});
        return found;
    }
    GroupReleases releases_of_group_with(const Mbid&, std::stop_token) override {
        throw failure("not_found", ErrorKind::permanent, 1);
    }
    GroupReleases releases_of_named(const source::NamedAlbum& named, std::stop_token) override {
        asked_year = named.year;
        return {};
    }
    source::ReleaseFates fates_of(std::span<const Mbid> releases, std::stop_token) override {
        asked_fates.assign(releases.begin(), releases.end());
        if (!fates.empty()) return {fates, 3};
        return {{{releases.front(), std::nullopt, std::nullopt}}, 3};
    }
    source::GroupListings listings_of(std::span<const Mbid> groups, std::stop_token) override {
        if (is_gone) throw failure("stale_index", ErrorKind::transient, 1);
        return {{{groups.front(), {mbid(1)}}}, 1};
    }
    int prove(std::span<const Mbid>, std::stop_token) override {
        if (!is_proven) throw failure("unproven", ErrorKind::transient, 4);
        return 4;
    }
    bool is_current() const override { return true; }

    bool is_gone = false;
    bool has_odd_release = false;
    bool is_proven = true;
    std::vector<ReleaseFate> fates;  ///< if it tells more than one
    std::vector<Mbid> asked_fates;
    std::optional<int> asked_year;
};

/// A job for an album that was imported with the releases 1 and 2.
ClaimedJob job_again() {
    ClaimedJob job;
    job.id = 1;
    job.album_id = 1;
    job.album.mbid = mbid(100);
    job.imported = true;
    job.known_releases = {mbid(1), mbid(2)};
    return job;
}

worker::Fetched fetched(TellingSource& source, const ClaimedJob& job) {
    return worker::fetch(source, job, {}, {});
}

}  // namespace

TEST_CASE("What became of a release that is not listed any more is asked, and costs requests") {
    TellingSource source;
    const auto import = std::get<store::Import>(fetched(source, job_again()));
    CHECK(source.asked_fates == std::vector{mbid(2)});
    CHECK(import.fates.size() == 1);
    CHECK(import.requests == 2 + 3 + 4);
}

TEST_CASE("A release that is listed and cannot be read is there, and nobody asks where it went") {
    TellingSource source;
    source.has_odd_release = true;
    const auto import = std::get<store::Import>(fetched(source, job_again()));
    CHECK(source.asked_fates.empty());
    CHECK(import.fates.empty());
    CHECK(import.oddities.size() == 1);
}

TEST_CASE("That a release or a group is gone is not believed of a source that proves nothing") {
    for (const bool is_gone : {false, true}) {
        CAPTURE(is_gone);
        TellingSource source;
        source.is_gone = is_gone;
        source.is_proven = false;
        const auto failed = std::get<FetchFailure>(fetched(source, job_again()));
        CHECK(failed.kind == ErrorKind::transient);
        CHECK(failed.error.code == "unproven");
        CHECK(failed.requests == (is_gone ? 2 + 1 + 4 : 2 + 3 + 4));
    }
}

TEST_CASE("That one of several releases is gone is not believed of a source that proves nothing") {
    TellingSource source;
    source.is_proven = false;
    source.fates = {{mbid(2), mbid(2), mbid(200)}, {mbid(3), std::nullopt, std::nullopt}};
    ClaimedJob job = job_again();
    job.known_releases.push_back(mbid(3));
    CHECK(std::get<FetchFailure>(fetched(source, job)).error.code == "unproven");
}

TEST_CASE("A group that is gone was removed if it had been imported, else it was never there") {
    TellingSource source;
    source.is_gone = true;
    ClaimedJob job = job_again();
    CHECK(std::get<store::Import>(fetched(source, job)).group_is_gone);
    job.imported = false;
    const auto failed = std::get<FetchFailure>(fetched(source, job));
    CHECK(failed.kind == ErrorKind::permanent);
    CHECK(failed.error.code == "not_found");
    CHECK(failed.requests == 2 + 1);
}

TEST_CASE("An album told by name is looked for with the year that was told, or that of its date") {
    ClaimedJob job;
    job.album.title = "An album";
    job.album.first_release_date = PartialDate{1973, 3, 1};
    TellingSource source;
    fetched(source, job);
    CHECK(source.asked_year == 1973);
    job.year = 1992;
    fetched(source, job);
    CHECK(source.asked_year == 1992);
}

TEST_CASE("New editions are asked for by the groups in the arguments, and a failure is the job's") {
    TellingSource source;
    ClaimedJob job;
    job.kind = JobKind::new_editions;
    job.arguments = mbid(5).to_string() + "," + mbid(6).to_string();
    const auto fetched = worker::fetch(source, job, {}, {});
    const auto& finding = std::get<store::Finding>(fetched);
    CHECK(finding.requests == 1);
    const auto& listed = std::get<store::NewEditions>(finding.found).groups;
    REQUIRE(listed.size() == 1);
    CHECK(listed.front().release_group == mbid(5));
    source.is_gone = true;
    const auto failed = worker::fetch(source, job, {}, {});
    CHECK(std::get<FetchFailure>(failed).error.code == "stale_index");
    CHECK(std::get<FetchFailure>(failed).requests == 1);
}
