#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "domain/mbid.hpp"
#include "mirror/load/load_mirror.hpp"
#include "support/dump_files.hpp"
#include "support/genuine_documents.hpp"
#include "support/temporary_folder.hpp"

namespace pressings::test {

inline Mbid mbid(const std::string& text) {
    return Mbid::parse(text).value();
}

inline Mbid id_of(const std::string& document) {
    return mbid(nlohmann::json::parse(document)["id"].get<std::string>());
}

inline std::string with_title(const std::string& document, const std::string& title) {
    auto json = nlohmann::ordered_json::parse(document);
    json["title"] = title;
    return json.dump();
}

/// A folder with dumps and a mirror.
struct MirrorBench {
    TemporaryFolder folder;
    std::string file = folder.file("mb.mirror");

    std::string releases(const std::vector<std::string>& documents, DumpForm form = {}) const {
        return write_dump(folder.file("release.tar.xz"), documents, form);
    }
    std::string groups(const std::vector<std::string>& documents, DumpForm form = {}) const {
        form.kind = "release-group";
        return write_dump(folder.file("release-group.tar.xz"), documents, form);
    }

    std::vector<mirror::LoadedDump> load(const std::vector<std::string>& dumps) const {
        mirror::LoadOptions order;
        order.mirror = file;
        order.dumps = dumps;
        return load_mirror(order, system_clock());
    }
    std::vector<mirror::LoadedDump> load_incremental(const std::vector<std::string>& dumps) const {
        mirror::LoadOptions order;
        order.mirror = file;
        order.dumps = dumps;
        order.manner = mirror::LoadOptions::Manner::incremental;
        return load_mirror(order, system_clock());
    }
};

}  // namespace pressings::test
