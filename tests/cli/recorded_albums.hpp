#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/json_schema.hpp"
#include "support/process.hpp"
#include "support/tool.hpp"

/// The genuine albums in the repository, and what tests of the tools look at again and again.
namespace pressings::test {

inline const std::string k_recorded = std::string{PRESSINGS_TEST_DATA} + "/musicbrainz/recorded";
inline const std::string k_source = "file:" + k_recorded;
inline constexpr const char* k_in_rainbows = "6e335887-60ba-38f0-95af-fae7774336bf";
inline constexpr const char* k_rumours = "416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6";
inline constexpr const char* k_not_recorded = "00000000-1111-2222-3333-444444444444";

/// The MBIDs of all recorded albums, sorted.
inline std::vector<std::string> recorded_mbids() {
    std::vector<std::string> mbids;
    for (const auto& entry : std::filesystem::directory_iterator{k_recorded}) {
        mbids.push_back(entry.path().stem().string());
    }
    std::sort(mbids.begin(), mbids.end());
    return mbids;
}

/// The same, one a line: a batch.
inline std::string recorded_batch() {
    std::string batch;
    for (const std::string& mbid : recorded_mbids())
        batch += mbid + "\n";
    return batch;
}

inline nlohmann::json recorded_answer(const std::string& mbid) {
    return nlohmann::json::parse(std::ifstream{k_recorded + "/" + mbid + ".json"});
}

inline bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// The tool was used rightly and says nothing beside its answer.
template <typename Run>
void check_quiet(const Run& run) {
    CHECK(run.status == 0);
    CHECK(run.err == "");
}

/// The same of a list, which says so if it is empty, beside what it says of values that nothing
/// has.
template <typename Run>
void check_listed(const Run& run) {
    CHECK(run.status == 0);
    if (run.documents().empty()) {
        CHECK(run.err.ends_with("release-catalog: nothing found\n"));
    } else {
        CHECK(run.err == "");
    }
}

/// The tool did nothing: one line of error on stderr with `part` in it, no answer.
template <typename Run>
void check_refused(const Run& run, int status, const std::string& part) {
    CHECK(run.status == status);
    CHECK(run.out == "");
    CHECK(has(run.err, ": error: "));
    CHECK(has(run.err, part));
    CHECK(std::count(run.err.begin(), run.err.end(), '\n') == 1);
}

inline void check_schema(const std::string& schema, const nlohmann::json& document) {
    for (const std::string& fault : schema_faults(schema, document))
        FAIL_CHECK(schema << ": " << fault);
}

/// The tool of this bench's environment, to be run with pipes.
inline Command piped(const ToolBench& bench, const std::string& tool,
                     const std::vector<std::string>& arguments) {
    Command command;
    command.arguments = {std::string{PRESSINGS_BIN_DIR} + "/" + tool};
    command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
    command.environment = bench.environment;
    return command;
}

/// Puts every recorded album in and imports its releases.
inline void import_recorded(const ToolBench& bench) {
    REQUIRE(bench.run("album-import", {"--from", "-"}, recorded_batch()).status == 0);
    REQUIRE(bench.run("release-worker", {"run", "--source", k_source}).status == 0);
}

/// Objects of an export, without what differs from catalogue to catalogue, in an order of their
/// own.
inline std::vector<std::string> objects(const ToolBench& bench, const char* what) {
    std::vector<std::string> lines;
    for (nlohmann::json object :
         bench.run("release-catalog", {"export", "--what", what}).documents()) {
        for (const char* own : {"album_id", "release_id", "created_at", "imported_at"})
            object.erase(own);
        lines.push_back(object.dump());
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

}  // namespace pressings::test
