#pragma once

#include <functional>
#include <string>
#include <vector>

#include "support/tool.hpp"

namespace pressings::test {

/// A folder with a catalogue and whatever else a tool works on, put back to how it was before each
/// of many runs.
class Place {
  public:
    Place();

    /// The folder as it is now is where each run begins.
    void keep();
    void restore() const;

    std::string file(const std::string& name) const { return (m_work / name).string(); }
    std::string db() const { return file("catalog.db"); }

    ToolBench bench;

  private:
    std::filesystem::path m_work;
    std::filesystem::path m_before;
};

/// Something that a tool is asked to do.
struct Scenario {
    std::string name;
    std::string tool;
    std::function<void(const Place&)> prepare;  ///< makes what is there before
    std::function<std::vector<std::string>(const Place&)> arguments;
    std::string input{};
    /// What has to be the same in the end, whatever went wrong on the way.
    std::function<std::string(const Place&)> outcome;
    bool writes = false;  ///< more than a reader leaves behind it
    bool once = false;    ///< there is nothing left to do if it is done again, which is said
};

/// Albums whose names are spelled wrong, so that none was told for certain, beside a mirror that
/// has them: the release groups that they mean, MBID and title, in the order of the albums' ids.
struct MeantGroup {
    std::string mbid;
    std::string title;
};
std::vector<MeantGroup> leave_open(const Place& place, std::size_t albums);

/// Of the tool; of all tools if it is empty.
std::vector<Scenario> scenarios_of(const std::string& tool);

/// Lets a scenario be begun again after something went wrong: a job that is tried again waits for
/// that, and a backup is not written over.
void make_ready(const Place& place, const Scenario& scenario);

/// Files and folders that tools wrote beside the catalogue, whole paths by their final names.
std::vector<std::string> results_in(const Place& place);

/// How many documents the place's mirror has, or why it cannot be read ("info: …").
std::string state_of_mirror(const Place& place);

/// What is wrong in a folder in which something has gone wrong: nothing, or a line for each fault.
/// What the tool said that it had done, in `said`, must be in the catalogue; the catalogue and each
/// copy of it must be whole; nothing may be half there.
std::string faults_of_place(const Place& place, const std::string& said);

}  // namespace pressings::test
