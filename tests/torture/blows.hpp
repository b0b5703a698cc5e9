#pragma once

#include <map>
#include <string>

#include "torture/cast.hpp"
#include "torture/deck.hpp"
#include "torture/scene.hpp"

namespace pressings::test {

/// What befalls the processes.
enum class Blow {
    kill,           ///< SIGKILL
    stop,           ///< a worker sleeps past its lease, and comes back
    hang_up,        ///< SIGHUP
    broken_pipe,    ///< SIGPIPE
    reader_leaves,  ///< a pipe that somebody writes into is closed
    clock_step,
    side_file,    ///< a file beside the database is lost, or there is one that nobody made
    full_disk,    ///< for a while
    second_name,  ///< the database has a hard link, for a while
    replacement   ///< the database is replaced, removed or moved
};

/// Deals blows to a cast by lot: a deck has some of each kind, and 40 kills.
class Blows {
  public:
    Blows(Scene& scene, Subject& subject, Cast& cast);

    /// One, if there is anybody whom it can hit.
    void deal();
    int kills() const { return m_dealt.at(Blow::kill); }

    /// To be called often: there is room again, and one name, if it is time for that. Who sees it
    /// before may give up.
    void end_bad_times();
    /// The disk has room, and the database only what belongs to it.
    void calm_down();

    /// "40 kills, 12 stops", and so on.
    std::string summary() const;

  private:
    bool hits(Blow blow);
    template <typename Can, typename Act>
    bool hit(Can&& can, Act&& act);
    bool may_be_killed(const Role& role);
    bool is_at_work(const Role& role) const;
    void put_to_sleep(Role& worker);
    bool hang_up();
    bool leave_reader();
    bool spoil_side_file();
    bool fill_disk();
    bool give_second_name();
    void replace();

    Scene& m_scene;
    Subject& m_subject;
    Cast& m_cast;
    Deck<Blow> m_deck;
    std::map<Blow, int> m_dealt;
    bool m_replacement_is_due = false;
    Millis m_spared_until = 0;       ///< workers, mostly
    Millis m_full_until = 0;         ///< 0: there is room
    Millis m_second_name_until = 0;  ///< 0: there is none
};

}  // namespace pressings::test
