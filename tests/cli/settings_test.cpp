// Configuration files: what they may hold, where they are, and what is said of them.
#include <map>
#include <regex>
#include <set>

#include "cli/help_text.hpp"
#include "cli/recorded_albums.hpp"

using namespace pressings::test;
using Json = nlohmann::json;

namespace {

/// The setting of this name in what --print-config --json wrote.
Json setting(const ToolRun& run, const std::string& name) {
    const Json settings = run.documents().at(0)["settings"];
    for (const Json& one : settings) {
        if (one["name"] == name) return one;
    }
    return nullptr;
}

/// The settings that pressings.toml(5) lists, by the tool; those at the top under "every tool".
std::map<std::string, std::set<std::string>> settings_in_manual() {
    std::ifstream page{PRESSINGS_SOURCE_DIR "/apps/pressings.toml.5"};
    std::map<std::string, std::set<std::string>> listed;
    std::string section;
    bool is_list = false;
    for (std::string line; std::getline(page, line);) {
        line = std::regex_replace(line, std::regex{R"(\\-)"}, "-");
        if (line.starts_with(".SS "))
            section = line.substr(line.ends_with("every tool") ? line.size() - 10 : 4);
        if (section.starts_with("[")) section = section.substr(1, section.size() - 2);
        if (line.starts_with(".SH ")) section = "";
        if (is_list && !section.empty()) {
            const std::string names = line.substr(line.find(' '));
            static const std::regex name{"[a-z][a-z-]*"};
            for (std::sregex_iterator at{names.begin(), names.end(), name}, end; at != end; ++at)
                listed[section].insert(at->str());
        }
        is_list = line == ".TP";
    }
    return listed;
}

}  // namespace

TEST_CASE("A file with a table for each tool is accepted by each") {
    ToolBench bench;
    bench.environment["PRESSINGS_CONFIG"] =
        bench.folder.write("config.toml",
                           "color = \"never\"\n"
                           "[album-import]\nqueue = \"new\"\n"
                           "[release-worker]\ncontact = \"me@example.org\"\n"
                           "[release-catalog]\n"
                           "[musicbrainz-mirror]\nmirror = \"mb.mirror\"\n");
    for (const std::string& tool : k_tools) {
        CAPTURE(tool);
        const auto run = bench.run(tool, {"--print-config", "--json"});
        check_quiet(run);
        check_schema("settings", run.documents().at(0));
        CHECK(setting(run, "color")["value"] == "never");
    }
}

TEST_CASE("A path in the settings is of the file's folder, and ~ is the home folder") {
    ToolBench bench;
    bench.environment.erase("PRESSINGS_DB");
    std::filesystem::create_directory(bench.folder.file("settings"));
    bench.folder.write("settings/config.toml",
                       "db = \"../here.db\"\n[release-worker]\nsource = \"file:answers\"\n");
    const std::string file = bench.folder.file("settings/config.toml");
    const auto relative =
        bench.run("release-worker", {"--config", file, "--print-config", "--json"});
    CHECK(setting(relative, "db")["value"] == bench.folder.file("here.db"));
    CHECK(setting(relative, "source")["value"] == "file:" + bench.folder.file("settings/answers"));
    bench.folder.write("settings/config.toml", "db = \"~/there.db\"\n");
    CHECK(bench.run("album-import", {"--config", file, k_rumours}).status == 0);
    CHECK(std::filesystem::exists(bench.environment["HOME"] + "/there.db"));
    CHECK_FALSE(std::filesystem::exists(bench.folder.file("settings/~")));
}

TEST_CASE("A wrong key or value is named with file and line, in every command of the tool") {
    struct Case {
        std::string content;
        std::string message;
    };
    const Case cases[] = {
        {"\n[release-worker]\ntimeout = \"soon\"\n", ":3: timeout: \"soon\" is not a duration"},
        {"[release-worker]\nconcurrency = 0\n", ":2: concurrency: \"0\" is not a whole number"},
        {"[release-worker]\ntimout = \"1s\"\n",
         ":2: release-worker has no setting \"timout\"; did "
         "you mean timeout?"},
        {"log-format = \"jsno\"\n",
         ":1: log-format: \"jsno\" is none of text, json; did you "
         "mean json?"},
        {"[release-wroker]\n", ":1: there is no tool \"release-wroker\""},
        {"db = \"a\"\n[release-worker.run]\ngrace = \"1s\"\n",
         ":2: [release-worker.run]: there is no such table"},
        {"log-format = \"json\"\nlog_format = \"text\"\n", ":2: log-format is set twice"},
        {"db = \"\"\n", ":1: db: its value is empty"},
        {"db = [\"a\", \"b\"]\n", ":1: db: it takes one value, not a list"},
        {"db = \"~other/a.db\"\n", ":1: db: \"~other/a.db\": only ~/ is known"},
        {"db = ~/a.db\n", ":1: "},
        {"[release-worker]\nqueue = [\"a\", \"b c\"]\n", ":2: queue: \"b c\" is no name"},
        {"[release-worker]\nallow-removals = 3\n",
         ":2: --allow-removals can only be given on the command line"},
        {"verbose = \"very\"\ncolor = \"pink\"\n", ":1: "},
        {"contact = \"me@example.org\"\n",
         ":1: contact is a setting of release-worker alone; put it under [release-worker]"}};
    ToolBench bench;
    bench.environment.erase("PRESSINGS_DB");
    for (const Case& one : cases) {
        CAPTURE(one.message);
        const std::string file = bench.folder.write("config.toml", one.content);
        check_refused(bench.run("release-worker", {"status", "--config", file}), 2,
                      file + one.message);
    }
}

