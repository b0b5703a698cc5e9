#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "mirror/dump/dump_reader.hpp"
#include "mirror/load/mirror_writer.hpp"

namespace pressings::mirror {

/// How far a load has come.
struct LoadProgress {
    std::string dump;  ///< its name, made safe
    std::int64_t documents = 0;
    std::int64_t bytes_read = 0;
    std::optional<std::int64_t> bytes;  ///< in all, if known
};

struct LoadOptions {
    enum class Manner {
        full,         ///< each dump replaces all there is of its kind
        incremental,  ///< each dump is put on top of what there is
    };
    enum class Gap { refuse, allow };

    std::string mirror;              ///< its path
    std::vector<std::string> dumps;  ///< paths; "-" is standard input
    Manner manner = Manner::full;
    Gap gap = Gap::refuse;  ///< incremental dumps that do not follow each other
    std::function<void(const LoadProgress&)> on_progress;  ///< now and then
};

/// What became of one dump.
struct LoadedDump {
    std::string dump;  ///< its path, as told
    DumpKind kind = DumpKind::release;
    std::int64_t documents = 0;  ///< lines taken in
    std::int64_t odd = 0;        ///< passed over: JSON, and nothing that it could be found by
    std::string first_odd{};     ///< where and why, if this load met it
    DumpFacts facts;
    KindChanges changes;
    bool is_resumed = false;  ///< begun by a load that did not come to its end
    bool is_summed = false;   ///< held against a SHA256SUMS
};

/// Loads dumps into a mirror, which is made if it is not there. Whoever reads it goes on reading
/// the old one, and sees the new one whole when all dumps were read, found whole, and written. If
/// anything is wrong, the mirror stays as it is. Single documents that are odd are passed over;
/// more than ten that are more than one of a hundred are a bad dump. A load that was killed goes on
/// where it was when the same dumps are loaded again; any other load starts over. Error: DumpError
/// for a bad dump, with file and line; else what the disk or SQLite said.
std::vector<LoadedDump> load_mirror(const LoadOptions& order, Clock& clock);

}  // namespace pressings::mirror
