// What a Tab offers: by the tools themselves, and driven in real shells.
#include "cli/recorded_albums.hpp"

using namespace pressings::test;

namespace {

/// The words that are offered in place of the last one.
std::vector<std::string> offered(const ToolBench& bench, const std::string& tool,
                                 std::vector<std::string> words) {
    words.insert(words.begin(), "--complete");
    const auto run = bench.run(tool, words);
    check_quiet(run);
    std::istringstream lines{run.out};
    std::vector<std::string> found;
    for (std::string line; std::getline(lines, line);)
        found.push_back(line.substr(0, line.find('\t')));
    return found;
}

using Words = std::vector<std::string>;

/// The shell, if it is on this machine, given a script; its standard output.
std::string in_shell(const ToolBench& bench, const Words& shell, const std::string& script) {
    if (!std::filesystem::exists(shell.front())) {
        MESSAGE(shell.front() << " is not on this machine");
        return {};
    }
    Command command;
    command.arguments = shell;
    command.arguments.push_back(script);
    command.environment = bench.environment;
    command.environment["PATH"] = std::string{PRESSINGS_BIN_DIR} + ":/usr/bin:/bin";
    return run_process(command).out;
}

const std::string k_folder = std::string{PRESSINGS_SOURCE_DIR} + "/apps/completions/";

}  // namespace

TEST_CASE("Commands, options and the values of options are offered") {
    const ToolBench bench;
    CHECK(offered(bench, "release-worker", {"re"}) ==
          Words{"retry", "resume", "refresh", "restore"});
    CHECK(offered(bench, "release-worker", {"run", "--max-"}) ==
          Words{"--max-jobs", "--max-time", "--max-attempts"});
    CHECK(offered(bench, "release-worker", {"--log-format", ""}) == Words{"text", "json"});
    CHECK(offered(bench, "release-catalog", {"releases", "--format", "c"}) ==
          Words{"cd", "cassette"});
    CHECK(offered(bench, "release-worker", {"jobs", "--state", "f"}) == Words{"failed"});
    CHECK(offered(bench, "release-worker", {"jobs", "--state=s"}) == Words{"--state=superseded"});
    CHECK(offered(bench, "release-worker", {"--json", "--db", "status", "res"}) ==
          Words{"resume", "restore"});
    CHECK(offered(bench, "release-worker", {"he"}) == Words{"help"});
    CHECK(offered(bench, "release-worker", {"help", "bac"}) == Words{"backup"});
    CHECK(offered(bench, "release-worker", {"run", "--loop", "--st"}) == Words{"--strict"});
    CHECK(offered(bench, "release-catalog", {"odd"}) == Words{"oddities"});
}

TEST_CASE("Ids and queues of the catalogue are offered, files where there are files") {
    ToolBench bench;
    bench.run("album-import", {"--queue", "new", k_rumours, k_in_rainbows});
    CHECK(offered(bench, "release-worker", {"show", ""}) == Words{"2", "1"});
    CHECK(offered(bench, "release-worker", {"run", "--queue", "n"}) == Words{"new"});
    CHECK(offered(bench, "release-catalog", {"album", ""}).size() == 2);
    CHECK(offered(bench, "album-import", {"--from", ""}) == Words{":files"});
    CHECK(offered(bench, "release-worker", {"restore", ""}) == Words{":files"});
    CHECK(offered(bench, "release-catalog", {"report", "--output", ""}) == Words{":folders"});
}

TEST_CASE("Where there is no catalogue, none is made to complete a word") {
    const ToolBench bench;
    CHECK(offered(bench, "release-worker", {"show", ""}).empty());
    CHECK_FALSE(std::filesystem::exists(bench.folder.file("catalog.db")));
}

TEST_CASE("bash offers what the tool offers") {
    const ToolBench bench;
    const std::string out =
        in_shell(bench, {"/bin/bash", "-c"},
                 "source '" + k_folder +
                     "pressings.bash'\n"
                     "COMP_WORDS=(release-worker jobs --state p) COMP_CWORD=3\n"
                     "_pressings release-worker p --state; printf '%s\\n' \"${COMPREPLY[@]}\"\n"
                     "COMP_WORDS=(release-worker jobs --state = c) COMP_CWORD=4\n"
                     "_pressings release-worker c =; printf '%s\\n' \"${COMPREPLY[@]}\"");
    CHECK(out == "pending\ncancelled\n");
}

TEST_CASE("fish offers what the tool offers, with what it is") {
    const ToolBench bench;
    const std::string out =
        in_shell(bench, {"/usr/bin/fish", "-c"},
                 "source '" + k_folder + "pressings.fish'; complete -C 'release-worker pa'");
    if (out.empty()) return;
    CHECK(out == "pause\tLet no worker take jobs\n");
}

TEST_CASE("zsh offers what the tool offers") {
    const ToolBench bench;
    // A shell under zpty, for completion is the line editor's.
    const std::string out =
        in_shell(bench, {"/usr/bin/zsh", "-f", "-c"},
                 "zmodload zsh/zpty\nzpty shell 'zsh -f -i'\n"
                 "zpty -w shell 'PS1=; fpath=(" +
                     k_folder +
                     " $fpath); autoload -Uz compinit; "
                     "compinit -u -D; bindkey \"^I\" complete-word; print ready'\n"
                     "zpty -r -m shell line '*ready*ready*'\n"
                     "zpty -n -w shell $'release-worker jobs --state canc\\t'\n"
                     "zpty -r -m shell line '*cancelled*' && print -r -- found\nzpty -d shell");
    if (!std::filesystem::exists("/usr/bin/zsh")) return;
    CHECK(has(out, "found"));
}