TEST_CASE("pressings.toml(5) lists the settings of each tool, all of them and no others") {
    const ToolBench bench;
    const auto listed = settings_in_manual();
    for (const std::string& tool : k_tools) {
        CAPTURE(tool);
        std::set<std::string> known;
        const auto run = bench.run(tool, {"--print-config", "--json"});
        const Json settings = run.documents().at(0)["settings"];
        for (const Json& one : settings)
            known.insert(one["name"].get<std::string>());
        std::set<std::string> wanted = listed.at("every tool");
        wanted.insert(listed.at(tool).begin(), listed.at(tool).end());
        CHECK(known == wanted);
    }
}

TEST_CASE("A wrong value is refused though a flag beats it, in terms of the file alone") {
    struct Case {
        std::string tool;
        std::vector<std::string> arguments;
        std::string content;
        std::string message;
    };
    const Case cases[] = {{"release-worker",
                           {"run", "--source", k_source},
                           "source = \"musicbrainz.org\"\n",
                           ":2: source: \"musicbrainz.org\" is no source"},
                          {"release-worker",
                           {"run", "--contact", "me@example.org"},
                           "contact = \"me\"\n",
                           ":2: contact: \"me\" is neither a mail address nor a URL"},
                          {"release-worker",
                           {"status"},
                           "lease = \"10ms\"\n",
                           ":2: lease: \"10ms\" is too short; 1s is the least"},
                          {"release-worker",
                           {"jobs"},
                           "poll-interval = 0\n",
                           ":2: poll-interval: \"0\" is too short"},
                          {"release-worker",
                           {"run", "--loop"},
                           "loop = \"yes\"\n",
                           ":2: loop: \"yes\" is neither true nor false"},
                          {"release-worker",
                           {"run", "--rate", "1"},
                           "rate = 0\n",
                           ":2: rate: \"0\" is not a number from 0.001 to 1000000"},
                          {"musicbrainz-mirror",
                           {"info"},
                           "listen = \"localhost\"\n",
                           ":2: listen: \"localhost\" is not an address and a port"},
                          {"musicbrainz-mirror",
                           {"serve", "--client-timeout", "1s"},
                           "client-timeout = 0\n",
                           ":2: client-timeout: \"0\" is too short"},
                          {"release-catalog",
                           {"albums", "--limit", "1"},
                           "limit = -1\n",
                           ":2: limit: \"-1\" is not a whole number"},
                          {"album-import",
                           {"--batch", "1", k_rumours},
                           "batch = 0\n",
                           ":2: batch: \"0\" is not a whole number"}};
    const ToolBench bench;
    for (const Case& one : cases) {
        CAPTURE(one.message);
        const std::string file =
            bench.folder.write("config.toml", "[" + one.tool + "]\n" + one.content);
        auto arguments = one.arguments;
        arguments.insert(arguments.end(), {"--config", file});
        check_refused(bench.run(one.tool, arguments), 2, file + one.message);
    }
}

TEST_CASE("A limit in the settings is that of lists, and an export is whole all the same") {
    ToolBench bench;
    bench.run("album-import", {k_rumours, k_in_rainbows});
    bench.environment["PRESSINGS_CONFIG"] = bench.folder.write(
        "config.toml", "[release-catalog]\nlimit = 1\n[release-worker]\nlimit = 1\n");
    CHECK(bench.run("release-catalog", {"albums", "--json"}).documents().size() == 1);
    CHECK(bench.run("release-catalog", {"albums", "--json", "--limit", "2"}).documents().size() ==
          2);
    CHECK(bench.run("release-catalog", {"export"}).documents().size() == 2);
    CHECK(bench.run("release-worker", {"jobs", "--json"}).documents().size() == 1);
}

TEST_CASE("What is in force is that of the command in use") {
    const ToolBench bench;
    const auto run = bench.run("release-worker", {"probe", "--source", k_source, "--rate", "3",
                                                  "--print-config", "--json"});
    CHECK(setting(run, "source")["value"] == k_source);
    CHECK(setting(run, "rate")["origin"] == "command line");
}

