#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "torture/aftermath.hpp"
#include "torture/role.hpp"
#include "torture/scene.hpp"
#include "torture/slow_reader.hpp"

namespace pressings::test {

/// The processes of a torture: workers, importers, a backup, and readers.
class Cast {
  public:
    Cast(Scene& scene, Subject& subject);

    std::vector<Role>& roles() { return m_roles; }
    Stage& stage() { return m_stage; }
    SlowReader& reader() { return m_reader; }
    /// How many gave up, with status 3.
    int given_up() const { return m_given_up; }

    void add_all(double rate);
    void add_workers(double rate);

    /// Starts what has ended, and wakes what has slept enough. How a process ended, and what a
    /// backup left behind, is looked at; new albums come in until `done` is `all`.
    void keep_alive(int done, int all);

    /// Waits for those that must end by themselves, and kills the rest.
    void end_all();

  private:
    void keep_alive(Role& role);
    void take_end(Role& role);
    void take_backup();
    void write_slice();

    Scene& m_scene;
    Subject& m_subject;
    std::string m_slice;  ///< a file of albums that come in next
    Stage m_stage;
    SlowReader m_reader;
    std::vector<Role> m_roles;
    std::size_t m_offered = 0;  ///< albums in all slices so far
    std::size_t m_to_offer = 0;
    int m_given_up = 0;
};

}  // namespace pressings::test
