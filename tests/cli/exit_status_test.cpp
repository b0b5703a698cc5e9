// Every way in which a tool ends: its exit status, its whole answer and all that it says beside it.
#include <regex>
#include <sstream>
#include <tuple>

#include "cli/recorded_albums.hpp"
#include "support/musicbrainz_server.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

using Words = std::vector<std::string>;

/// A bench, a service with all recorded albums, and what is done before.
struct Stage {
    ToolBench bench;
    MusicBrainzServer service;

    Stage() { service.add_folder(k_recorded); }
    void import(const Words& albums) const { bench.run("album-import", albums); }
    void work() const { bench.run("release-worker", {"run", "--source", k_source}); }
    /// Answers what is asked about the second album with this status; not before long.
    void fail_second(int status) {
        Fault fault = status_fault(status);
        fault.headers = {{"Retry-After", "600"}};
        service.set_script([fault](const LoggedRequest& request) -> std::optional<Fault> {
            if (!has(request.target, k_in_rainbows)) return std::nullopt;
            return fault;
        });
    }
    /// Answers so many requests as it should be, and then as some other web server would.
    void replace_after(std::size_t requests) {
        service.set_script([requests](const LoggedRequest& request) -> std::optional<Fault> {
            if (request.number <= requests) return std::nullopt;
            return html_error(404);
        });
    }
};

using Before = void (*)(Stage&);

struct Ending {
    std::string name;
    Before before;
    Words command;
    int status;
    std::string out;  ///< all of it, or how its only line begins
    Words err;        ///< a part of each line
};

void nothing(Stage&) {}

void imported(Stage& stage) {
    stage.import({k_rumours});
    stage.work();
}

void failed_one(Stage& stage) {
    stage.import({k_rumours, k_not_recorded});
    stage.work();
}

void two_albums(Stage& stage) {
    stage.import({k_rumours, k_in_rainbows});
}

/// What differs from run to run, under names: the folder, spans of time, versions.
std::string plain(std::string text, const Stage& stage) {
    const std::string folder = stage.bench.folder.path().string();
    for (auto at = text.find(folder); at != std::string::npos; at = text.find(folder))
        text.replace(at, folder.size(), "DIR");
    static const std::regex took{"took [0-9.]+ (ms|s|min)( [0-9]+ s)?"};
    static const std::regex versions{R"(\(schema .*\))"};
    static const std::regex note{"note: SQLite [^\n]*\n"};  // of a SQLite that lacks a fix
    text = std::regex_replace(text, took, "took T");
    text = std::regex_replace(text, note, "");
    return std::regex_replace(text, versions, "(VERSIONS)");
}

/// DIR and SERVICE stand for what the stage has.
Words real(Words words, const Stage& stage) {
    for (std::string& word : words) {
        if (word == "SERVICE") word = stage.service.root();
        if (const auto at = word.find("DIR"); at != std::string::npos) {
            word.replace(at, 3, stage.bench.folder.path().string());
        }
    }
    return words;
}

void check_out(const std::string& out, const std::string& wanted) {
    if (wanted.empty() || wanted.ends_with('\n')) {
        CHECK(out == wanted);
    } else {
        CHECK_MESSAGE(out.starts_with(wanted), out);
        CHECK(std::count(out.begin(), out.end(), '\n') == 1);
    }
}

void check_err(const std::string& err, const Words& wanted) {
    std::istringstream lines{err};
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        const std::string part = count < wanted.size() ? wanted[count] : "no such line";
        CHECK_MESSAGE(has(line, part), line);
    }
    CHECK(count == wanted.size());
}

void check_endings(const std::vector<Ending>& endings) {
    for (const Ending& ending : endings) {
        CAPTURE(ending.name);
        Stage stage;
        ending.before(stage);
        Words arguments = real(ending.command, stage);
        const std::string tool = arguments.front();
        arguments.erase(arguments.begin());
        const auto run = stage.bench.run(tool, arguments, "x\n");
        CHECK(run.status == ending.status);
        check_out(plain(run.out, stage), ending.out);
        check_err(plain(run.err, stage), ending.err);
    }
}

const std::string k_rumours_line = "album 1      job 1      " + std::string{k_rumours} + "\n";

}  // namespace

