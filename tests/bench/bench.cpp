// The benchmark: ours beside a limit or a peer, by turns, and the ratios of the medians.
//   bench BIN_DIR SOURCE_DIR WORK_DIR [--quick] [--peers] [--only NAME] [--json FILE]
#include "bench/bench.hpp"

#include <cstdio>
#include <fstream>
#include <iostream>

#include <fmt/format.h>

#include "bench/postgresql/measures.hpp"
#include "bench/postgresql/surveys.hpp"
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

bool is_wanted(const Wish& wish, const std::string& name) {
    return name.find(wish.only) != std::string::npos;
}

std::vector<Measure> all_measures(const Wish& wish, const Databases& databases) {
    std::vector<Measure> all;
    const auto add = [&](const std::vector<Measure>& measures) {
        for (const Measure& measure : measures) {
            if (is_wanted(wish, measure.name)) all.push_back(measure);
        }
    };
    for (const auto& measures_of :
         {import_measures, queue_measures, mirror_measures, service_measures, reading_measures})
        add(measures_of(wish.ground));
    for (const auto& measures_of : {postgresql_import_measures, postgresql_queue_measures,
                                    postgresql_drain_measures, postgresql_peer_measures})
        add(measures_of(databases));
    return all;
}

/// Says so, once, if not.
bool has_postgresql() {
    static const bool k_has = [] {
        if (Server::is_installed()) return true;
        std::cerr << "PostgreSQL is not installed, and its measures are skipped; "
                  << "scripts/install-dependencies --bench installs it" << std::endl;
        return false;
    }();
    return k_has;
}

bool is_possible(const std::string& name) {
    return !name.starts_with("postgresql") || has_postgresql();
}

int bench(const Wish& wish) {
    std::filesystem::create_directories(wish.ground.folder);
    const Databases databases{wish.ground};
    std::vector<Result> results;
    for (const Measure& measure : all_measures(wish, databases)) {
        if (!is_possible(measure.name)) continue;
        std::cerr << measure.what << " ..." << std::endl;
        results.push_back(take(measure));
    }
    std::vector<Survey> surveys;
    for (const SurveyPlan& survey : postgresql_surveys(databases)) {
        if (!is_wanted(wish, survey.name) || !is_possible(survey.name)) continue;
        std::cerr << survey.name << " ..." << std::endl;
        surveys.push_back(survey.make());
    }
    std::cout << machine() << "\n\n";
    if (!results.empty()) std::cout << table(results);
    for (const Survey& survey : surveys)
        std::cout << '\n' << table(survey);
    if (!wish.json_file.empty()) std::ofstream{wish.json_file} << json(results, surveys, machine());
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
