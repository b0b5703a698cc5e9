#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pressings::test {

/// As many releases as wanted, made of the genuine ones: each with fresh MBIDs for itself, its
/// media and tracks; its recordings shared with the others of its group, its artists with the
/// groups about it. Groups have one release most often and up to 300, as in MusicBrainz. The same
/// seed gives the same.
class MultipliedReleases {
  public:
    MultipliedReleases(std::size_t releases, std::uint64_t seed);
    ~MultipliedReleases();

    std::size_t size() const;
    std::size_t groups() const;
    /// MBID and number of releases.
    std::string group_mbid(std::size_t group) const;
    std::size_t releases_of(std::size_t group) const;
    /// Of the group's releases as JSON.
    std::uint64_t bytes_of(std::size_t group) const;

    /// Each release, in an order that keeps no group together; each group.
    void each_release(const std::function<void(std::string_view json)>& visit) const;
    void each_group(const std::function<void(std::string_view json)>& visit) const;

    /// Bytes of all releases, and of the line ends between them.
    std::uint64_t release_bytes() const;

  private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Writes into `folder` what MusicBrainz would publish of them: release.tar.xz,
/// release-group.tar.xz, SHA256SUMS; and albums.mbid, the groups, one a line, the largest first.
void write_dump_folder(const std::string& folder, const MultipliedReleases& releases);

}  // namespace pressings::test