TEST_CASE("album-import ends with 0 if all is in, 1 if a record was rejected, 2, 3 if nothing is") {
    const std::string tool = "album-import";
    const std::string rejected = "rejected (bad_mbid): \"x\" is neither an MBID";
    const std::string none = "created 0, exists 0, rejected 1";
    check_endings({
        {"created",
         nothing,
         {tool, k_rumours},
         0,
         "created   " + k_rumours_line,
         {"album-import: created 1, exists 0, rejected 0"}},
        {"there already",
         imported,
         {tool, k_rumours},
         0,
         "exists    album 1      job 1      Rumours\n",
         {"created 0, exists 1, rejected 0"}},
        {"refreshed",
         imported,
         {tool, "--refresh", k_rumours},
         0,
         "refreshed album 1      job 2      Rumours\n",
         {"created 0, exists 0, refreshed 1, rejected 0"}},
        {"one rejected",
         nothing,
         {tool, k_rumours, "x"},
         1,
         "created   " + k_rumours_line,
         {"warning: argument 2: " + rejected, "created 1, exists 0, rejected 1"}},
        {"rejected in a batch",
         nothing,
         {tool, "--from", "-", "--format", "mbid"},
         1,
         "",
         {"warning: -:1: " + rejected, none}},
        {"no such album",
         nothing,
         {tool, "--album", "7", "--mbid", k_rumours},
         1,
         "",
         {"warning: argument 1: rejected (no_such_album): there is no album 7", none}},
        {"no artist",
         nothing,
         {tool, "--discography", "x"},
         1,
         "",
         {"warning: argument 1: " + rejected, none}},
        {"nothing to watch",
         nothing,
         {tool, "--watch", "x"},
         1,
         "",
         {"warning: argument 1: " + rejected, "rejected 1"}},
        {"not watched",
         nothing,
         {tool, "--unwatch", k_rumours},
         1,
         "",
         {"warning: argument 1: rejected (no_such_watch): " + std::string{k_rumours} +
              " is not watched",
          "rejected 1"}},
        {"a list that is none",  // what is sent to who names no album
         nothing,
         {tool, "-v"},
         2,
         "",
         {"error: standard input: cannot tell what format it is"}},
        {"no such file",
         nothing,
         {tool, "--from", "DIR/none.csv"},
         2,
         "",
         {"error: cannot read DIR/none.csv: No such file or directory"}},
        {"no database",
         nothing,
         {tool, "--db", "/proc/none/x.db", k_rumours},
         3,
         "",
         {"error: cannot make the folder /proc/none for the database"}},
    });
}

TEST_CASE("release-worker run ends with 0 if all is done, 1 if anything is not, 3 if it cannot") {
    const Words run{"release-worker", "run", "-q", "--source"};
    const auto from = [&](const std::string& source) {
        Words command = run;
        command.push_back(source);
        return command;
    };
    const Before second_broken = [](Stage& stage) {
        two_albums(stage);
        stage.fail_second(500);
    };
    const Before second_busy = [](Stage& stage) {
        two_albums(stage);
        stage.fail_second(503);
    };
    check_endings({
        {"nothing due", nothing, from(k_source), 0, "", {}},
        {"all done", two_albums, from(k_source), 0, "", {}},
        {"all done, and told",
         two_albums,
         {"release-worker", "run", "--log-format", "text", "--source", k_source},
         0,
         "done 2, retrying 0, failed 0, remaining 0; releases 6, requests 2; took T\n",
         {"job 1, album 1", "job 2, album 2"}},
        {"one failed",
         [](Stage& stage) {
             stage.import({k_rumours, k_not_recorded});
         },
         from(k_source),
         1,
         "done 1, retrying 0, failed 1, remaining 0; releases 3, requests 1; took T\n",
         {"warning: job 2: not_found: no answer about release group "}},
        {"one will be tried again",
         second_broken,
         from("SERVICE"),
         1,
         "done 1, retrying 1, failed 0, remaining 1; releases 3, requests ",
         {"warning: job 2: http_500: the service or a gateway failed (HTTP 500)"}},
        {"one was turned away",
         second_busy,
         from("SERVICE"),
         1,
         "done 1, retrying 1, failed 0, remaining 1; releases 3, requests ",
         {}},
        {"another server after the first",
         [](Stage& stage) {
             two_albums(stage);
             stage.replace_after(1);
         },
         from("SERVICE"),
         1,
         "done 1, retrying 1, failed 0, remaining 1; releases 3, requests ",
         {"error: the source fails whatever it is asked (not_musicbrainz): "}},
        {"another server",
         [](Stage& stage) {
             two_albums(stage);
             stage.replace_after(0);
         },
         from("SERVICE"),
         3,
         "done 0, retrying 2, failed 0, remaining 2; releases 0, requests ",
         {"error: the source fails whatever it is asked (not_musicbrainz): "}},
        {"no folder",
         two_albums,
         from("file:DIR/none"),
         3,
         "",
         {"error: cannot read the folder of recorded answers DIR/none: No such file"}},
        {"no mirror",
         two_albums,
         from("mirror:DIR/none"),
         3,
         "",
         {"error: cannot read the mirror DIR/none: No such file"}},
        {"no such source",
         two_albums,
         from("ftp://x"),
         2,
         "",
         {"error: --source: \"ftp://x\" is no source; a source is https://"}},
        {"dry run",
         two_albums,
         {"release-worker", "run", "--dry-run", "--source", k_source},
         0,
         "dry run: jobs that would be taken: 2; open in all: 2\n",
         {}},
    });
}

