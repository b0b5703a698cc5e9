// What README, man pages and help tell people to type is typed here, with the real tools.
#include "cli/examples.hpp"

#include <regex>

#include "cli/help_text.hpp"
#include "cli/recorded_albums.hpp"
#include "support/dump_files.hpp"
#include "support/genuine_documents.hpp"
#include "support/musicbrainz_server.hpp"
#include "support/postgresql_database.hpp"

using namespace pressings::test;

namespace {

namespace fs = std::filesystem;

constexpr const char* k_first_album = "f5093c06-23e3-404f-aeaa-40f72885ee3a";

/// The release group of the examples, as MusicBrainz has it.
std::string first_album() {
    std::ifstream file{std::string{PRESSINGS_TEST_DATA} + "/musicbrainz/groups/" + k_first_album +
                       ".json"};
    return nlohmann::json::parse(file).dump();
}

/// A home with all that the examples speak of: a catalogue, batches, dumps, a mirror, a backup.
struct Home : ToolBench {
    explicit Home(const MusicBrainzServer& server) {
        environment.erase("PRESSINGS_DB");
        environment["PATH"] = std::string{PRESSINGS_BIN_DIR} + ":/usr/bin:/bin";
        environment["PRESSINGS_SOURCE"] = server.root();
        environment["PRESSINGS_CONTACT"] = "me@example.org";
        m_root = server.root();
        make_batches();
        make_mirror();
        make_catalogue();
    }

    /// Types a command, in a shell; its paths lie in this home.
    Finished type(const std::string& command) const {
        Command shell;
        shell.arguments = {"/bin/bash", "-c", "cd && set -o pipefail && " + here(command)};
        shell.environment = environment;
        return run_process(shell);
    }

  private:
    void make_batches() const {
        const std::string record = std::string{R"({"mbid":")"} + k_rumours + "\"}\n";
        folder.write("albums.csv", std::string{"mbid,artist,title,year\n"} + k_first_album +
                                       ",,,\n,Radiohead,In Rainbows,2007\n");
        folder.write("albums.ndjson", record);
        folder.write("scanned.txt", "634904032425\n0 634904 032425\n");
        fs::create_symlink(PRESSINGS_TEST_DATA "/batches/discogs_collection.csv",
                           folder.file("discogs-collection.csv"));
        folder.write("albums.ndjson.zst", record);  // known by its content
        fs::create_directory_symlink(k_recorded, folder.file("recorded"));
        CHECK(type("gzip -k albums.ndjson").status == 0);
    }

    void make_mirror() const {
        DumpForm of_groups;
        of_groups.kind = "release-group";
        write_dump(folder.file("release.tar.xz"), genuine_releases());
        auto groups = genuine_groups();
        groups.push_back(first_album());
        write_dump(folder.file("release-group.tar.xz"), groups, of_groups);
        CHECK(run("musicbrainz-mirror",
                  {"load", "-q", "--mirror", folder.file("mb.mirror"),
                   folder.file("release.tar.xz"), folder.file("release-group.tar.xz")})
                  .status == 0);
    }

    /// Ten jobs: some done, one failed, some still to be done.
    void make_catalogue() const {
        for (const char* path : {"backup", "srv/www", "var/lib/node_exporter"})
            fs::create_directories(folder.file(path));
        run("album-import", {k_first_album, k_in_rainbows, k_not_recorded});
        run("release-worker", {"run", "-q", "--rate", "1000"});
        run("release-worker", {"backup", folder.file("backup/catalog-2026-11-27.db")});
        std::string batch;
        const auto mbids = recorded_mbids();
        for (std::size_t n = 0; n < 8; ++n)
            batch += mbids[n] + "\n";
        run("album-import", {"--from", "-", "--queue", "new"}, batch);
    }

