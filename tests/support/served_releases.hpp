#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace pressings::test {

/// A body and a status, as the MusicBrainz server gives them.
struct ServedAnswer {
    int status = 200;
    std::string body;
    std::string location;  ///< path of a redirect, else ""
};

/// Releases and groups as a MusicBrainz server holds them, and its rules for giving them out:
/// what `inc` brings, how pages are cut, what is said where something is wrong. Not thread-safe.
class ServedReleases {
  public:
    ServedReleases();
    ~ServedReleases();

    /// A release lookup body that has its release group.
    void add_release(std::string_view json);

    /// The release again `copies` times, alike in everything but the MBID: it and they tie when
    /// pages are cut.
    void multiply(const std::string& release_mbid, int copies);

    void remove_release(const std::string& release_mbid);

    /// A release-group lookup body, for a group that may have no releases.
    void add_group(std::string_view json);

    /// A release as it is served with everything, to be changed and added again.
    std::string release(const std::string& mbid) const;

    /// `from` no longer exists but as another name of `into`; releases of a group go along.
    void merge_group(const std::string& from, const std::string& into);
    void merge_release(const std::string& from, const std::string& into);

    /// The group and all its releases.
    void remove_group(const std::string& mbid);

    /// All releases, as JSON, with everything.
    std::vector<std::string> releases() const;

    /// All release groups, as JSON.
    const std::vector<std::string>& groups() const;

    /// GET /ws/2/release-group?query=rgid:(A OR B …): each group with its releases and their count.
    ServedAnswer search_by_rgid(const std::map<std::string, std::string>& parameters) const;

    /// GET /ws/2/release-group?query=arid:…: those that are credited to an artist, likewise.
    ServedAnswer search_by_artist(const std::map<std::string, std::string>& parameters) const;

    /// From now on the search says this of a group, whatever is so: "" that it knows none.
    void index_says(const std::string& group, std::string json);

    /// GET /ws/2/release?release-group=…: `parameters` are those of the query. Releases that tie
    /// come in another order for another `tie_order`.
    ServedAnswer browse(const std::map<std::string, std::string>& parameters,
                        std::size_t tie_order) const;

    /// GET /ws/2/release/MBID and /ws/2/release-group/MBID.
    ServedAnswer look_up_release(const std::string& mbid, const std::string& inc) const;
    ServedAnswer look_up_group(const std::string& mbid, const std::string& inc) const;

  private:
    struct Store;
    std::unique_ptr<Store> m_store;
};

/// `{"error","help"}` as the server says it.
ServedAnswer server_error(int status, std::string_view error);

}  // namespace pressings::test
