#pragma once

namespace pressings::store {

/// What a store is opened for.
enum class Access {
    write,  ///< the database is made if it is not there, and brought up to date if it is older
    read,   ///< the database is left as it is; needs no right to write
};

}  // namespace pressings::store
