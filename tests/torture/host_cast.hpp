#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "torture/aftermath.hpp"
#include "torture/host_scene.hpp"
#include "torture/role.hpp"

namespace pressings::test {

/// A worker or an importer, and the host that is its own.
struct Station {
    Role role;
    std::unique_ptr<Host> host;
    std::string slice{};       ///< a file of albums, which an importer puts in
    Millis plugged_in_at = 0;  ///< the host shall be then; 0: it is
};

/// The processes of a torture on several hosts: workers that loop, and importers.
class HostCast {
  public:
    HostCast(HostScene& scene, Subject& subject, double rate);

    static constexpr int k_workers = 4;

    std::vector<Station>& stations() { return m_stations; }
    /// Something befalls the station: a process that has not begun its work yet may give up.
    void excuse_newcomer(Station& station) const;

    /// Starts what has ended, wakes what has slept enough, plugs in what was unplugged. How a
    /// process ended is looked at; new albums come in until `done` is `all`.
    void keep_alive(int done, int all);
    /// The host is never heard of again; another one takes its place.
    void lose_host(Station& station);
    /// Kills all, on hosts that are plugged in.
    void end_all();

    /// How many gave up, with status 3.
    int given_up() const { return m_given_up; }
    /// What they reported, a file a station.
    std::vector<std::string> worker_reports() const { return reports(true); }
    std::vector<std::string> import_reports() const { return reports(false); }

  private:
    std::vector<std::string> reports(bool of_workers) const;
    std::unique_ptr<Host> new_host();
    void add(const std::string& name, std::vector<std::string> command);
    void keep_alive(Station& station);
    void take_end(Station& station);
    void start(Station& station);
    void write_slice(const std::string& file);

    HostScene& m_scene;
    Subject& m_subject;
    std::vector<Station> m_stations;
    int m_hosts = 1;
    std::size_t m_offered = 0;  ///< albums that importers choose from
    int m_given_up = 0;
};

}  // namespace pressings::test
