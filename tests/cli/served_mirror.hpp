#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "cli/recorded_albums.hpp"
#include "support/child.hpp"
#include "support/dump_files.hpp"
#include "support/eventually.hpp"
#include "support/genuine_documents.hpp"
#include "support/raw_client.hpp"

namespace pressings::test {

inline const std::string k_group = std::string{"/ws/2/release-group/"} + k_rumours + "?fmt=json";

inline const std::string& rumours() {
    static const std::string document = [] {
        const auto groups = genuine_groups();
        return *std::find_if(groups.begin(), groups.end(),
                             [](const std::string& group) { return has(group, k_rumours); });
    }();
    return document;
}

/// A mirror of one release group that is served on a port of its own.
struct ServedMirror : ToolBench {
    explicit ServedMirror(const std::vector<std::string>& options = {}) {
        DumpForm of_groups;
        of_groups.kind = "release-group";
        write_dump(folder.file("release-group.tar.xz"), {rumours()}, of_groups);
        run("musicbrainz-mirror",
            {"load", "--mirror", folder.file("mb.mirror"), folder.file("release-group.tar.xz")});
        std::vector<std::string> arguments{std::string{PRESSINGS_BIN_DIR} + "/musicbrainz-mirror",
                                           "serve",
                                           "--json",
                                           "--mirror",
                                           folder.file("mb.mirror"),
                                           "--listen",
                                           "127.0.0.1:0"};
        arguments.insert(arguments.end(), options.begin(), options.end());
        serving = std::make_unique<Child>(arguments, folder.file("served"));
        REQUIRE(eventually([&] { return has(folder.read("served"), "\n"); }));
        const std::string root = nlohmann::json::parse(folder.read("served"))["root"];
        port = std::stoi(root.substr(root.rfind(':') + 1));
    }
    bool answers() const { return has(RawClient{port}.get(k_group), "\"Rumours\""); }
    std::vector<RawClient> clients(int count, const char* saying) const {
        std::vector<RawClient> all;
        for (int n = 0; n < count; ++n) {
            all.emplace_back(port);
            all.back().send(saying);
        }
        return all;
    }

    std::unique_ptr<Child> serving;
    int port = 0;
};

}  // namespace pressings::test
