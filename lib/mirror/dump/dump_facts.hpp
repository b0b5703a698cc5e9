#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pressings::mirror {

/// What the documents of a dump are about. MusicBrainz publishes one archive a kind
/// (https://musicbrainz.org/doc/Development/JSON_Data_Dumps).
enum class DumpKind { release, release_group };

/// "release", "release-group".
constexpr std::string_view to_string(DumpKind kind) {
    return kind == DumpKind::release ? "release" : "release-group";
}

/// What a dump says of itself.
struct DumpFacts {
    std::optional<std::string> timestamp;  ///< of its snapshot, as it is written there
    std::optional<std::int64_t> replication_sequence;
    std::optional<std::int64_t> schema_sequence;
};

}  // namespace pressings::mirror
