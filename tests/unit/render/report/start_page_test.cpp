#include "render/report/start_page.hpp"

#include <doctest/doctest.h>

#include "render/report/charts.hpp"
#include "render/report/health.hpp"
#include "support/samples.hpp"

using namespace pressings;
using namespace pressings::test;
using namespace pressings::render::report;

namespace {

constexpr Millis k_hour_ms = 3'600'000;

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

store::QueueStatus queue_of(JobState state, std::int64_t jobs) {
    store::QueueStatus queue;
    queue.counts.push_back({state, "default", jobs});
    return queue;
}

}  // namespace

TEST_CASE("The queue's health is a word, what is so, and what to type") {
    CHECK(health_of({}, "").word == "All done");
    CHECK(health_of({}, "").commands.empty());
    const auto failed = health_of(queue_of(JobState::failed, 2), " --db x.db");
    CHECK(failed.grade == Grade::look);
    CHECK(failed.sentence == "2 jobs failed. Nothing waits.");
    CHECK(failed.commands ==
          std::vector<std::string>{"release-worker jobs --state failed --db x.db"});
    auto due = queue_of(JobState::pending, 3);
    due.due = 3;
    due.oldest_due_age_ms = 60'000;
    CHECK(health_of(due, "").grade == Grade::good);
    CHECK(health_of(due, "").word == "Waiting");
    due.oldest_due_age_ms = 2 * k_hour_ms;
    CHECK(health_of(due, "").word == "No worker");
    due.oldest_due_age_ms = 30 * k_hour_ms;
    CHECK(health_of(due, "").grade == Grade::bad);
    CHECK(health_of(due, "").commands.front() == "release-worker run --contact you@example.org");
    due.running.emplace_back();
    CHECK(health_of(due, "").word == "At work");
    due.paused = {"*"};
    CHECK(health_of(due, "").commands.front() == "release-worker resume");
}

TEST_CASE("What failed is shown with its reason and what to type, and nothing of it is markup") {
    Overview overview;
    store::JobRecord job;
    job.id = 12;
    job.album_id = 4;
    job.artist = "<i>";
    job.title = "\u202E\"x\"";
    job.error = JobError{"not_found", "</p><script>", {}};
    overview.queue.failed_recent.push_back(job);
    overview.queue.failures.push_back({"not_found", 1});
    const std::string html = failed_panel(overview);
    CHECK(has(html, "<a href=\"album.html#4\"><bdi>&lt;i&gt; – \\u{202E}&quot;x&quot;</bdi></a>"));
    CHECK(has(html, "&lt;/p&gt;&lt;script&gt;"));
    CHECK(has(html, "release-worker show 12</code>"));
    CHECK(has(html, "release-worker retry 12</code>"));
    CHECK(failed_panel({}).empty());
}

TEST_CASE("A report of nothing names the command that puts the first album in") {
    const Overview nothing;
    const std::string html = start_page({}, nothing, Tally{nothing.stats});
    CHECK(has(html, "There are no albums yet"));
    CHECK(has(html, "album-import https://musicbrainz.org/release-group/"));
    CHECK_FALSE(has(html, "Completeness"));
}

TEST_CASE("Every page keeps to its own folder by a policy") {
    for (const std::string& html : {start_page({}, {}, Tally{{}}), shell({}, "albums", "Albums")}) {
        CHECK(has(html, "default-src 'none'; script-src 'self'; style-src 'self'; "));
        CHECK_FALSE(has(html, " style="));
        CHECK_FALSE(has(html, "<script>"));
        CHECK_FALSE(has(html, " onclick"));
    }
    CHECK(has(shell({}, "albums", "Albums"), "<noscript>"));
}

TEST_CASE("However long a time things grew in, the steps are few, and none is lost") {
    Growth growth;
    for (int day = 0; day < 5'000; ++day)
        growth.add(Millis{day} * 24 * k_hour_ms, 2);
    const auto points = growth.points();
    CHECK(points.size() < 1'300);
    CHECK(points.front().count == 0);
    CHECK(points.back().count == 10'000);
    CHECK(growth.since(Millis{4'990} * 24 * k_hour_ms) >= 20);
    CHECK(growth.since(Millis{4'990} * 24 * k_hour_ms) < 60);
}

TEST_CASE("A time in which nothing came is level in the line") {
    Growth growth;
    growth.add(0);
    growth.add(100 * k_hour_ms);
    const auto points = growth.points();
    REQUIRE(points.size() == 4);
    CHECK(points[1].count == 1);
    CHECK(points[2].count == 1);
    CHECK(points[2].at_ms == 100 * k_hour_ms);
    CHECK(points[3].count == 2);
}

TEST_CASE("Figures are short, and a share is whole only if all are there") {
    CHECK(figure(0) == "0");
    CHECK(figure(999) == "999");
    CHECK(figure(1'000) == "1,000");
    CHECK(figure(12'345'678) == "12,345,678");
    CHECK(share(999, 1'000) == "99 %");
    CHECK(share(1'000, 1'000) == "100 %");
    CHECK(share(1, 1'000) == "0.1 %");
    CHECK(share(0, 0) == "–");
}

TEST_CASE("Decades are columns without a gap, with their figures as a table") {
    const std::string html = decade_chart({{1970, {2, 0, 0, 0, 0}}, {1990, {0, 3, 0, 0, 1}}});
    CHECK(has(html, "<th scope=\"row\">1980s</th>"));
    CHECK(has(html, "<title>1990s, CD: 3</title>"));
    CHECK(has(html, "albums.html#format=vinyl"));
    CHECK_FALSE(has(html, "albums.html#format=cassette"));
    // A year that somebody mistyped does not make a column for every decade since.
    CHECK(has(decade_chart({{10, {1, 0, 0, 0, 0}}, {2020, {1, 0, 0, 0, 0}}}), "to 1879"));
}

TEST_CASE("The last ten imports are kept, the latest first") {
    Tally tally{{}};
    for (int i = 1; i <= 30; ++i) {
        store::AlbumRecord album;
        album.id = i;
        album.imported_at_ms = (i * 7) % 31;
        tally.add(album, {}, {});
    }
    REQUIRE(tally.imports().size() == 10);
    CHECK(tally.imports().front().at_ms == 30);
    CHECK(tally.imports().back().at_ms == 21);
}
