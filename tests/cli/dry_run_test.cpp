// What --dry-run promises: it writes nothing, and says what the same command without it then does.
#include "cli/help_text.hpp"
#include "cli/recorded_albums.hpp"

using namespace pressings::test;
using Json = nlohmann::json;

namespace {

constexpr const char* k_new = "1b022e01-4da6-387b-8658-8678046e4cef";
constexpr const char* k_waiting = "22222222-1111-4222-8333-444444444444";
constexpr const char* k_unreachable = "33333333-1111-4222-8333-444444444444";
constexpr const char* k_artist = "a74b1b7f-71a5-4011-9441-d0b5e4122711";

constexpr const char* k_watched = "44444444-1111-4222-8333-444444444444";

/// A catalogue with jobs in every state. 1 is done; 2 has failed, for it was not recorded; 3 has
/// failed, for it was told by name; 4 is due in the queue "slow"; 5 will be tried again much later;
/// 6 is done. The queue "held" is paused. 7 waits
/// in "watching": somebody is watched.
class Prepared {
  public:
    Prepared() {
        const auto work = [&](const std::string& source, const std::string& queue) {
            m_bench.run("release-worker", {"run", "-q", "--source", source, "--queue", queue});
        };
        m_bench.run("album-import", {k_rumours, k_not_recorded});
        m_bench.run("album-import", {"--artist", "Radiohead", "--title", "In Rainbows"});
        work(k_source, "default");
        m_bench.run("album-import", {"--queue", "slow", k_waiting});
        m_bench.run("album-import", {"--queue", "later", k_unreachable});
        work("http://127.0.0.1:1/ws/2", "later");
        m_bench.run("album-import", {k_in_rainbows});
        work(k_source, "default");
        m_bench.run("release-worker", {"pause", "--queue", "held"});
        m_bench.run("album-import", {"--watch", k_watched, "--queue", "watching"});
    }

    /// A bench with a copy of it.
    std::unique_ptr<ToolBench> copy() const {
        auto bench = std::make_unique<ToolBench>();
        std::filesystem::copy_file(m_bench.folder.file("catalog.db"),
                                   bench->folder.file("catalog.db"));
        return bench;
    }

  private:
    ToolBench m_bench;
};

/// Every byte that a reader of the database would see.
std::string contents(const ToolBench& bench) {
    std::string bytes;
    for (const char* suffix : {"", "-wal"}) {
        std::ifstream file{bench.folder.file("catalog.db") + suffix, std::ios::binary};
        bytes.append(std::istreambuf_iterator<char>{file}, {});
        bytes += '\n';
    }
    return bytes;
}

/// What was told of each thing, without what only a real run can know: ids of what is new.
Json told(const ToolRun& run) {
    Json all = Json::array();
    for (Json document : run.documents()) {
        for (const char* key : {"dry_run", "job_id", "album_id"})
            document.erase(key);
        all.push_back(document);
    }
    return all;
}

/// "album-import: dry run: created 1, …" without the words in the middle.
std::string without_dry_run(std::string text) {
    for (auto at = text.find("dry run: "); at != std::string::npos; at = text.find("dry run: "))
        text.erase(at, 9);
    return text;
}

struct Row {
    std::string tool;
    std::vector<std::string> arguments;
    std::string input{};
};

const std::vector<Row> k_rows{
    {"album-import", {k_new}},
    {"album-import", {k_new, "nonsense", k_rumours, k_new}},
    {"album-import", {"--artist", "Can", "--title", "Tago Mago", "--year", "1971"}},
    {"album-import", {"--from", "-"}, recorded_batch() + "nonsense\n"},
    {"album-import", {"--from", "-", "--batch", "3"}, recorded_batch()},
    {"album-import",
     {"--from", "-", "--format", "ndjson"},
     R"({"artist":"Radiohead","title":"In Rainbows","year":2007})"},
    {"album-import", {"--no-releases", k_new}},
    {"album-import", {"--queue", "other", "--priority", "7", k_waiting}},
    {"album-import", {"--refresh", k_rumours, k_waiting, k_new}},
    {"album-import", {"--refresh", "--all"}},
    {"album-import", {"--new-editions", k_rumours, k_waiting, k_new}},
    {"album-import", {"--new-editions", "--all"}},
    {"album-import", {"--older-than", "0"}},
    {"album-import", {"--album", "3", "--mbid", k_new}},
    {"album-import", {"--album", "3", "--mbid", k_in_rainbows}},
    {"album-import", {"--discography", k_artist}},
    {"album-import", {"--watch", k_artist, k_new, "nonsense"}},
    {"album-import", {"--watch", k_watched, "--type", "album"}},
    {"album-import", {"--unwatch", k_watched, k_new}},
    {"release-worker", {"retry", "2"}},
    {"release-worker", {"retry", "1", "2", "77"}},
    {"release-worker", {"retry", "--all-failed"}},
    {"release-worker", {"retry", "--all-failed", "--code", "not_found"}},
    {"release-worker", {"cancel", "4"}},
    {"release-worker", {"cancel", "--all"}},
    {"release-worker", {"run-now", "5"}},
    {"release-worker", {"run-now", "--all", "--queue", "later"}},
    {"release-worker", {"pause"}},
    {"release-worker", {"pause", "--queue", "slow"}},
    {"release-worker", {"resume", "--queue", "held"}},
    {"release-worker", {"refresh", "--all"}},
    {"release-worker", {"refresh", "--all", "--new-editions"}},
    {"release-worker", {"refresh", "--older-than", "0"}},
    {"release-worker", {"prune", "--older-than", "0"}},
    {"release-worker", {"prune", "--older-than", "0", "--state", "failed"}},
};

ToolRun run(const ToolBench& bench, const Row& row, const std::vector<std::string>& more) {
    std::vector<std::string> arguments = row.arguments;
    arguments.insert(arguments.end(), more.begin(), more.end());
    return bench.run(row.tool, arguments, row.input);
}

}  // namespace

