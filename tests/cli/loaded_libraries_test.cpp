// What a tool loads besides itself, which costs its start the more the more it is.
#include <filesystem>

#include "cli/recorded_albums.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

/// What the dynamic linker says of all the libraries that it looked for in a run of the tool.
std::string libraries_of(ToolBench& bench, const std::string& tool,
                         const std::vector<std::string>& arguments) {
    bench.environment["LD_DEBUG"] = "libs";
    bench.environment["LD_DEBUG_OUTPUT"] = bench.folder.file("loaded");
    CHECK(bench.run(tool, arguments).status == 0);
    std::string said;
    for (const auto& file : std::filesystem::directory_iterator{bench.folder.path()}) {
        const std::string name = file.path().filename().string();
        if (name.starts_with("loaded.")) said += bench.folder.read(name);
    }
    return said;
}

}  // namespace

TEST_CASE("a tool whose catalogue is in SQLite does not load libpq") {
    ToolBench bench;
    const std::string importing = libraries_of(bench, "album-import", {k_rumours});
    CHECK(importing.find("libc.so") != std::string::npos);
    CHECK(importing.find("libpq") == std::string::npos);
    const std::string reading = libraries_of(bench, "release-catalog", {"albums"});
    CHECK(reading.find("libpq") == std::string::npos);
}
