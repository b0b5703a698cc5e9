// What is asked for an album that is known by what stands on it, and what is believed.
#include <map>

#include <doctest/doctest.h>

#include "source/fault_table.hpp"
#include "support/samples.hpp"
#include "worker/fetch_job.hpp"

using namespace pressings;
using namespace pressings::test;
using source::SourceError;
using worker::FetchFailure;
using Kind = IdentifierKind;

namespace {

const Identifier k_barcode{Kind::barcode, "720642462928"};
const Identifier k_catno{Kind::catno, "DGC-24629", {"DGC"}};
const Identifier k_discogs{Kind::discogs_release, "249504"};

/// Groups by number: "Weezer" of 1994 and of 2001, and "Pinkerton"; each with one release.
struct Groups final : source::ReleaseSource {
    source::IdentifiedGroups groups_with(const Identifier& identifier, std::span<const Identifier>,
                                         std::stop_token) override {
        asked.emplace_back(to_string(identifier.kind));
        if (is_unable) throw source::answer_error("unsupported", "it cannot tell");
        source::IdentifiedGroups found;
        for (const int n : by_identifier[comparable(identifier)])
            found.groups.push_back({album(n)});
        for (const int n : of_other_labels)
            found.of_other_labels.push_back({album(n)});
        found.is_whole = is_whole;
        found.requests = 1;
        return found;
    }

    source::GroupReleases releases_of(const Mbid& group, std::stop_token) override {
        for (const int n : {1, 2, 3}) {
            if (group == mbid(n)) return releases_of_group(n);
        }
        throw source::answer_error("not_found", "there is no such group");
    }

    source::GroupReleases releases_of_group_with(const Mbid&, std::stop_token) override {
        throw source::answer_error("not_found", "there is no such release");
    }

    source::GroupReleases releases_of_named(const NamedAlbum&, std::stop_token) override {
        asked.emplace_back("name");
        if (by_name) return releases_of_group(*by_name);
        SourceError error = source::answer_error(name_code, "the name is open");
        error.candidates = {Candidate{mbid(1), "Weezer", "Weezer"},
                            Candidate{mbid(2), "Weezer", "Weezer"}};
        error.requests = 4;
        throw error;
    }

    static Album album(int n) {
        Album album;
        album.mbid = mbid(n);
        album.title = n == 3 ? "Pinkerton" : "Weezer";
        album.artist_credit = credit(900, "Weezer");
        album.first_release_date = PartialDate::parse(n == 1 ? "1994" : n == 2 ? "2001" : "1996");
        return album;
    }

    source::GroupReleases releases_of_group(int n) {
        source::GroupReleases found;
        found.release_group = album(n);
        found.releases.push_back(release(10 + n, *album(n).title));
        if (barcodes.count(n) != 0) found.releases[0].barcode = barcodes[n];
        found.releases[0].label_info = {{{}, catnos[n]}};
        found.releases[0].urls = {
            {"discogs", "https://www.discogs.com/release/249504", {}, {}, {}}};
        found.requests = 1;
        return found;
    }

