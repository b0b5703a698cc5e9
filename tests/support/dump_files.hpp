#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pressings::test {

/// A dump in MusicBrainz's own form: members in its order, one document a line, no newline at the
/// end (musicbrainz-server lib/MusicBrainz/Script/JSONDump.pm).
struct DumpForm {
    std::string kind = "release";  ///< the member is mbdump/KIND
    std::string timestamp = "2026-07-01 00:00:03.123456+00";
    std::string replication_sequence = "175000";
    std::string schema_sequence = "30";
    std::optional<std::string> schema_number = "1";  ///< behind the data; nothing: left out
    std::vector<std::pair<std::string, std::string>> extra_members{};  ///< before the data
    int level = 1;                                                     ///< of packing
    /// Of all lines, if that is known: then nothing is written beside the archive.
    std::optional<std::uint64_t> data_bytes{};
};

/// Writes a dump as its documents come. It is packed as the name of the file says: .tar.xz,
/// .tar.bz2, .tar.gz, .tar.zst, .tar; or else only the lines. An archive tells sizes in front, so
/// the lines go to a file beside it first, unless their size is told.
class DumpFile {
  public:
    DumpFile(std::string path, DumpForm form);
    ~DumpFile();
    DumpFile(const DumpFile&) = delete;
    DumpFile& operator=(const DumpFile&) = delete;

    void add(std::string_view document);
    /// Makes the archive.
    void finish();

  private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// The same in one go; the path.
std::string write_dump(const std::string& path, const std::vector<std::string>& documents,
                       const DumpForm& form = {});

/// Puts SHA256SUMS into the file's folder, with the right sum for it.
void write_sums(const std::string& path);

}  // namespace pressings::test
