#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/job.hpp"
#include "domain/user_values.hpp"

namespace pressings {

/// `updated`: it was there, and is otherwise now.
enum class AddStatus { created, exists, updated, refreshed };

std::string_view to_string(AddStatus status);

/// What to do beside storing an album.
struct AddOptions {
    bool queue_job = true;  ///< a new album gets a job; one that never had any gets its first
    bool refresh = false;   ///< an album that is there already gets a new job, unless one is open
    bool new_editions = false;  ///< likewise, but new editions of it are looked for
};

/// The job of an album that is there: its open one, else its last.
struct KnownJob {
    std::optional<std::int64_t> id;  ///< nothing: it never had one
    bool is_open = false;
    bool is_pending = false;
    std::string queue{};  ///< of an open one, as its priority
    int priority = 0;
    bool may_be_watched =
        false;  ///< new editions of the album can be, and are not being looked for
};

/// What becomes of an album that is there and is put in again.
struct Resubmission {
    AddStatus status = AddStatus::exists;
    std::vector<std::string> differing;  ///< the record's fields, "queue" and "priority" too
    bool moves_job = false;              ///< its job goes where the request wants it
    bool queues_job = false;             ///< it gets a job
    bool watches = false;                ///< it gets into one that looks for new editions
};

/// What a request for a known album says of it beside what it was found by.
Album given_beside_name(const AlbumRequest& request);

/// `differing` are the fields of the album that the user says otherwise (apply_user_values).
Resubmission plan_resubmission(const AlbumRequest& request, const AddOptions& options,
                               const KnownJob& job, std::vector<std::string> differing);

}  // namespace pressings
