#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace pressings::bench {

/// An album as a batch has it: genuine facts under an MBID of its own.
struct BenchAlbum {
    std::string mbid;  ///< 36 characters
    std::string title;
    std::string artist;
    std::string artist_mbid;
    std::string date;
    std::string type;
};

/// Any number of albums, multiplied from the release groups of the genuine corpus; the n-th is
/// always the same. An artist has five of them.
class Albums {
  public:
    static constexpr std::size_t k_albums_an_artist = 5;

    /// Reads the lookups of releases in `folder`.
    explicit Albums(const std::filesystem::path& folder);

    BenchAlbum operator[](std::size_t n) const;

    /// As a line of NDJSON, the object of a batch record, with its LF.
    std::string line(std::size_t n) const;

    /// Writes the first `count` as a batch.
    void write(const std::filesystem::path& file, std::size_t count) const;

  private:
    std::vector<BenchAlbum> m_genuine;
};

/// An MBID that looks as random as any: the n-th of a kind.
std::string fresh_mbid(unsigned kind, std::size_t n);

/// Its 16 bytes.
std::string mbid_bytes(const std::string& mbid);

}  // namespace pressings::bench
