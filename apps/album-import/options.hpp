#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "cli/common_options.hpp"
#include "domain/mbid.hpp"
#include "intake/record_reader.hpp"
#include "store/album_store.hpp"
#include "watch_options.hpp"

namespace pressings {

/// What album-import was asked to do.
struct ImportRequest {
    cli::CommonOptions common;
    std::vector<std::string> albums;  ///< MBIDs and URLs of albums
    std::optional<std::string> artist;
    std::optional<std::string> title;
    std::optional<int> year;
    std::optional<std::string> barcode;
    std::optional<std::string> catno;
    std::optional<std::string> label;
    std::optional<std::string> disc_id;
    std::vector<std::string> files;
    intake::Format format = intake::Format::automatic;
    intake::RecordDefaults defaults;
    bool no_releases = false;
    bool refresh = false;
    bool refresh_all = false;
    bool new_editions = false;
    std::optional<Millis> older_than_ms;
    std::optional<std::int64_t> album_id;  ///< to be identified
    std::optional<Mbid> mbid;              ///< as this release group, or the one of this release
    store::IdentifyOptions identify;
    bool discography = false;
    TypeFilter types;
    WatchRequest watch;
    bool dry_run = false;
    std::size_t batch = 1000;
    std::optional<std::string> rejects;
    std::optional<std::string> candidates;  ///< where open albums and their candidates go
    std::optional<std::string> decisions;   ///< what was decided about them
    bool review = false;                    ///< they are gone through on the terminal

    bool settles() const { return candidates || decisions || review; }

    /// Whether an album is told by what is known of it, in place of its MBID.
    bool tells_album() const { return artist || title || barcode || catno || disc_id; }

    store::Mode mode() const { return dry_run ? store::Mode::dry_run : store::Mode::write; }
};

/// Nothing if help or version was asked for, and printed. UsageError if it does not fit together.
std::optional<ImportRequest> parse_import_request(int argc, char** argv);

}  // namespace pressings
