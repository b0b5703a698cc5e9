#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "support/musicbrainz_server.hpp"

namespace pressings::test {

/// The tools that a torture is about, what they import, and the faults that were found.
struct Subject {
    std::string bin;                    ///< the folder of the tools
    std::string list;                   ///< a file of all release groups, a batch
    std::vector<std::string> groups{};  ///< the same, once they are known
    MusicBrainzServer server{};         ///< has their releases
    int faults = 0;

    /// Writes the groups from number `begin` to before `end` into a file, a batch.
    void write_list(const std::string& file, std::size_t begin, std::size_t end) const;
    /// "BIN/tool", and its arguments.
    std::vector<std::string> tool(const std::string& name,
                                  std::vector<std::string> arguments) const;
    /// A run over all that is due, against the server.
    std::vector<std::string> worker(const std::string& db, double rate) const;
    /// Tells of a fault, and counts it.
    void fault(const std::string& text);
    /// Runs a tool that has to end with 0.
    void must(const std::vector<std::string>& command);
    /// Everything imported and every job done, undisturbed; jobs that wait are not waited for.
    void finish(const std::string& db);
};

/// What a worker reported as done, in the lines of the file `reports`, was done by that very
/// attempt, and by no other: none whose job had been taken over meanwhile got its result in.
void check_reports(Subject& subject, const std::string& db, const std::string& reports);

/// What an importer said to be there, in the lines of the file `reports`, is there, under the
/// number that it said.
void check_imports(Subject& subject, const std::string& db, const std::string& reports);

/// Nothing lies beside a link to a database: what belongs to it lies beside the file itself.
void check_link(Subject& subject, const std::string& link);

/// A backup that is there is whole, whatever became of who made it.
void check_backup(Subject& subject, const std::string& file);

/// What is in the catalogue must be what is in one that nobody disturbed.
void compare(Subject& subject, const std::string& db, const std::string& calm);

/// How many requests came within any second, from the request number `first` on. `under_way`: so
/// many more may have been held up on their way to the server.
void check_rate(Subject& subject, std::size_t first, double rate, int under_way = 0);

}  // namespace pressings::test
