#pragma once

#include <map>
#include <optional>
#include <string>

#include "torture/deck.hpp"
#include "torture/host_cast.hpp"
#include "torture/host_scene.hpp"

namespace pressings::test {

/// What befalls hosts, and the server.
enum class HostBlow {
    kill,          ///< SIGKILL to a worker or importer
    stop,          ///< a worker sleeps past its lease, and comes back
    crash,         ///< the server is shut down at once (pg_ctl stop -m immediate), and started
    end_sessions,  ///< the server ends all sessions of a host (pg_terminate_backend)
    unplug         ///< the packets of a host are dropped, for some seconds or for good
};

/// Deals blows to a cast by lot: for 300 kills 20 stops, 20 crashes, and 20 cut connections.
class HostBlows {
  public:
    HostBlows(HostScene& scene, HostCast& cast, int kills);

    /// One, if there is anybody whom it can hit; else the same is tried the next time.
    void deal();
    bool are_all_dealt() const { return !m_next && m_begun && m_deck.is_used_up(); }
    int kills() const;

    /// "300 kills, 20 stops", and so on.
    std::string summary() const;

  private:
    bool hits(HostBlow blow);
    template <typename Can>
    Station* choose(Can&& can);
    bool kill();
    bool stop();
    void crash();
    bool end_sessions();
    bool unplug();

    HostScene& m_scene;
    HostCast& m_cast;
    Deck<HostBlow> m_deck;
    bool m_begun = false;
    std::optional<HostBlow> m_next;
    std::map<HostBlow, int> m_dealt;
    int m_unplugged = 0;
    int m_lost = 0;  ///< of those, for good
};

}  // namespace pressings::test
