// What the tools write into files: never over the database, never over what somebody else has put
// there, and not before it is certain that the run can start.
#include <map>

#include "cli/recorded_albums.hpp"
#include "support/dump_files.hpp"
#include "support/genuine_documents.hpp"

using namespace pressings::test;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

constexpr const char* k_letter = "Dear all, this is a letter.\n";

/// A way to have a tool write a file.
struct Output {
    const char* tool;
    std::vector<std::string> arguments;  ///< the name of the file comes behind them
    std::string input;

    bool has(const char* argument) const {
        return std::find(arguments.begin(), arguments.end(), argument) != arguments.end();
    }
    bool is_folder() const { return has("report") || has("--folder"); }
    /// Whether it is written from its beginning to its end, so that a pipe will do.
    bool is_stream() const {
        return !is_folder() && !has("--sqlite") && !has("backup") && !has("load");
    }
};

std::vector<Output> outputs(const ToolBench& bench) {
    const std::string dump = bench.folder.file("release.tar.xz");
    return {
        {"album-import", {"--from", "-", "--format", "ndjson", "--rejects"}, "{\n"},
        {"release-catalog", {"export", "--output"}, ""},
        {"release-catalog", {"export", "--format", "csv", "--what", "releases", "--output"}, ""},
        {"release-catalog", {"export", "--folder"}, ""},
        {"release-catalog", {"export", "--format", "musicbrainz", "--folder"}, ""},
        {"release-catalog", {"export", "--sqlite"}, ""},
        {"release-catalog", {"report", "--output"}, ""},
        {"release-worker", {"status", "--output"}, ""},
        {"release-worker", {"status", "--prometheus", "--output"}, ""},
        {"release-worker", {"backup"}, ""},
        {"musicbrainz-mirror", {"load", dump, "--mirror"}, ""}};
}

ToolRun write_to(const ToolBench& bench, const Output& output, const std::string& file) {
    std::vector<std::string> arguments = output.arguments;
    arguments.push_back(file);
    return bench.run(output.tool, arguments, output.input);
}

/// What is in a folder, by name; what the bench itself leaves there does not count.
std::map<std::string, std::string> contents(const ToolBench& bench) {
    std::map<std::string, std::string> all;
    for (const auto& entry : fs::recursive_directory_iterator{bench.folder.path()}) {
        const std::string name = entry.path().lexically_relative(bench.folder.path()).string();
        const bool of_the_bench = name == "stdin" || name == "stdout" || name == "stderr";
        // Readers change the index of the log.
        if (of_the_bench || name.ends_with("-shm")) continue;
        all[name] = entry.is_regular_file() ? bench.folder.read(name) : "";
    }
    return all;
}

/// A bench with a catalogue, and a dump for the mirror.
struct OutputBench : ToolBench {
    OutputBench() {
        import_recorded(*this);
        write_dump(folder.file("release.tar.xz"), genuine_releases(), {});
    }
};

}  // namespace

TEST_CASE("No output is written over the database or a file beside it, by whatever path") {
    const OutputBench bench;
    const TemporaryFolder& folder = bench.folder;
    fs::create_symlink(folder.file("catalog.db"), folder.file("link"));
    fs::create_directory_symlink(folder.path(), folder.file("way"));
    const std::string ways[] = {"catalog.db",         "catalog.db-wal",
                                "catalog.db-shm",     "catalog.db-journal",
                                "catalog.db-rate",    "catalog.db-deaths",
                                "./catalog.db",       "way/catalog.db",
                                "way/catalog.db-wal", "link"};
    const auto before = contents(bench);
    for (const Output& output : outputs(bench)) {
        for (const std::string& way : ways) {
            CAPTURE(output.tool);
            CAPTURE(output.arguments.front());
            CAPTURE(way);
            const auto run = write_to(bench, output, folder.file(way));
            check_refused(run, 2, "belongs to the database");
            CHECK(contents(bench) == before);
        }
    }
}

TEST_CASE("A mirror is not made where its files would be those of the database") {
    OutputBench bench;
    for (const char* ending : {".loading", "-lock"}) {
        const std::string mirror = bench.folder.file("mb.mirror");
        bench.environment["PRESSINGS_DB"] = mirror + ending;
        check_refused(bench.run("musicbrainz-mirror",
                                {"load", bench.folder.file("release.tar.xz"), "--mirror", mirror}),
                      2, "belongs to the database");
    }
}

TEST_CASE("Standard output that is the database is refused before anything is written") {
    const OutputBench bench;
    const auto before = contents(bench);
    for (const char* tool : {"release-catalog albums", "release-worker jobs", "album-import x"}) {
        CAPTURE(tool);
        Command command;
        command.arguments = {
            "/bin/sh", "-c",
            std::string{PRESSINGS_BIN_DIR} + "/" + tool + " >> " + bench.folder.file("catalog.db")};
        command.environment = bench.environment;
        const auto run = run_process(command);
        CHECK(run.status == 2);
        CHECK(has(run.err, "standard output"));
        CHECK(contents(bench) == before);
    }
}

TEST_CASE("No output is written over a file of another kind") {
    const OutputBench bench;
    bench.folder.write("letter", k_letter);
    const auto before = contents(bench);
    for (const Output& output : outputs(bench)) {
        CAPTURE(output.tool);
        CAPTURE(output.arguments.front());
        const auto run = write_to(bench, output, bench.folder.file("letter"));
        CHECK(run.status >= 2);
        CHECK(run.status <= (std::string{output.tool} == "musicbrainz-mirror" ? 3 : 2));
        CHECK(has(run.err, "letter"));
        CHECK(contents(bench) == before);
    }
}

