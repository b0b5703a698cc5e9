#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "bench/albums.hpp"
#include "bench/measure.hpp"

namespace pressings::bench {

/// What the measures share.
struct Ground {
    std::filesystem::path bin;      ///< the tools, and the programs of the benchmark
    std::filesystem::path data;     ///< genuine answers of MusicBrainz's
    std::filesystem::path scripts;  ///< the peers
    std::filesystem::path folder;   ///< for databases and batches; on a disk, not in memory
    bool quick = false;
    bool peers = false;

    std::string tool(const std::string& name) const { return (bin / name).string(); }
    std::string script(const std::string& name) const { return (scripts / name).string(); }
    std::string file(const std::string& name) const { return (folder / name).string(); }

    /// An empty catalogue under this name; an older one is gone.
    std::string empty_catalogue(const std::string& name) const;
    /// Removes a database with its log.
    void remove(const std::string& database) const;
};

/// The measures of each subject. They make what they need when they are first run.
std::vector<Measure> import_measures(const Ground& ground);
std::vector<Measure> queue_measures(const Ground& ground);
std::vector<Measure> mirror_measures(const Ground& ground);
std::vector<Measure> service_measures(const Ground& ground);
std::vector<Measure> reading_measures(const Ground& ground);

/// A mirror of a dump for so many release groups; made once.
std::string loaded_mirror(const Ground& ground, std::size_t albums);

/// A file with the MBIDs of so many groups of a dump for `all_albums`, the largest last.
std::string dumped_groups(const Ground& ground, std::size_t albums, std::size_t all_albums);

/// A catalogue with all releases of a dump for so many albums, indexed for searches; made once.
std::string full_catalogue(const Ground& ground, std::size_t albums);

}  // namespace pressings::bench
