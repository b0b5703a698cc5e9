// What gets its name by a rename is on the disk before, and the name after: seen in the system
// calls of the real tools. And what is left of an output that is killed, stopped or runs out of
// room.
#include <algorithm>
#include <csignal>
#include <filesystem>
#include <sstream>

#include <doctest/doctest.h>

#include "support/dump_files.hpp"
#include "support/genuine_documents.hpp"
#include "support/traced.hpp"

using namespace pressings::test;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

constexpr const char* k_rumours = "416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6";
constexpr int k_killed = 128 + SIGKILL;

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// A catalogue, and the tools that write something beside it.
struct OutputBench : ToolBench {
    OutputBench() {
        CHECK(run("album-import", {k_rumours}).status == 0);
        fs::create_directory(folder.file("out"));
        write_dump(folder.file("release.tar.gz"), genuine_releases(), {});
    }
    std::string out(const std::string& name) const { return folder.file("out/" + name); }

    /// What is in the folder of the outputs.
    std::vector<std::string> left() const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator{folder.file("out")})
            names.push_back(entry.path().filename().string());
        std::sort(names.begin(), names.end());
        return names;
    }
};

/// The lines of strace's report on the calls that rename and that bring to the disk, with the path
/// of each descriptor.
std::vector<std::string> calls_of(const OutputBench& bench, const std::string& tool,
                                  const std::vector<std::string>& arguments) {
    const std::string report = bench.folder.file("calls");
    const auto run = run_process(traced(
        bench, {"-y", "-e", "trace=rename,renameat,renameat2,fsync,fdatasync,syncfs", "-o", report},
        tool, arguments));
    CHECK(run.status == 0);
    std::vector<std::string> lines;
    std::istringstream text{bench.folder.read("calls")};
    for (std::string line; std::getline(text, line);)
        lines.push_back(line);
    return lines;
}

/// What a call of rename has in its quotes: from where, and to where.
std::pair<std::string, std::string> names_of(const std::string& line) {
    std::vector<std::string> quoted;
    for (std::size_t at = line.find('"'); at != std::string::npos; at = line.find('"', at + 1)) {
        const auto end = line.find('"', at + 1);
        quoted.push_back(line.substr(at + 1, end - at - 1));
        at = end;
    }
    return {quoted.at(0), quoted.at(1)};
}

bool syncs(const std::string& line, const std::string& path) {
    return has(line, "sync") && has(line, "<" + path + ">") && has(line, " = 0");
}

/// The renames onto names in the folder of the outputs; each is held to what stands around it.
int check_renames(const OutputBench& bench, const std::vector<std::string>& calls) {
    const std::string folder = fs::canonical(bench.folder.file("out")).string();
    int renames = 0;
    for (auto line = calls.begin(); line != calls.end(); ++line) {
        if (!has(*line, "rename") || !has(*line, folder)) continue;
        CAPTURE(*line);
        const auto [from, to] = names_of(*line);
        const bool exchanges = has(*line, "RENAME_EXCHANGE");
        CHECK(std::any_of(calls.begin(), line, [&](const std::string& call) {
            return syncs(call, from) || (exchanges && syncs(call, folder));
        }));
        CHECK(std::any_of(line, calls.end(),
                          [&](const std::string& call) { return syncs(call, folder); }));
        ++renames;
    }
    return renames;
}

}  // namespace

TEST_CASE("What a tool writes is on the disk before it gets its name, and the name after") {
    if (!can_trace()) {
        MESSAGE("skipped: this machine lets nobody trace a process");
        return;
    }
    const OutputBench bench;
    const std::string mirror = bench.out("mb.mirror");
    const std::pair<const char*, std::vector<std::string>> runs[] = {
        {"release-worker", {"backup", bench.out("copy.db")}},
        {"release-worker", {"status", "--prometheus", "--output", bench.out("status.prom")}},
        {"release-worker", {"status", "--prometheus", "--output", bench.out("status.prom")}},
        {"release-catalog", {"export", "--output", bench.out("albums.ndjson")}},
        {"release-catalog", {"export", "--folder", bench.out("tables")}},
        {"release-catalog", {"export", "--folder", bench.out("tables")}},
        {"release-catalog", {"export", "--sqlite", bench.out("tables.db")}},
        {"release-catalog", {"export", "--sqlite", bench.out("tables.db")}},
        {"release-catalog", {"report", "--output", bench.out("pages")}},
        {"release-catalog", {"report", "--output", bench.out("pages")}},
        {"musicbrainz-mirror", {"load", "--mirror", mirror, bench.folder.file("release.tar.gz")}}};
    for (const auto& [tool, arguments] : runs) {
        CAPTURE(tool);
        CAPTURE(arguments.front());
        CHECK(check_renames(bench, calls_of(bench, tool, arguments)) >= 1);
    }
}

TEST_CASE("Killed at any moment, a backup is whole or not there, and the next one cleans up") {
    if (!can_trace()) {
        MESSAGE("skipped: this machine lets nobody trace a process");
        return;
    }
    const OutputBench bench;
    const std::string copy = bench.out("copy.db");
    const std::vector<std::string> backup{"backup", copy};
    const std::vector<std::string> only{
        "-e", "trace=pwrite64,fsync,fdatasync,ftruncate,unlink,rename,renameat2,flock"};
    const auto calls = system_calls(bench, "release-worker", backup, only);
    fs::remove(copy);
    REQUIRE(calls.size() > 5);
    int absent = 0;
    for (const SystemCall& call : calls) {
        CAPTURE(call.name);
        CAPTURE(call.occurrence);
        const std::string at =
            call.name + ":signal=SIGKILL:when=" + std::to_string(call.occurrence);
        const auto run =
            run_process(traced(bench, {"-e", "inject=" + at}, "release-worker", backup));
        CHECK(run.status == k_killed);
        if (!fs::exists(copy)) {
            ++absent;
            CHECK(bench.run("release-worker", backup).status == 0);
        }
        CHECK(bench.run("release-worker", {"check", "--db", copy}).status == 0);
        CHECK(bench.run("release-catalog", {"album", k_rumours, "--db", copy}).status == 0);
        for (const std::string& name : bench.left()) {
            CHECK(name.starts_with("copy.db"));
            fs::remove(bench.out(name));
        }
    }
    CHECK(absent > 3);
}

TEST_CASE("A backup for which there is no room, or that is stopped, leaves nothing") {
    if (!can_trace()) {
        MESSAGE("skipped: this machine lets nobody trace a process");
        return;
    }
    const OutputBench bench;
    const std::vector<std::string> backup{"backup", bench.out("copy.db")};
    const std::pair<const char*, const char*> faults[] = {
        {"pwrite64:error=ENOSPC:when=9+", "the disk is full"},
        {"pwrite64:error=EIO:when=9+", "copy.db was not made"},
        {"fsync:error=EIO:when=1+", "cannot write"},
        {"renameat2:error=EACCES:when=1+", "cannot write"},
        {"pwrite64:signal=SIGTERM:when=9", "stopped by SIGTERM"},
        {"pwrite64:signal=SIGHUP:when=9", "stopped by SIGHUP"}};
    for (const auto& [fault, message] : faults) {
        CAPTURE(std::string{fault});
        const auto run = run_process(
            traced(bench, {"-e", std::string{"inject="} + fault}, "release-worker", backup));
        CAPTURE(run.err);
        CHECK(run.status == 3);
        CHECK(has(run.err, message));
        CHECK(bench.left().empty());
    }
}