TEST_CASE("The other commands of release-worker end with 1 if a job was refused, 2 if none is") {
    const std::string tool = "release-worker";
    check_endings({
        {"retried", failed_one, {tool, "retry", "2"}, 0, "job 2: retry done\n", {}},
        {"refused",
         failed_one,
         {tool, "retry", "1", "2", "77"},
         1,
         "job 1: retry refused\njob 2: retry done\njob 77: retry refused\n",
         {"warning: job 1 is done", "warning: there is no job 77"}},
        {"none named", failed_one, {tool, "retry"}, 2, "", {"error: retry: which jobs?"}},
        {"both",
         failed_one,
         {tool, "retry", "2", "--all-failed"},
         2,
         "",
         {"error: name jobs or say all of them, not both"}},
        {"no such job", failed_one, {tool, "show", "77"}, 2, "", {"error: there is no job 77"}},
        {"paused", failed_one, {tool, "pause", "--queue", "slow"}, 0, "queue slow: paused\n", {}},
        {"resumed", failed_one, {tool, "resume"}, 0, "all queues: resumed\n", {}},
        {"refreshed",
         failed_one,
         {tool, "refresh", "--all"},
         0,
         "2 albums queued for a new import\n",
         {}},
        {"of what age?",
         failed_one,
         {tool, "refresh"},
         2,
         "",
         {"error: refresh: say --older-than 30d, or --all"}},
        {"pruned", failed_one, {tool, "prune", "--older-than", "0"}, 0, "1 jobs deleted\n", {}},
        {"checked", failed_one, {tool, "check"}, 0, "ok (VERSIONS)\n", {}},
        {"copied", failed_one, {tool, "backup", "DIR/copy.db"}, 0, "copied to DIR/copy.db\n", {}},
        {"there already",
         failed_one,
         {tool, "backup", "DIR/catalog.db"},
         2,
         "",
         {"error: backup DIR/catalog.db: it belongs to the database"}},
        {"wrong queue",
         failed_one,
         {tool, "jobs", "--queue", "a b"},
         2,
         "",
         {"error: --queue: \"a b\" is no name of a queue"}},
    });
}

TEST_CASE("Readers end with 0 even if nothing was found, 2 if what is named is not there") {
    const std::string tool = "release-catalog";
    const Before text = [](Stage& stage) { stage.bench.folder.write("text", "no database\n"); };
    check_endings({
        {"none listed",
         imported,
         {tool, "albums", "--artist", "nobody"},
         0,
         "ALBUM  ARTIST",
         {"release-catalog: nothing found"}},
        {"none found",
         imported,
         {tool, "search", "nothing", "--json"},
         0,
         "",
         {"release-catalog: nothing found"}},
        {"no such album", imported, {tool, "album", "77"}, 2, "", {"error: the catalogue has no"}},
        {"wrong time", imported, {tool, "changes", "--since", "x"}, 2, "", {"error: --since"}},
        {"no database",
         text,
         {tool, "albums", "--db", "DIR/text"},
         3,
         "",
         {"error: the database DIR/text: it is no SQLite database"}},
        {"no command", imported, {tool, "-v"}, 2, "", {"error: which command? One of albums, "}},
    });
}

TEST_CASE(
    "musicbrainz-mirror ends with 2 if it was told wrongly, 3 if what it needs is not there") {
    const std::string tool = "musicbrainz-mirror";
    check_endings({
        {"no mirror named", nothing, {tool, "info"}, 2, "", {"error: --mirror FILE is needed"}},
        {"no mirror there",
         nothing,
         {tool, "info", "--mirror", "DIR/mb"},
         3,
         "",
         {"error: cannot read the mirror DIR/mb"}},
        {"no dump there",
         nothing,
         {tool, "load", "--mirror", "DIR/mb", "DIR/x"},
         2,
         "",
         {"error: cannot read DIR/x: No such file or directory"}},
        {"no MBID", nothing, {tool, "get", "--mirror", "DIR/mb", "x"}, 2, "", {"not an MBID"}},
    });
}

TEST_CASE("A reader that leaves ends a list with 0, and work that it stops with 1, both silently") {
    const ToolBench bench;
    for (const auto& [tool, arguments, status] : std::vector<std::tuple<std::string, Words, int>>{
             {"album-import", {k_rumours, "--json"}, 1},
             {"release-worker", {"run", "-q", "--json", "--source", k_source}, 1},
             {"release-catalog", {"albums", "--json"}, 0}}) {
        CAPTURE(tool);
        auto command = piped(bench, tool, arguments);
        command.read_at_most = 0;
        const auto run = run_process(command);
        CHECK(run.status == status);
        CHECK(run.err == "");
    }
}
