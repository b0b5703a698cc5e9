// What a Tab offers: by the tools themselves, and driven in real shells.
#include "cli/recorded_albums.hpp"
#include "support/typist.hpp"

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

const std::string k_folder = std::string{PRESSINGS_SOURCE_DIR} + "/apps/completions/";

bool has_shell(const std::string& shell) {
    if (std::filesystem::exists(shell)) return true;
    MESSAGE(shell << " is not on this machine");
    return false;
}

std::map<std::string, std::string> shell_environment(const ToolBench& bench) {
    auto environment = bench.environment;
    environment["PATH"] = std::string{PRESSINGS_BIN_DIR} + ":/usr/bin:/bin";
    environment["HOME"] = environment["ZDOTDIR"] = bench.folder.path();
    environment["TERM"] = "xterm";
    return environment;
}

/// The line that this one has become when Tab was pressed at its end.
std::string with_tab(Typist& shell, const std::string& line) {
    shell.type(line +
               "\t\x01"
               "echo ANS''WER: \r");  // Ctrl-A goes to the line's beginning
    shell.read_until("ANSWER: ");
    std::string completed = shell.read_until("\r\n");
    shell.read_until("READY> ");
    return completed;
}

void check_completions(const ToolBench& bench, const Words& shell) {
    bench.run("album-import", {"--queue", "new-ones", k_rumours});
    const std::string batch = bench.folder.write("batch of mine.csv", "mbid\n");
    const std::string typed = batch.substr(0, batch.find(" of"));
    Command command;
    command.arguments = shell;
    command.environment = shell_environment(bench);
    Typist typist{command};
    typist.read_until("READY> ");
    CHECK(with_tab(typist, "release-worker expl") == "release-worker explain-retry");
    CHECK(with_tab(typist, "release-worker run --max-j") == "release-worker run --max-jobs");
    CHECK(with_tab(typist, "release-worker jobs --state canc") ==
          "release-worker jobs --state cancelled");
    CHECK(with_tab(typist, "release-worker jobs --state=canc") ==
          "release-worker jobs --state=cancelled");
    CHECK(with_tab(typist, "release-worker show ") == "release-worker show 1");
    CHECK(with_tab(typist, "release-catalog album ") == "release-catalog album 1");
    CHECK(with_tab(typist, "release-worker run --queue n") ==
          "release-worker run --queue new-ones");
    CHECK(with_tab(typist, "album-import --from " + typed) == "album-import --from " + batch);
    CHECK(with_tab(typist, "album-import --from=" + typed) == "album-import --from=" + batch);
    CHECK(with_tab(typist, "release-worker run --source mirror:" + typed) ==
          "release-worker run --source mirror:" + batch);
}

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

TEST_CASE("bash completes commands, ids, queues, states and files") {
    if (!has_shell("/bin/bash")) return;
    const ToolBench bench;
    const std::string start = bench.folder.write(
        "bashrc",
        "source '" + k_folder + "pressings.bash'; PS1='READY> '; bind 'set bell-style none'");
    check_completions(bench, {"/bin/bash", "--noprofile", "--rcfile", start, "-i"});
}

TEST_CASE("zsh completes commands, ids, queues, states and files") {
    if (!has_shell("/usr/bin/zsh")) return;
    const ToolBench bench;
    bench.folder.write(".zshrc", "fpath=('" + k_folder +
                                     "' $fpath); autoload -Uz compinit; compinit -u -D; "
                                     "unsetopt beep zle_bracketed_paste; PS1='READY> '");
    check_completions(bench, {"/usr/bin/zsh", "-d", "-i"});
}

TEST_CASE("fish completes commands, ids, queues, states and files") {
    if (!has_shell("/usr/bin/fish")) return;
    const ToolBench bench;
    check_completions(bench, {"/usr/bin/fish", "--no-config", "-i", "-C",
                              "source '" + k_folder +
                                  "pressings.fish'; function fish_prompt; echo -n 'READY> '; end"});
}

TEST_CASE("fish says what it offers is") {
    if (!has_shell("/usr/bin/fish")) return;
    const ToolBench bench;
    Command command;
    command.arguments = {
        "/usr/bin/fish", "--no-config", "-c",
        "source '" + k_folder + "pressings.fish'; complete -C 'release-worker pa'"};
    command.environment = shell_environment(bench);
    CHECK(run_process(command).out == "pause\tLet no worker take jobs\n");
}
