// What `cmake --install` puts where, and whether it works from there.
#include <regex>

#include "cli/help_text.hpp"
#include "cli/recorded_albums.hpp"

using namespace pressings::test;

namespace {

/// Installs the build that is tested below `prefix`.
void install(const ToolBench& bench, const std::string& prefix) {
    Command command;
    command.arguments = {"/usr/bin/env",          "cmake",    "--install",
                         PRESSINGS_BIN_DIR "/..", "--prefix", prefix};
    command.environment = bench.environment;
    command.environment["PATH"] = "/usr/local/bin:/usr/bin:/bin";
    const Finished finished = run_process(command);
    REQUIRE_MESSAGE(finished.status == 0, finished.err);
}

std::string text_of(const std::string& path) {
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace

TEST_CASE("What is installed is where it belongs, works from there, and names its place") {
    const ToolBench bench;
    const std::string prefix = bench.folder.file("prefix");
    install(bench, prefix);
    for (const std::string& tool : k_tools) {
        CAPTURE(tool);
        Command command;
        command.arguments = {prefix + "/bin/" + tool, "--version"};
        command.environment = bench.environment;
        const Finished version = run_process(command);
        check_quiet(version);
        const std::string number =
            version.out.substr(tool.size() + 1, version.out.find('\n') - tool.size() - 1);
        const std::string page = text_of(prefix + "/share/man/man1/" + tool + ".1");
        CHECK(has(page.substr(0, page.find('\n')), "\"Pressings " + number + "\""));
        CHECK(std::filesystem::exists(prefix + "/share/bash-completion/completions/" + tool));
        CHECK(
            std::filesystem::exists(prefix + "/share/fish/vendor_completions.d/" + tool + ".fish"));
    }
    for (const char* file :
         {"share/man/man5/pressings.toml.5", "share/man/man7/pressings.7",
          "share/man/man7/pressings-postgresql.7", "share/pressings/schema/postgresql/roles.sql",
          "share/zsh/site-functions/_pressings", "lib/sysusers.d/pressings.conf",
          "lib/tmpfiles.d/pressings.conf", "share/pressings/alerts.yml",
          "share/pressings/schema/json/settings.json", "share/doc/pressings/copyright"}) {
        CHECK_MESSAGE(std::filesystem::exists(prefix + "/" + file), file);
    }
    CHECK(std::filesystem::exists(prefix + "/share/doc/pressings/examples/postgresql.conf"));
    for (const char* unit : {"release-worker", "release-worker-drain"}) {
        const std::string text = text_of(prefix + "/lib/systemd/system/" + unit + ".service");
        CHECK(has(text, "\nExecStart=" + prefix + "/bin/release-worker run"));
        CHECK(has(text, "\nSystemCallFilter=@system-service\n"));
        CHECK_FALSE(has(text, "@SANDBOX@"));
    }
}

TEST_CASE(
    "The example of the settings is one that every tool accepts, and so is what it suggests") {
    ToolBench bench;
    bench.environment.erase("PRESSINGS_DB");
    const std::string example = std::string{PRESSINGS_SOURCE_DIR} + "/scripts/service/config.toml";
    const std::string suggested = bench.folder.write(
        "config.toml", std::regex_replace(text_of(example), std::regex{"\n#([a-z]+ = )"}, "\n$1"));
    for (const std::string& tool : k_tools) {
        check_quiet(bench.run(tool, {"--config", example, "--print-config"}));
        const auto run = bench.run(tool, {"--config", suggested, "--print-config"});
        check_quiet(run);
        CHECK(has(run.out, "db = \"/var/lib/pressings/catalog.db\"  # " + suggested + ":"));
    }
    CHECK(has(bench.run("release-worker", {"--config", suggested, "--print-config"}).out,
              "contact = \"you@example.org\""));
}

TEST_CASE(
    "A member of the group makes a catalogue that the service can write, whatever the umask") {
    ToolBench bench;
    const std::string shared = bench.folder.file("shared");
    const std::string own = bench.folder.file("own");
    Command command;
    command.environment = bench.environment;
    command.arguments = {"/bin/bash",
                         "-c",
                         "umask 022; mkdir -m 2770 \"$1\"; mkdir \"$2\"; for folder in \"$@\"; do "
                         "\"$0\" --db \"$folder/catalog.db\" " +
                             std::string{k_rumours} + " || exit; done",
                         PRESSINGS_BIN_DIR "/album-import",
                         shared,
                         own};
    REQUIRE(run_process(command).status == 0);
    using std::filesystem::perms;
    const auto rights = [](const std::string& folder) {
        return std::filesystem::status(folder + "/catalog.db").permissions();
    };
    CHECK((rights(shared) & perms::group_all) == (perms::group_read | perms::group_write));
    CHECK((rights(own) & perms::group_all) == perms::group_read);
}

TEST_CASE("systemd takes the units, and finds the services well confined") {
    const std::string analyze = "/usr/bin/systemd-analyze";
    if (!std::filesystem::exists(analyze)) {
        MESSAGE("systemd is not on this machine");
        return;
    }
    const ToolBench bench;
    const std::string prefix = bench.folder.file("prefix");
    install(bench, prefix);
    const std::string units = prefix + "/lib/systemd/system/";
    // With the drop-in for PostgreSQL, too: it opens nothing.
    for (const char* unit : {"release-worker", "release-worker-drain"}) {
        const std::string folder = units + unit + ".service.d";
        std::filesystem::create_directories(folder);
        std::filesystem::copy(prefix + "/share/doc/pressings/examples/postgresql.conf", folder);
    }
    Command command;
    command.environment = {{"PATH", "/usr/bin:/bin"}, {"SYSTEMD_UNIT_PATH", units + ":"}};
    command.arguments = {analyze,
                         "verify",
                         "--man=no",
                         units + "release-worker.service",
                         units + "release-worker-drain.service",
                         units + "release-worker-drain.timer"};
    check_quiet(run_process(command));
    for (const char* unit : {"release-worker.service", "release-worker-drain.service"}) {
        // Tenths: 3.0 of 10, where 10 is a service that may do anything.
        command.arguments = {analyze, "security", "--offline=true", "--threshold=30", units + unit};
        const Finished finished = run_process(command);
        CHECK_MESSAGE(finished.status == 0, finished.out);
    }
}

TEST_CASE("The version is the tag's, the next one's before there is a tag, or the tarball's") {
    const ToolBench bench;
    if (!std::filesystem::exists("/usr/bin/git")) {
        MESSAGE("git is not on this machine");
        return;
    }
    // A copy of what it reads, with a history of its own.
    const std::string script = R"(
        set -e; mkdir scripts; cp "$0/scripts/version" scripts; cp "$0/CMakeLists.txt" .
        commit() { git -c user.name=n -c user.email=e commit -q --allow-empty -m "$1"; }
        say() { scripts/version "$@" | sed -E 's/g[0-9a-f]{8}/gHASH/; s/^[0-9.]+-dev/NEXT-dev/'; }
        say; git init -q .; commit one; say; git tag v2.3.4; say
        commit two; say; say --debian
        echo 5.6.7 >.tarball-version; say)";
    Command command;
    command.arguments = {"/usr/bin/env", "-C",   bench.folder.path(), "bash",
                         "-c",           script, PRESSINGS_SOURCE_DIR};
    command.environment = {{"PATH", "/usr/bin:/bin"}, {"HOME", bench.folder.path()}};
    const Finished finished = run_process(command);
    CHECK_MESSAGE(
        finished.out == "NEXT-dev\nNEXT-dev+gHASH\n2.3.4\n2.3.4+1.gHASH\n2.3.4+1.gHASH\n5.6.7\n",
        finished.err);
}