TEST_CASE("A dry run writes nothing, and says what the same without it then does") {
    const Prepared prepared;
    for (const Row& row : k_rows) {
        CAPTURE(row.tool);
        CAPTURE(Json(row.arguments).dump());
        const auto bench = prepared.copy();
        const std::string before = contents(*bench);
        const auto dry = run(*bench, row, {"--dry-run", "--json"});
        const auto dry_text = run(*bench, row, {"--dry-run"});
        CHECK(contents(*bench) == before);
        const auto real = run(*bench, row, {"--json"});
        CHECK(contents(*bench) != before);
        CHECK(told(dry) == told(real));
        CHECK(dry.status == real.status);
        CHECK(without_dry_run(dry.err) == real.err);
        CHECK(dry_text.status == real.status);
        CHECK(has(dry_text.out + dry_text.err, "dry run: "));
    }
}

TEST_CASE("A dry run of a worker counts what the run then takes, and asks nobody") {
    const Prepared prepared;
    const auto bench = prepared.copy();
    const std::vector<std::string> work{"run", "--json", "--source", k_source};
    for (const std::string queue : {"slow", "later", "default"}) {
        CAPTURE(queue);
        const std::string before = contents(*bench);
        std::vector<std::string> arguments = work;
        arguments.insert(arguments.end(), {"--queue", queue});
        auto dry_arguments = arguments;
        dry_arguments.push_back("--dry-run");
        const auto dry = bench->run("release-worker", dry_arguments);
        check_quiet(dry);
        CHECK(contents(*bench) == before);
        const auto real = bench->run("release-worker", arguments);
        CHECK(dry.documents().at(0)["due"] == real.documents().size() - 1);
        CHECK(dry.documents().at(0)["due"] == (queue == "slow" ? 1 : 0));
        CHECK(dry.documents().at(0)["open"] == (queue == "default" ? 0 : 1));
    }
}

TEST_CASE("A dry run of a backup makes no file") {
    const Prepared prepared;
    const auto bench = prepared.copy();
    const std::string copy = bench->folder.file("copy.db");
    const auto dry = bench->run("release-worker", {"backup", copy, "--dry-run", "--json"});
    check_quiet(dry);
    CHECK_FALSE(std::filesystem::exists(copy));
    const auto real = bench->run("release-worker", {"backup", copy, "--json"});
    check_quiet(real);
    CHECK(std::filesystem::exists(copy));
    CHECK(told(dry) == told(real));
}

TEST_CASE("A dry run of a restore leaves the catalogue as it is") {
    const Prepared prepared;
    const auto bench = prepared.copy();
    const std::string copy = bench->folder.file("copy.db");
    check_quiet(bench->run("release-worker", {"backup", copy}));
    const std::string before = contents(*bench);
    const auto dry = bench->run("release-worker", {"restore", copy, "--dry-run", "--json"});
    check_quiet(dry);
    CHECK(contents(*bench) == before);
    CHECK(dry.documents().at(0)["dry_run"] == true);
}

TEST_CASE("Every command that takes --dry-run is held to it here") {
    const std::set<std::string> elsewhere{"release-worker run", "release-worker backup",
                                          "release-worker restore"};
    std::set<std::string> held = elsewhere;
    for (const Row& row : k_rows)
        held.insert(row.tool == "album-import" ? row.tool : row.tool + " " + row.arguments.front());
    for (const HelpPage& page : help_pages(ToolBench{})) {
        if (!page.options.contains("--dry-run")) continue;
        const std::string name = page.command.empty() ? page.tool : page.tool + " " + page.command;
        CAPTURE(name);
        CHECK(held.erase(name) == 1);
    }
    CHECK(held.empty());
}
