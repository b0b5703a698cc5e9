#pragma once

#include "base/time.hpp"

namespace pressings {

/// Warns if the wall clock is not believed, but `believed_ms`; whether it did.
bool warn_of_leap(Millis believed_ms);

}  // namespace pressings
