#pragma once

#include "store/store_options.hpp"

namespace pressings::store::postgresql {

/// What our sessions use that not every pooler lets through, and not every server has that speaks
/// PostgreSQL's language.
struct Features {
    /// What was prepared, set or locked in a session is there in its next transaction.
    bool lasting_sessions = true;
    bool advisory_locks = true;
    bool skip_locked = true;

    /// Without the last two where the environment variable PRESSINGS_POSTGRESQL_PLAIN is set.
    static Features behind(Pooler pooler);

    /// Whether a lock can show that a session lives.
    bool session_locks() const { return lasting_sessions && advisory_locks; }
};

}  // namespace pressings::store::postgresql
