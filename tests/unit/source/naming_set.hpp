#pragma once

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "domain/album_match.hpp"
#include "mirror/load/load_mirror.hpp"
#include "service.hpp"
#include "support/dump_files.hpp"
#include "support/temporary_folder.hpp"

/// The albums that people name: tests/data/naming, served and as a mirror.
namespace pressings::test {

/// A line of pairs.tsv: what somebody told, and the MBID, "ambiguous" or "not_found".
struct NamedPair {
    NamedAlbum named;
    std::string expected;
    std::string trap;
    std::string near;  ///< of a refusal: the MBID that is to be the first candidate; "" if any may

    bool has_answer() const { return expected.size() == 36; }
};

inline std::vector<std::string> naming_lines(const std::string& file) {
    std::ifstream input{std::string{PRESSINGS_TEST_DATA} + "/naming/" + file};
    std::vector<std::string> lines;
    for (std::string line; std::getline(input, line);)
        lines.push_back(line);
    return lines;
}

inline NamedPair read_pair(const std::string& line) {
    std::vector<std::string> cells;
    std::istringstream input{line};
    for (std::string cell; std::getline(input, cell, '\t');)
        cells.push_back(cell);
    REQUIRE(cells.size() >= 5);
    NamedPair pair;
    CreditedArtist artist;
    artist.name = artist.artist.name = cells[0];
    pair.named.artist_credit = {artist};
    pair.named.title = cells[1];
    if (!cells[2].empty()) pair.named.year = std::stoi(cells[2]);
    pair.expected = cells[3];
    pair.trap = cells[4];
    if (cells.size() > 5) pair.near = cells[5];
    return pair;
}

inline std::vector<NamedPair> read_pairs() {
    const auto lines = naming_lines("pairs.tsv");
    std::vector<NamedPair> pairs;
    for (std::size_t i = 1; i < lines.size(); ++i)
        pairs.push_back(read_pair(lines[i]));
    return pairs;
}

/// The groups of the folder, as a search has them.
inline std::vector<std::string> naming_groups() {
    auto groups = naming_lines("groups.ndjson");
    const auto more = naming_lines("namesakes.ndjson");
    groups.insert(groups.end(), more.begin(), more.end());
    return groups;
}

/// The tests' MusicBrainz with these groups, and a source that asks it.
struct NamingService {
    explicit NamingService(SearchManner manner) {
        server.change([](ServedReleases& releases) {
            for (const std::string& group : naming_groups())
                releases.add_group(group);
        });
        server.search_by(manner);
        source = source::make_source(server.root(), impatient_options());
    }

    MusicBrainzServer server;
    std::unique_ptr<source::ReleaseSource> source;
};

/// The same groups and their releases in a mirror, as dumps have them: an artist has the same
/// aliases wherever it stands, and a group lists no releases.
struct NamingMirror {
    NamingMirror() {
        using Json = nlohmann::json;
        std::map<std::string, Json> groups;
        std::map<std::string, Json> aliases;
        for (const std::string& line : naming_groups()) {
            const Json group = Json::parse(line);
            groups[group["id"]] = group;
            for (const Json& credit : group["artist-credit"]) {
                const Json& artist = credit["artist"];
                if (artist.contains("aliases")) aliases[artist["id"]] = artist["aliases"];
            }
        }
        std::map<std::string, std::string> releases;
        std::vector<std::string> documents;
        for (auto& [mbid, group] : groups) {
            for (Json& credit : group["artist-credit"]) {
                const auto known = aliases.find(credit["artist"]["id"]);
                if (known != aliases.end()) credit["artist"]["aliases"] = known->second;
            }
            const Json listed = group.value("releases", Json::array());
            for (const char* key : {"releases", "score", "count"})
                group.erase(key);
            if (!group.contains("first-release-date")) group["first-release-date"] = "";
            documents.push_back(group.dump());
            for (const Json& one : listed) {
                Json release{{"id", one["id"]},
                             {"title", one["title"]},
                             {"status", one.value("status", Json{})},
                             {"artist-credit", group["artist-credit"]},
                             {"release-group", group},
                             {"media", Json::array()}};
                releases[one["id"]] = release.dump();
            }
        }
        std::vector<std::string> release_documents;
        for (const auto& [mbid, text] : releases)
            release_documents.push_back(text);
        DumpForm form;
        const auto release_dump =
            write_dump(folder.file("release.tar.xz"), release_documents, form);
        form.kind = "release-group";
        const auto group_dump = write_dump(folder.file("release-group.tar.xz"), documents, form);
        mirror::LoadOptions order;
        order.mirror = file();
        order.dumps = {release_dump, group_dump};
        mirror::load_mirror(order, system_clock());
        source = source::make_source("mirror:" + file(), impatient_options());
    }

    std::string file() const { return folder.file("mb.mirror"); }

    TemporaryFolder folder;
    std::unique_ptr<source::ReleaseSource> source;
};

struct NamingOutcome {
    std::string answer;  ///< the MBID, or the code of the error
    std::vector<Candidate> candidates;
    int requests = 0;
};

inline NamingOutcome outcome_of(source::ReleaseSource& source, const NamedAlbum& named) {
    try {
        const auto found = source.releases_of_named(named, {});
        return {found.release_group->mbid->to_string(), {}, found.requests};
    } catch (const source::SourceError& error) {
        return {error.code, error.candidates, error.requests};
    }
}

}  // namespace pressings::test
