#pragma once

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "support/child.hpp"
#include "torture/deck.hpp"

namespace pressings::test {

/// What a process has to put up with from its start on.
enum class Trouble {
    none,
    link,            ///< the database is named by a symbolic link to it
    time_namespace,  ///< its monotonic clock is ahead of the others'
    small_files,     ///< no file may grow past some size
    failing_call     ///< one of its calls fails, once
};

/// A process that is started again whenever it has ended.
struct Role {
    std::string name;
    std::vector<std::string> arguments;
    std::string output{};  ///< where its standard output is added to; none if empty
    std::unique_ptr<Child> child{};
    Trouble trouble = Trouble::none;
    bool may_give_up = false;  ///< with status 3: it was in trouble that no tool can help
    bool hung_up = false;
    Millis asleep_until = 0;  ///< stopped by SIGSTOP until then
    Millis must_end_by = 0;   ///< nobody kills it; 0: need not end

    bool is_worker() const { return name == "worker"; }
    bool is_awake() const { return child && asleep_until == 0; }
    void let_go();
};

/// Whether a process may end like that.
bool may_end(const Role& role, int status);

/// Whether the process has that file open. A tool that has its database open answers signals in
/// its own way.
bool has_open(const Child& process, const std::string& path);

/// Starts processes under one clock that steps, each in trouble of its own.
class Stage {
  public:
    /// `folder` is for its own files, `db` is the database, and `link` a name for it that it makes.
    Stage(std::string folder, std::string db, std::string link);

    void start(Role& role, std::mt19937& random);
    /// The clock of all processes goes on from another time, up to a day before or after the true.
    void step_clock(std::mt19937& random) const;
    /// What of all that cannot be had here; empty if all can.
    std::string missing() const;

  private:
    std::vector<std::string> in_trouble(const Role& role, std::mt19937& random) const;
    std::string write_failing_call(std::mt19937& random) const;

    std::string m_folder;
    std::string m_db;
    std::string m_link;
    std::string m_faketime;  ///< libfaketime's file; empty where it is not there, or in the way
    Deck<Trouble> m_troubles;
};

}  // namespace pressings::test
