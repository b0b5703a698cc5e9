#include "support/traced.hpp"

#include <filesystem>
#include <map>
#include <sstream>
#include <stdexcept>

namespace pressings::test {

namespace {

constexpr const char* k_strace = "/usr/bin/strace";

/// "1234  pwrite64(4, ...": the name of the call; "" for signals and ends of calls.
std::string call_name(const std::string& line) {
    const auto start = line.find_first_not_of(" 0123456789");
    const auto end = line.find('(', start);
    if (start == std::string::npos || end == std::string::npos) return {};
    const std::string name = line.substr(start, end - start);
    const bool is_name =
        name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789") == std::string::npos;
    return is_name ? name : "";
}

}  // namespace

bool can_trace() {
    if (!std::filesystem::exists(k_strace)) {
        throw std::runtime_error("needs strace: scripts/install-dependencies --tests");
    }
    Command command;
    command.arguments = {k_strace, "-o", "/dev/null", "/bin/true"};
    return run_process(command).status == 0;
}

Command traced(const ToolBench& bench, const std::vector<std::string>& options,
               const std::string& tool, const std::vector<std::string>& arguments) {
    Command command;
    command.arguments = {k_strace, "-f", "-qq", "-o", "/dev/null"};
    command.arguments.insert(command.arguments.end(), options.begin(), options.end());
    command.arguments.push_back(std::string{PRESSINGS_BIN_DIR} + "/" + tool);
    command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
    command.environment = bench.environment;
    command.environment["ASAN_OPTIONS"] = "detect_leaks=0";  // it traces as well, by the same means
    return command;
}

std::vector<SystemCall> system_calls(const ToolBench& bench, const std::string& tool,
                                     const std::vector<std::string>& arguments,
                                     const std::vector<std::string>& options) {
    std::vector<std::string> all = options;
    all.insert(all.end(), {"-o", bench.folder.file("calls")});
    run_process(traced(bench, all, tool, arguments));
    return calls_in(bench.folder.read("calls"));
}

std::vector<SystemCall> calls_in(const std::string& log) {
    std::istringstream lines{log};
    std::map<std::string, int> seen;
    std::vector<SystemCall> calls;
    for (std::string line; std::getline(lines, line);) {
        const std::string name = call_name(line);
        if (!name.empty()) calls.push_back({name, ++seen[name]});
    }
    return calls;
}

}  // namespace pressings::test
