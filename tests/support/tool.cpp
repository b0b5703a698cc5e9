#include "support/tool.hpp"

#include <sstream>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/new_catalogue.hpp"

namespace pressings::test {

namespace {

int open_or_die(const std::string& path, int flags) {
    const int file = ::open(path.c_str(), flags, 0600);
    if (file < 0) ::_exit(126);
    return file;
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (const std::string& text : texts)
        all.push_back(const_cast<char*>(text.c_str()));
    all.push_back(nullptr);
    return all;
}

}  // namespace

ToolBench::ToolBench() {
    environment = {{"PRESSINGS_DB", new_catalogue(folder)},
                   {"HOME", folder.path().string()},
                   {"PATH", "/usr/bin:/bin"},
                   {"LC_ALL", "C.UTF-8"}};
}

ToolRun ToolBench::run(const std::string& tool, const std::vector<std::string>& arguments,
                       const std::string& input) const {
    std::vector<std::string> argv{std::string{PRESSINGS_BIN_DIR} + "/" + tool};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    std::vector<std::string> variables;
    for (const auto& [name, value] : environment)
        variables.push_back(name + "=" + value);
    folder.write("stdin", input);
    const auto argv_pointers = pointers(argv);
    const auto variable_pointers = pointers(variables);
    const std::string out = output.empty() ? folder.file("stdout") : output;
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(open_or_die(folder.file("stdin"), O_RDONLY), STDIN_FILENO);
        ::dup2(open_or_die(out, O_WRONLY | O_CREAT | O_TRUNC), STDOUT_FILENO);
        ::dup2(open_or_die(folder.file("stderr"), O_WRONLY | O_CREAT | O_TRUNC), STDERR_FILENO);
        ::execve(argv_pointers[0], argv_pointers.data(), variable_pointers.data());
        ::_exit(127);
    }
    int waited = 0;
    ::waitpid(child, &waited, 0);
    ToolRun run;
    run.status = WIFEXITED(waited) ? WEXITSTATUS(waited) : 128 + WTERMSIG(waited);
    run.out = output.empty() ? folder.read("stdout") : "";
    run.err = folder.read("stderr");
    return run;
}

std::vector<nlohmann::json> ToolRun::documents() const {
    std::vector<nlohmann::json> all;
    std::istringstream lines{out};
    for (std::string line; std::getline(lines, line);)
        all.push_back(nlohmann::json::parse(line));
    return all;
}

}  // namespace pressings::test
