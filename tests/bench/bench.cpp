// The benchmark: ours beside a limit or a peer, by turns, and the ratios of the medians.
//   bench BIN_DIR SOURCE_DIR WORK_DIR [--quick] [--peers] [--only NAME] [--json FILE]
#include "bench/bench.hpp"

#include <cstdio>
#include <fstream>
#include <iostream>

#include <fmt/format.h>

#include "bench/process.hpp"

namespace pressings::bench {

std::string Ground::empty_catalogue(const std::string& name) const {
    const std::string database = file(name);
    remove(database);
    run({tool("release-worker"), "prune", "--older-than", "1d", "--db", database});
    return database;
}

void Ground::remove(const std::string& database) const {
    for (const char* suffix : {"", "-wal", "-shm"})
        std::filesystem::remove(database + suffix);
}

namespace {

struct Wish {
    Ground ground;
    std::string only;
    std::string json_file;
};

Wish parse(const std::vector<std::string>& arguments) {
    if (arguments.size() < 3)
        throw std::runtime_error("bench BIN_DIR SOURCE_DIR WORK_DIR [OPTIONS]");
    Wish wish;
    wish.ground.bin = arguments[0];
    const auto tests = std::filesystem::absolute(arguments[1]) / "tests";
    wish.ground.data = tests / "data" / "musicbrainz";
    wish.ground.scripts = tests / "bench";
    wish.ground.folder = std::filesystem::absolute(arguments[2]);
    for (std::size_t i = 3; i < arguments.size(); ++i) {
        const std::string& option = arguments[i];
        const bool has_value = i + 1 < arguments.size();
        if (option == "--quick") {
            wish.ground.quick = true;
        } else if (option == "--peers") {
            wish.ground.peers = true;
        } else if (option == "--only" && has_value) {
            wish.only = arguments[++i];
        } else if (option == "--json" && has_value) {
            wish.json_file = arguments[++i];
        } else {
            throw std::runtime_error("unknown option " + option);
        }
    }
    return wish;
}

int bench(const Wish& wish) {
    std::filesystem::create_directories(wish.ground.folder);
    std::vector<Result> results;
    for (const auto& measures_of :
         {import_measures, queue_measures, mirror_measures, service_measures, reading_measures}) {
        for (const Measure& measure : measures_of(wish.ground)) {
            if (!wish.only.empty() && measure.name.find(wish.only) == std::string::npos) continue;
            std::cerr << measure.what << " ..." << std::endl;
            results.push_back(take(measure));
        }
    }
    std::cout << machine() << "\n\n" << table(results);
    if (!wish.json_file.empty()) std::ofstream{wish.json_file} << json(results, machine());
    return 0;
}

}  // namespace

}  // namespace pressings::bench

int main(int argc, char** argv) {
    try {
        return pressings::bench::bench(pressings::bench::parse({argv + 1, argv + argc}));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bench: %s\n", error.what());
        return 1;
    }
}
