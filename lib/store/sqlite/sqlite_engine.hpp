#pragma once

#include "store/engine.hpp"

namespace pressings::store::sqlite {

/// The SQLite that this program runs with.
Engine sqlite_engine();

}  // namespace pressings::store::sqlite
