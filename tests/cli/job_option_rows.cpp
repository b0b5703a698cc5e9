// The options of release-worker's other commands: those that look at jobs, steer them and clear up.
#include <set>

#include "cli/option_row.hpp"
#include "support/typist.hpp"

namespace pressings::test {

namespace {

using Json = nlohmann::json;

/// Job 1 is done; 2 (queue "one") and 3 (queue "two") have failed with not_found, 4 (queue "two")
/// with unsupported; 5 (queue "later") will be tried again, 6 (queue "two") is due.
struct Outbox : ToolBench {
    Outbox() {
        run("album-import", {k_rumours});
        run("album-import", {"--queue", "one", k_not_recorded});
        run("album-import", {"--queue", "two", "00000000-1111-2222-3333-555555555555"});
        run("album-import", {"--queue", "two", "--artist", "Can", "--title", "Tago Mago"});
        work("file:" + k_recorded, "default", "one", "two");
        run("album-import", {"--queue", "later", k_in_rainbows});
        run("album-import", {"--queue", "two", recorded_mbids().front()});
        // Recorded answers that nobody can read: tried again later, and nobody waits for that here.
        std::filesystem::create_directory(folder.file("broken"));
        folder.write(std::string{"broken/"} + k_in_rainbows + ".json", "{");
        work("file:" + folder.file("broken"), "later", "later", "later");
    }
    void work(const std::string& source, const std::string& a, const std::string& b,
              const std::string& c) const {
        run("release-worker",
            {"run", "-q", "--source", source, "--queue", a, "--queue", b, "--queue", c});
    }
    /// The states of all jobs by their ids: "done failed failed …".
    std::string states() const {
        auto all = jobs(*this);
        std::sort(all.begin(), all.end(),
                  [](const Json& a, const Json& b) { return a["job_id"] < b["job_id"]; });
        std::string text;
        for (const Json& job : all)
            text += (text.empty() ? "" : " ") + job["state"].get<std::string>();
        return text;
    }
    ToolRun steer(const Words& arguments) const {
        return run("release-worker", arguments + Words{"--json"});
    }
};

std::set<int> ids(const std::vector<Json>& found) {
    std::set<int> all;
    for (const Json& job : found)
        all.insert(job["job_id"].get<int>());
    return all;
}

using Ids = std::set<int>;

constexpr const char* k_before = "done failed failed failed pending pending";

void steers(const Words& arguments, const std::string& after) {
    const Outbox bench;
    REQUIRE(bench.states() == k_before);
    CHECK(bench.steer(arguments).status == 0);
    CHECK(bench.states() == after);
}

void status_is_written() {
    const Outbox bench;
    const std::string file = bench.folder.file("status");
    check_quiet(bench.run("release-worker", {"status", "--output", file}));
    CHECK(Json::parse(bench.folder.read("status"))["jobs"]["failed"] == 3);
    check_quiet(bench.run("release-worker", {"status", "--output", file, "--prometheus"}));
    CHECK(has(bench.folder.read("status"), "# TYPE pressings_jobs_due gauge\n"));
    const auto shown = bench.run("release-worker", {"status", "--prometheus"});
    check_quiet(shown);
    CHECK(has(shown.out, "pressings_jobs{state=\"failed\",queue=\"two\"} 2\n"));
}

void status_is_watched() {
    const Outbox bench;
    Command command = piped(bench, "release-worker", {"status", "--watch"});
    Typist typist{command};
    CHECK(has(typist.read_until("any key ends"), "\x1B[?1049h"));
    const std::string first = typist.read_until("(any key ends)");  // a second later
    CHECK(has(first, "failed 3"));
    typist.type("q");
    CHECK(has(typist.read_until("\x1B[?1049l"), "\x1B[?25h"));
    CHECK(has(typist.read_until("failed last:"), "jobs: "));
    check_refused(bench.run("release-worker", {"status", "--watch"}), 2, "needs a terminal");
    check_refused(bench.run("release-worker", {"status", "--watch", "--json"}), 2, "--json");
}

void jobs_are_listed(const Words& filter, const Ids& wanted) {
    const Outbox bench;
    CHECK(ids(jobs(bench, filter)) == wanted);
    CHECK(ids(jobs(bench)) == Ids{1, 2, 3, 4, 5, 6});
}

void so_many_are_listed() {
    const ToolBench bench;
    std::string batch;
    for (int n = 0; n < 120; ++n)
        batch += "{\"artist\":\"Can\",\"title\":\"" + std::to_string(n) + "\"}\n";
    bench.run("album-import", {"--from", "-"}, batch);
    CHECK(jobs(bench).size() == 100);
    CHECK(jobs(bench, {"--limit", "7"}).size() == 7);
    CHECK(jobs(bench, {"--limit", "0"}).size() == 120);
    CHECK(bench.run("release-worker", {"cancel", "--all"}).status == 0);
    CHECK(jobs(bench, {"--limit", "0", "--state", "cancelled"}).size() == 120);
}

void due_are(const Words& arguments, int before, int after) {
    const Outbox bench;
    const auto due = [&] {
        return bench.run("release-worker", {"status", "--json"}).documents().at(0)["due"];
    };
    CHECK(due() == before);
    CHECK(bench.steer(arguments).status == 0);
    CHECK(due() == after);
}

/// What a run of queue "two" takes, where that was paused.
void is_paused(const Words& pause, const Words& resume, std::size_t paused, std::size_t taken) {
    const Outbox bench;
    const auto done_in_two = [&] {
        bench.work(k_source, "two", "two", "two");
        return jobs(bench, {"--queue", "two", "--state", "done"}).size();
    };
    bench.steer(pause);
    CHECK(done_in_two() == paused);
    bench.steer(resume);
    CHECK(done_in_two() == taken);
}

void albums_are_refreshed(const Words& arguments, int albums) {
    const Outbox bench;
    const auto run = bench.steer(Words{"refresh"} + arguments);
    CHECK(run.status == 0);
    CHECK(run.documents().at(0)["refreshed"] == albums);
    CHECK(jobs(bench, {"--state", "pending"}).size() == 2 + static_cast<std::size_t>(albums));
}

void is_pruned(const Words& arguments, const Ids& left) {
    const Outbox bench;
    CHECK(bench.steer(Words{"prune"} + arguments).status == 0);
    CHECK(ids(jobs(bench)) == left);
}

void old_jobs_are_named() {
    is_pruned({"--older-than", "30d"}, {1, 2, 3, 4, 5, 6});
    is_pruned({"--older-than", "0"}, {2, 3, 4, 5, 6});
    const Outbox bench;
    check_refused(bench.run("release-worker", {"prune"}), 2, "--older-than");
    check_refused(bench.run("release-worker", {"prune", "--older-than", ""}), 2, "--older-than");
    CHECK(jobs(bench).size() == 6);
}

void does_nothing_when_dry(const Words& arguments) {
    const Outbox bench;
    const std::string before = bench.run("release-worker", {"jobs", "--json"}).out;
    check_quiet(bench.run("release-worker", arguments + Words{"--dry-run"}));
    CHECK(bench.run("release-worker", {"jobs", "--json"}).out == before);
}

OptionRows steering_rows() {
    const std::string retry = "release-worker retry";
    const std::string cancel = "release-worker cancel";
    const std::string run_now = "release-worker run-now";
    const Words all_failed{"retry", "--all-failed"};
    return {
        {retry, "--all-failed",
         [=] { steers(all_failed, "done pending pending pending pending pending"); }},
        {retry, "--code",
         [=] {
             steers(all_failed + Words{"--code", "unsupported"},
                    "done failed failed pending pending pending");
         }},
        {retry, "--queue",
         [=] {
             steers(all_failed + Words{"--queue", "two"},
                    "done failed pending pending pending pending");
         }},
        {retry, "--dry-run", [=] { does_nothing_when_dry(all_failed); }},
        {cancel, "--all",
         [] {
             steers({"cancel", "--all"}, "done failed failed failed cancelled cancelled");
         }},
        {cancel, "--queue",
         [] {
             steers({"cancel", "--all", "--queue", "two"},
                    "done failed failed failed pending cancelled");
         }},
        {cancel, "--dry-run",
         [] {
             does_nothing_when_dry({"cancel", "--all"});
         }},
        {run_now, "--all",
         [] {
             due_are({"run-now", "--all"}, 1, 2);
         }},
        {run_now, "--queue",
         [] {
             due_are({"run-now", "--all", "--queue", "later"}, 1, 2);
             due_are({"run-now", "--all", "--queue", "two"}, 1, 1);
         }},
        {run_now, "--dry-run",
         [] {
             does_nothing_when_dry({"run-now", "--all"});
         }},
    };
}

OptionRows looking_rows() {
    const std::string list = "release-worker jobs";
    return {
        {"release-worker status", "--prometheus", status_is_written},
        {"release-worker status", "--output", status_is_written},
        {"release-worker status", "--watch", status_is_watched},
        {list, "--state",
         [] {
             jobs_are_listed({"--state", "failed"}, {2, 3, 4});
         }},
        {list, "--queue",
         [] {
             jobs_are_listed({"--queue", "two"}, {3, 4, 6});
         }},
        {list, "--album",
         [] {
             jobs_are_listed({"--album", "1"}, {1});
             jobs_are_listed({"--album", k_not_recorded}, {2});
         }},
        {list, "--code",
         [] {
             jobs_are_listed({"--code", "not_found"}, {2, 3});
         }},
        {list, "--limit", so_many_are_listed},
    };
}

OptionRows upkeep_rows() {
    const std::string refresh = "release-worker refresh";
    const std::string prune = "release-worker prune";
    return {
        {"release-worker pause", "--queue",
         [] {
             is_paused({"pause", "--queue", "two"}, {"resume", "--queue", "two"}, 0, 1);
             is_paused({"pause", "--queue", "one"}, {"resume"}, 1, 1);
         }},
        {"release-worker pause", "--dry-run",
         [] {
             is_paused({"pause", "--dry-run"}, {"resume"}, 1, 1);
         }},
        {"release-worker resume", "--queue",
         [] {
             is_paused({"pause", "--queue", "two"}, {"resume", "--queue", "one"}, 0, 0);
         }},
        {"release-worker resume", "--dry-run",
         [] {
             is_paused({"pause"}, {"resume", "--dry-run"}, 0, 0);
         }},
        {refresh, "--older-than",
         [] {
             albums_are_refreshed({"--older-than", "0"}, 4);
             albums_are_refreshed({"--older-than", "30d"}, 3);  // never is longer ago
             CHECK(Outbox{}.run("release-worker", {"refresh"}).status == 2);
         }},
        {refresh, "--all", [] { albums_are_refreshed({"--all"}, 4); }},
        {refresh, "--new-editions",
         [] {
             const Outbox bench;
             const auto run = bench.steer({"refresh", "--all", "--new-editions"});
             CHECK(run.documents().at(0) == Json{{"watched", 3}, {"jobs", 1}, {"dry_run", false}});
             CHECK(jobs(bench, {"--state", "pending"}).size() == 3);
         }},
        {refresh, "--dry-run",
         [] {
             does_nothing_when_dry({"refresh", "--all"});
         }},
        {prune, "--older-than", old_jobs_are_named},
        {prune, "--state",
         [] {
             is_pruned({"--older-than", "0", "--state", "failed"}, {1, 5, 6});
         }},
        {prune, "--dry-run",
         [] {
             does_nothing_when_dry({"prune", "--older-than", "0"});
             const Outbox bench;
             const auto dry =
                 bench.steer({"prune", "--older-than", "0", "--state", "failed", "--dry-run"});
             CHECK(dry.documents().at(0)["pruned"] == 3);
         }},
        {"release-worker backup", "--dry-run",
         [] {
             const Outbox bench;
             const std::string copy = bench.folder.file("copy.db");
             check_quiet(bench.run("release-worker", {"backup", copy, "--dry-run"}));
             CHECK_FALSE(std::filesystem::exists(copy));
         }},
        {"release-worker restore", "--dry-run",
         [] {
             const Outbox bench;
             const std::string copy = bench.folder.file("copy.db");
             check_quiet(bench.run("release-worker", {"backup", copy}));
             const auto run = bench.run("release-worker", {"restore", copy, "--dry-run", "--json"});
             check_quiet(run);
             CHECK(run.documents().at(0)["set_aside"].is_null());
         }},
    };
}

}  // namespace

OptionRows job_option_rows() {
    OptionRows rows;
    for (const auto& some : {looking_rows(), steering_rows(), upkeep_rows()})
        rows.insert(rows.end(), some.begin(), some.end());
    return rows;
}

}  // namespace pressings::test
