#pragma once

#include <fstream>
#include <string>
#include <vector>

#include "cli/recorded_albums.hpp"
#include "support/musicbrainz_server.hpp"

namespace pressings::test {

/// A MusicBrainz with the recorded albums and those of the naming tests, and a catalogue.
struct NamingService {
    NamingService() {
        server.add_folder(k_recorded);
        server.change([](ServedReleases& releases) {
            for (const char* file : {"groups.ndjson", "namesakes.ndjson"}) {
                std::ifstream input{std::string{PRESSINGS_TEST_DATA} + "/naming/" + file};
                for (std::string line; std::getline(input, line);)
                    releases.add_group(line);
            }
        });
    }

    nlohmann::json put_in(std::vector<std::string> arguments) const {
        arguments.push_back("--json");
        return bench.run("album-import", arguments).documents().at(0);
    }
    nlohmann::json work() const {
        return bench.run("release-worker", {"run", "--source", server.root(), "-q", "--json"})
            .documents()
            .at(0);
    }
    nlohmann::json job(const nlohmann::json& id) const {
        const nlohmann::json job =
            bench.run("release-worker", {"show", id.dump(), "--json"}).documents()[0];
        check_schema("job", job);
        return job;
    }
    nlohmann::json albums() const {
        return bench.run("release-catalog", {"albums", "--json"}).documents();
    }

    MusicBrainzServer server;
    ToolBench bench;
};

}  // namespace pressings::test