TEST_CASE("An output replaces an earlier one of its kind, and an empty file") {
    const OutputBench bench;
    for (const Output& output : outputs(bench)) {
        if (output.arguments.front() == "backup") continue;  // writes over nothing
        CAPTURE(output.tool);
        CAPTURE(output.arguments.front());
        const std::string name = "out-" + output.arguments.front();
        const std::string file = bench.folder.file(name);
        const bool is_plain = !output.is_folder();
        for (int time = 1; time <= 2; ++time) {
            const auto run = write_to(bench, output, file);
            CAPTURE(run.err);
            CHECK(run.status <= 1);
        }
        if (is_plain && std::string{output.tool} != "musicbrainz-mirror") {
            const std::string whole = bench.folder.read(name);
            CHECK_FALSE(whole.empty());
            bench.folder.write(name, "");
            CHECK(write_to(bench, output, file).status <= 1);
            CHECK_FALSE(bench.folder.read(name).empty());
        }
        fs::remove_all(file);
    }
}

TEST_CASE("A report is not written over somebody's own folder or file") {
    const OutputBench bench;
    fs::create_directory(bench.folder.file("own"));
    bench.folder.write("own/letter", k_letter);
    fs::create_directory(bench.folder.file("site"));
    bench.folder.write("site/index.html", "<h1>My own page</h1>");
    CHECK(bench.run("release-catalog", {"report", "--output", bench.folder.file("pages")}).status ==
          0);
    bench.folder.write("pages/letter", k_letter);
    const auto before = contents(bench);
    for (const char* name : {"own", "site", "pages", "own/letter"}) {
        CAPTURE(name);
        check_refused(bench.run("release-catalog", {"report", "--output", bench.folder.file(name)}),
                      2, name);
        CHECK(contents(bench) == before);
    }
}

TEST_CASE("Nothing is cleared or left behind by a run that cannot start") {
    OutputBench bench;
    const std::string rejects = bench.folder.file("rejects");
    const std::vector<std::string> import{"--from", "-",         "--format",
                                          "ndjson", "--rejects", rejects};
    CHECK(bench.run("album-import", import, "{\n").status == 1);
    const std::string kept = bench.folder.read("rejects");
    CHECK(has(kept, "bad_json"));
    bench.environment["PRESSINGS_DB"] = bench.folder.path().string();
    CHECK(bench.run("album-import", import, "{\n").status == 3);
    CHECK(bench.folder.read("rejects") == kept);
    fs::remove(rejects);
    CHECK(bench.run("album-import", import, "{\n").status == 3);
    CHECK_FALSE(fs::exists(rejects));
}

TEST_CASE("A pipe, /dev/null and what is open already are written directly") {
    const OutputBench bench;
    for (const Output& output : outputs(bench)) {
        const std::string what = output.arguments.front();
        if (!output.is_stream()) continue;
        CAPTURE(output.tool);
        CAPTURE(what);
        CHECK(write_to(bench, output, "/dev/null").status <= 1);
        CHECK(fs::is_character_file("/dev/null"));
        for (const char* file : {"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"}) {
            auto arguments = output.arguments;
            arguments.emplace_back(file);
            auto command = piped(bench, output.tool, arguments);
            command.input = output.input;
            const auto run = run_process(command);
            CAPTURE(run.err);
            CHECK(run.status <= 1);
            CHECK_FALSE(run.out.empty());
        }
    }
}

TEST_CASE("What the shell has opened is gone on with, not replaced") {
    const OutputBench bench;
    Command command;
    command.arguments = {"/bin/sh", "-c",
                         "(echo before; " + std::string{PRESSINGS_BIN_DIR} +
                             "/release-worker status --output /dev/stdout; echo behind) > " +
                             bench.folder.file("all")};
    command.environment = bench.environment;
    CHECK(run_process(command).status == 0);
    const std::string all = bench.folder.read("all");
    CHECK(all.starts_with("before\n{\"jobs\":"));
    CHECK(all.ends_with("behind\n"));
}

TEST_CASE("A draft that a killed process has left is taken away by the next, a live one is not") {
    const OutputBench bench;
    const std::string file = bench.folder.file("all.ndjson");
    const std::string left = bench.folder.write(".all.ndjson.0123456789ab.tmp", "half");
    const std::string other = bench.folder.write(".all.ndjson.letter.tmp", k_letter);
    CHECK(bench.run("release-catalog", {"export", "--output", file}).status == 0);
    CHECK_FALSE(fs::exists(left));
    CHECK(fs::exists(other));
}

TEST_CASE("A catalogue given as a mirror is a mistake of the command line, and left as it is") {
    OutputBench bench;
    const std::string other = bench.folder.file("other.db");
    CHECK(bench.run("album-import", {"--db", other, k_rumours}).status == 0);
    const auto before = contents(bench);
    for (const std::string command : {"load", "info", "serve"}) {
        std::vector<std::string> arguments{command, "--mirror", other};
        if (command == "load") arguments.push_back(bench.folder.file("release.tar.xz"));
        check_refused(bench.run("musicbrainz-mirror", arguments), 2, "is no mirror");
    }
    check_refused(bench.run("release-worker", {"run", "--source", "mirror:" + other}), 2,
                  "is no mirror");
    CHECK(contents(bench) == before);
}
