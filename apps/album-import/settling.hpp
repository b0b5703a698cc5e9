#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/output.hpp"
#include "domain/album_match.hpp"
#include "intake/decisions.hpp"
#include "options.hpp"
#include "report.hpp"
#include "store/open_store.hpp"

/// Albums by name that no search could settle: a person looks at them and says which they are.
namespace pressings {

/// One of them, as its last job left it.
struct OpenAlbum {
    std::int64_t album_id = 0;
    std::int64_t job_id = 0;
    NamedAlbum named;
    std::string reason;  ///< why the job failed
    std::vector<Candidate> candidates;
};

/// All of them, by their ids.
std::vector<OpenAlbum> open_albums(store::Store& store);

/// By which words an album is looked for, as one line; nothing if there is no such album.
std::optional<std::string> looked_for(store::Store& store, std::int64_t album_id);

/// `album-import --candidates FILE`
int candidates_command(const ImportRequest& request);

/// `album-import --review`; UsageError without a terminal.
int review_command(const ImportRequest& request, cli::Output& output);

/// The file of --decisions, if there is to be one; UsageError if it is none.
std::optional<intake::Decisions> open_decisions(const ImportRequest& request);
/// Does what was decided; what cannot be done is refused, line by line.
void take_decisions(const ImportRequest& request, const intake::Decisions& decisions,
                    store::Store& store, ImportReport& report);

}  // namespace pressings