TEST_CASE("A flag beats the setting that it excludes") {
    ToolBench bench;
    bench.environment["PRESSINGS_CONFIG"] = bench.folder.write("config.toml", "verbose = true\n");
    CHECK(has(bench.run("album-import", {k_rumours}).err, "database"));
    check_quiet(bench.run("album-import", {"-q", k_rumours}));
}

TEST_CASE("A wrong value of the environment is blamed on the environment") {
    ToolBench bench;
    bench.environment["PRESSINGS_LOG_FORMAT"] = "xml";
    check_refused(bench.run("release-worker", {"status"}), 2, "PRESSINGS_LOG_FORMAT: \"xml\"");
}

TEST_CASE("--print-config shows each value in force and where it is from, but no password") {
    ToolBench bench;
    const std::string file =
        bench.folder.write("config.toml", "[release-worker]\ngrace = \"9s\"\nconcurrency = 2\n");
    bench.environment["PRESSINGS_CONTACT"] = "me@example.org";
    const auto run = bench.run("release-worker",
                               {"run", "--print-config", "--json", "--config", file, "--source",
                                "http://me:secret@127.0.0.1:1/ws/2", "--concurrency", "3"});
    check_quiet(run);
    CHECK(setting(run, "source") == Json{{"name", "source"},
                                         {"value", "http://me@127.0.0.1:1/ws/2"},
                                         {"origin", "command line"}});
    CHECK(setting(run, "concurrency")["value"] == "3");
    CHECK(setting(run, "contact")["origin"] == "PRESSINGS_CONTACT");
    CHECK(setting(run, "grace")["origin"] == file + ":2");
    CHECK(setting(run, "lease") ==
          Json{{"name", "lease"}, {"value", "60s"}, {"origin", "built in"}});
    CHECK(setting(run, "max-jobs")["value"].is_null());
    CHECK(setting(run, "quiet") ==
          Json{{"name", "quiet"}, {"value", false}, {"origin", "built in"}});
    const auto text = bench.run("release-worker", {"--print-config", "--config", file});
    CHECK(has(text.out, "grace = \"9s\"  # " + file + ":2\n"));
    CHECK(has(text.out, "# max-jobs: not set\n"));
}

TEST_CASE("What --print-config writes can be put into a file of settings") {
    ToolBench bench;
    bench.run("album-import", {k_rumours});
    for (const std::string& tool : k_tools) {
        CAPTURE(tool);
        const auto written = bench.run(tool, {"--print-config"});
        const std::string file = bench.folder.write("config.toml", written.out);
        const auto again = bench.run(tool, {"--print-config", "--config", file});
        check_quiet(again);
        CHECK(has(again.out, "busy-timeout = \"30s\"  # " + file + ":"));
    }
}

TEST_CASE("The machine's settings hold where the user's leave something open") {
    ToolBench bench;
    std::filesystem::create_directories(bench.folder.file("etc/pressings"));
    std::filesystem::create_directories(bench.folder.file(".config/pressings"));
    bench.folder.write("etc/pressings/config.toml",
                       "color = \"never\"\n[album-import]\nqueue = \"machine\"\npriority = 3\n");
    bench.folder.write(".config/pressings/config.toml", "[album-import]\nqueue = \"user\"\n");
    Command command = piped(bench, "album-import", {"--print-config", "--json"});
    const std::vector<std::string> with_own_etc{"/usr/bin/unshare",
                                                "--mount",
                                                "--map-root-user",
                                                "/bin/sh",
                                                "-c",
                                                "mount --bind \"$0\" /etc && exec \"$@\"",
                                                bench.folder.file("etc")};
    command.arguments.insert(command.arguments.begin(), with_own_etc.begin(), with_own_etc.end());
    const Finished finished = run_process(command);
    if (finished.status != 0 && !has(finished.err, "album-import")) {
        MESSAGE("no mount namespace can be had here: " << finished.err);
        return;
    }
    const ToolRun run{finished.status, finished.out, finished.err};
    CHECK(setting(run, "queue")["value"] == "user");
    CHECK(setting(run, "priority")["value"] == "3");
    CHECK(setting(run, "priority")["origin"] == "/etc/pressings/config.toml:4");
}

TEST_CASE("A setting of a command that is not in use does not reach the one that is") {
    ToolBench bench;
    bench.environment["PRESSINGS_CONFIG"] =
        bench.folder.write("config.toml", "[release-worker]\nsource = \"file:none\"\n");
    check_quiet(bench.run("release-worker", {"probe", k_rumours, "--source", k_source}));
    check_refused(bench.run("release-worker", {"probe", k_rumours}), 3, bench.folder.file("none"));
}
