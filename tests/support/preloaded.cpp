#include "support/preloaded.hpp"

#include <cstring>
#include <filesystem>
#include <fstream>

namespace pressings::test {

namespace {

#define PRELOAD_CALL_NAME(name) #name,
constexpr std::array<const char*, preload_calls> k_names{PRELOAD_CALLS(PRELOAD_CALL_NAME)};
#undef PRELOAD_CALL_NAME

preload_control counting_only() {
    preload_control control{};
    control.failing = -1;
    return control;
}

void write_control(const std::string& path, const preload_control& control) {
    std::ofstream{path, std::ios::binary}.write(reinterpret_cast<const char*>(&control),
                                                sizeof control);
}

preload_control read_control(const std::string& path) {
    preload_control control{};
    std::ifstream{path, std::ios::binary}.read(reinterpret_cast<char*>(&control), sizeof control);
    return control;
}

Command preloaded(const ToolBench& bench, const std::string& tool,
                  const std::vector<std::string>& arguments, const std::string& input,
                  const std::string& control) {
    Command command;
    command.arguments = {std::string{PRESSINGS_BIN_DIR} + "/" + tool};
    command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
    command.environment = bench.environment;
    command.environment["LD_PRELOAD"] = PRESSINGS_PRELOAD;
    command.environment[PRELOAD_CONTROL] = control;
    command.input = input;
    return command;
}

}  // namespace

bool can_preload() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return false;
#elif defined(__has_feature)
    return !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer);
#else
    return true;
#endif
}

std::string to_string(const FailingCall& failing) {
    return std::string{k_names.at(failing.call)} + " " + std::to_string(failing.nth) + ": " +
           std::strerror(failing.error);
}

WatchedRun run_watched(const ToolBench& bench, const std::string& tool,
                       const std::vector<std::string>& arguments, const std::string& input,
                       const std::optional<FailingCall>& failing) {
    preload_control control = counting_only();
    if (failing) {
        control.failing = failing->call;
        control.nth = failing->nth;
        control.error = failing->error;
    }
    const std::string path = bench.folder.file("control");
    write_control(path, control);
    WatchedRun watched;
    watched.run = run_process(preloaded(bench, tool, arguments, input, path));
    const preload_control after = read_control(path);
    std::copy(std::begin(after.counts), std::end(after.counts), watched.counts.begin());
    watched.loaded_after = after.loaded_after;
    watched.failed = after.failed != 0;
    return watched;
}

Finished run_recorded(const ToolBench& bench, const std::string& tool,
                      const std::vector<std::string>& arguments, const std::string& input,
                      const std::string& root, const std::string& log) {
    preload_control control = counting_only();
    control.recording = 1;
    root.copy(control.root, sizeof control.root - 1);
    log.copy(control.log, sizeof control.log - 1);
    const std::string path = bench.folder.file("control");
    write_control(path, control);
    return run_process(preloaded(bench, tool, arguments, input, path));
}

}  // namespace pressings::test