    std::map<std::string, std::vector<int>> by_identifier;
    std::map<int, std::string> barcodes{{1, "720642462928"}};
    std::map<int, std::string> catnos{{1, "DGC-24629"}, {2, "x"}, {3, "x"}};
    std::vector<int> of_other_labels;
    std::optional<int> by_name;
    const char* name_code = "ambiguous";
    bool is_unable = false;
    bool is_whole = true;
    std::vector<std::string> asked;
};

ClaimedJob job_of(std::vector<Identifier> identifiers, const std::string& title = "",
                  std::optional<int> year = {}) {
    ClaimedJob job;
    job.id = 1;
    job.album_id = 4;
    job.identifiers = std::move(identifiers);
    job.year = year;
    if (title.empty()) return job;
    job.album.title = title;
    CreditedArtist credited;
    credited.name = credited.artist.name = "Weezer";
    job.album.artist_credit = {credited};
    return job;
}

/// The number of the group that is imported, or the code of the failure.
std::string outcome(Groups& source, const ClaimedJob& job, FetchFailure* failure = nullptr) {
    auto fetched = worker::fetch(source, job, {}, {});
    if (const auto* import = std::get_if<store::Import>(&fetched)) {
        for (const int n : {1, 2, 3}) {
            if (import->release_group->mbid == mbid(n)) return std::to_string(n);
        }
    }
    const auto& failed = std::get<FetchFailure>(fetched);
    if (failure != nullptr) *failure = failed;
    return failed.error.code;
}

bool says(const FetchFailure& failure, const char* part) {
    return failure.error.message.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("One group with the barcode is the album") {
    Groups source;
    source.by_identifier["720642462928"] = {1};
    CHECK(outcome(source, job_of({k_barcode})) == "1");
    CHECK(source.asked == std::vector<std::string>{"barcode"});
}

TEST_CASE("None is not found, for good, with a way out") {
    Groups source;
    FetchFailure failure;
    CHECK(outcome(source, job_of({k_barcode}), &failure) == "not_found");
    CHECK(failure.kind == source::ErrorKind::permanent);
    CHECK(says(failure, "no release with barcode 720642462928"));
    CHECK(says(failure, "album-import --album 4 --mbid MBID"));
    CHECK(failure.requests == 1);
}

TEST_CASE("Several are ambiguous, with candidates") {
    Groups source;
    source.by_identifier["720642462928"] = {1, 2};
    FetchFailure failure;
    CHECK(outcome(source, job_of({k_barcode}), &failure) == "ambiguous");
    CHECK(says(failure, "2 release groups have barcode 720642462928"));
    REQUIRE(failure.error.candidates.size() == 2);
    CHECK(failure.error.candidates[1].mbid == mbid(2));
    CHECK(says(failure, "candidates are in `release-worker show 1`"));
}

TEST_CASE("Of several the one is taken that another identifier has, too, or that is named") {
    Groups source;
    source.by_identifier["720642462928"] = {1, 2};
    source.by_identifier["dgc24629"] = {3, 1};
    CHECK(outcome(source, job_of({k_barcode, k_catno})) == "1");
    source.by_name.reset();
    CHECK(outcome(source, job_of({k_barcode}, "Weezer", 1994)) == "1");
}

TEST_CASE("Identifiers of different albums are ambiguous") {
    Groups source;
    source.by_identifier["720642462928"] = {1, 2};
    source.by_identifier["dgc24629"] = {3};
    FetchFailure failure;
    CHECK(outcome(source, job_of({k_barcode, k_catno}), &failure) == "ambiguous");
    CHECK(says(failure, "are of different albums"));
    CHECK(failure.error.candidates.size() == 3);
}

TEST_CASE("More than can be gone through decide nothing, even if they are of one group so far") {
    Groups source;
    source.by_identifier["dgc24629"] = {1};
    source.is_whole = false;
    FetchFailure failure;
    CHECK(outcome(source, job_of({k_catno}), &failure) == "ambiguous");
    CHECK(says(failure, "more than 1 release groups"));
}

TEST_CASE("A name that is safe stands, and what is printed is not even asked for") {
    Groups source;
    source.by_name = 1;
    CHECK(outcome(source, job_of({k_barcode}, "Weezer")) == "1");
    CHECK(source.asked == std::vector<std::string>{"name"});
}

TEST_CASE("A name stands where MusicBrainz lacks the edition") {
    Groups source;
    source.by_name = 3;
    CHECK(outcome(source, job_of({k_barcode}, "Pinkerton")) == "3");
    CHECK(source.asked == std::vector<std::string>{"name", "barcode"});
}

TEST_CASE("A safe name and a barcode of another album are ambiguous") {
    Groups source;
    source.by_name = 3;
    source.by_identifier["720642462928"] = {1};
    FetchFailure failure;
    CHECK(outcome(source, job_of({k_barcode}, "Pinkerton"), &failure) == "ambiguous");
    CHECK(failure.error.candidates.size() == 2);
    CHECK(failure.requests == 2);
}

TEST_CASE("What is printed decides where the name leaves it open") {
    Groups source;
    source.by_identifier["720642462928"] = {1};
    CHECK(outcome(source, job_of({k_barcode}, "Weezer")) == "1");
    CHECK(source.asked == std::vector<std::string>{"name", "barcode"});
    source.name_code = "not_found";
    CHECK(outcome(source, job_of({k_barcode}, "Weezer (180g)")) == "1");
}

TEST_CASE("It decides nothing against the name") {
    Groups source;
    source.name_code = "not_found";
    source.by_identifier["720642462928"] = {1};
    FetchFailure failure;
    CHECK(outcome(source, job_of({k_barcode}, "Maladroit"), &failure) == "ambiguous");
    CHECK(says(failure,
               "barcode 720642462928 is of \"Weezer\" by \"Weezer\", which is not called "
               "\"Maladroit\""));
    CHECK(failure.error.candidates.size() == 1);
    CHECK(outcome(source, job_of({k_barcode}, "Weezer", 2001)) == "ambiguous");
}

TEST_CASE("Where neither helps, both are told, with the candidates of the name") {
    Groups source;
    FetchFailure failure;
    CHECK(outcome(source, job_of({k_barcode, k_catno}, "Weezer"), &failure) == "ambiguous");
    CHECK(says(failure, "the name is open"));
    CHECK(says(failure, "no release with barcode 720642462928 or catalogue number \"DGC-24629\""));
    CHECK(failure.error.candidates.size() == 2);
    CHECK(failure.requests == 6);
}

TEST_CASE("A Discogs release comes before the name, which may contradict") {
    Groups source;
    source.by_identifier["249504"] = {3};
    CHECK(outcome(source, job_of({k_discogs}, "Pinkerton")) == "3");
    CHECK(source.asked == std::vector<std::string>{"discogs_release"});
    CHECK(outcome(source, job_of({k_discogs}, "Maladroit")) == "ambiguous");
    source.by_identifier.clear();
    source.by_name = 3;
    CHECK(outcome(source, job_of({k_discogs}, "Pinkerton")) == "3");
}

TEST_CASE("A number of another label is not found, with the albums that have it") {
    Groups source;
    source.of_other_labels = {1};
    FetchFailure failure;
    CHECK(outcome(source, job_of({k_catno}), &failure) == "not_found");
    CHECK(says(failure, "(\"DGC\") of that label, but of another"));
    CHECK(failure.error.candidates.size() == 1);
}

TEST_CASE("A group of which no release has it is an index that lags behind") {
    Groups source;
    source.by_identifier["720642462928"] = {3};
    FetchFailure failure;
    CHECK(outcome(source, job_of({k_barcode}), &failure) == "stale_index");
    CHECK(failure.kind == source::ErrorKind::transient);
    source.by_identifier["720642462928"] = {9};
    CHECK(outcome(source, job_of({k_barcode}), &failure) == "stale_index");
    CHECK(says(failure, "which is gone"));
}

TEST_CASE("A source that cannot tell says so, unless the name is enough") {
    Groups source;
    source.is_unable = true;
    CHECK(outcome(source, job_of({k_barcode})) == "unsupported");
    source.by_name = 3;
    CHECK(outcome(source, job_of({k_barcode}, "Pinkerton")) == "3");
    source.by_name.reset();
    CHECK(outcome(source, job_of({k_barcode}, "Weezer")) == "ambiguous");
}
