#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "cli/json_writer.hpp"
#include "cli/report_folder.hpp"
#include "store/catalogue_reader.hpp"

namespace pressings::render::report {

/// Of each plain format, how many releases there are, in the order of PlainFormat.
using FormatCounts = std::array<std::int64_t, 5>;

/// Into how many files each kind of data goes, so that a file stays within some hundred KB, and
/// there are not many of them however many albums there are.
struct ShardCounts {
    std::int64_t albums = 1;
    std::int64_t tracks = 1;
    std::int64_t artists = 1;
    std::int64_t labels = 1;
    std::int64_t lists = 1;  ///< of the list of albums, by artist
};

inline constexpr std::int64_t k_albums_in_a_list = 4000;

/// By what the catalogue counts of itself; the sizes of records are those of genuine albums.
ShardCounts shard_counts(const store::CatalogueStats& stats);

/// The part of `count` in which something with this MBID is; report.js reckons the same.
std::int64_t part_of(const Mbid& mbid, std::int64_t count);

/// JSON that may stand in a script, wherever that stands: "<" is written as an escape.
std::string script_safe(std::string_view json);

/// Text from outside, controls and turned reading directions made visible.
void put_shown(cli::JsonWriter& json, std::string_view text);
void put_maybe(cli::JsonWriter& json, const std::optional<std::string>& text);
/// The same as a member; left out if there is nothing to say.
void member_shown(cli::JsonWriter& json, std::string_view name, std::string_view text);

/// The files under data/: each is a script that hands a list of records to report.js, for pages
/// opened from a disk may load scripts and nothing else. Records are gathered, and written out
/// when some MB have come together.
class Shards {
  public:
    explicit Shards(cli::ReportFolder& folder) : m_folder(folder) {}

    /// Adds a record, JSON of UTF-8, to `kind`'s file number `part`: "albums", 3.
    void add(std::string_view kind, std::int64_t part, std::string_view json);
    /// Makes the file even if no record comes.
    void begin(std::string_view kind, std::int64_t part);
    /// Writes what is left, and ends every file.
    void finish();

  private:
    struct File {
        std::string text;
        bool is_there = false;
    };

    File& file(std::string_view kind, std::int64_t part);
    void write_out();

    cli::ReportFolder& m_folder;
    std::map<std::string, File> m_files;
    std::size_t m_gathered = 0;
};

}  // namespace pressings::render::report