    /// The same command, in this home and not for ever. A server tells where it is, and is ended.
    std::string here(std::string command) const {
        static const std::regex paths{"/(backup|srv|var/lib/node_exporter)/"};
        static const std::regex loop{"--loop"};
        static const std::regex local{"http://127.0.0.1:5000/ws/2"};
        static const std::regex installed{"/usr/local/bin/"};
        static const std::regex copy{"postgresql://db.example/records"};
        static const std::regex review{"album-import --review"};  // asks on a terminal
        command = std::regex_replace(command, paths, folder.path().string() + "/$1/");
        command = std::regex_replace(command, loop, "--loop --max-time 1ms");
        command = std::regex_replace(command, local, m_root);
        command = std::regex_replace(command, installed, "");
        command = std::regex_replace(command, copy, "./copy-of-records");  // of any engine
        command = std::regex_replace(command, review, "script -qec '$&' /dev/null </dev/null");
        if (has(command, k_on_a_server)) return on_test_server(command);
        if (!has(command, "musicbrainz-mirror serve")) return command;
        static const std::regex place{" --listen 127.0.0.1:5000| &"};
        const std::string serve = std::regex_replace(command, place, "");
        return "exec 3< <(" + serve +
               " --listen 127.0.0.1:0); pid=$!; read -r root <&3; kill $pid; " +
               "[[ $root == http://127.0.0.1:*/ws/2 ]]";
    }

    static std::string on_test_server(const std::string& command) {
        static const PostgresqlDatabase music;
        static const std::regex place{k_on_a_server};
        return std::regex_replace(command, place, "'" + music.uri() + "'");
    }

    static constexpr const char* k_on_a_server = "postgresql://db.example/music";
    std::string m_root;
};

/// 1 says that something that was named is in another state by now.
bool may_end_with_1(const std::string& command) {
    // An export has no answer for albums that were never imported.
    return has(command, "release-worker cancel") || has(command, "release-worker retry") ||
           has(command, "--source file:answers");
}

}  // namespace

TEST_CASE("Every example of README, man pages and help does what it should") {
    MusicBrainzServer server;
    server.add_folder(k_recorded);
    server.change([](ServedReleases& releases) { releases.add_group(first_album()); });
    std::size_t typed = 0;
    for (const ExamplePage& page : example_pages()) {
        CAPTURE(page.name);
        const Home home{server};
        for (const std::string& block : page.blocks) {
            for (const std::string& command : commands_in(block)) {
                CAPTURE(command);
                const Finished finished = home.type(command);
                CAPTURE(finished.out);
                CAPTURE(finished.err);
                CHECK((finished.status == 0 || (finished.status == 1 && may_end_with_1(command))));
                CHECK_FALSE(has(finished.err, ": error: "));
                ++typed;
            }
        }
    }
    CHECK(typed > 70);
}

TEST_CASE("Every example of the settings is taken by every tool") {
    const ToolBench bench;
    int files = 0;
    for (const ExamplePage& page : example_pages()) {
        for (const std::string& block : page.blocks) {
            if (!has(block, "[release-worker]")) continue;
            CAPTURE(block);
            const std::string file = bench.folder.write("config.toml", block);
            for (const std::string& tool : k_tools) {
                const auto run = bench.run(tool, {"--print-config", "--config", file});
                CHECK(run.status == 0);
                CHECK(has(run.out, file + ":"));
            }
            ++files;
        }
    }
    CHECK(files == 1);
}

TEST_CASE(
    "The example of the machine's settings is taken by every tool, with what it comments out") {
    const ToolBench bench;
    std::ifstream example{PRESSINGS_SOURCE_DIR "/scripts/service/config.toml"};
    std::string text;
    for (std::string line; std::getline(example, line);)
        text += (line.starts_with("#") && !line.starts_with("# ") ? line.substr(1) : line) + "\n";
    CHECK(has(text, "\ncontact = "));
    const std::string file = bench.folder.write("config.toml", text);
    for (const std::string& tool : k_tools)
        CHECK(bench.run(tool, {"--print-config", "--config", file}).status == 0);
}
