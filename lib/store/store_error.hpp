#pragma once

#include <string>

#include "base/error.hpp"

namespace pressings::store {

/// The database cannot do what was asked; nothing of it was done.
class StoreError : public Error {
  public:
    using Error::Error;
};

/// Somebody else kept the database locked past the time-out.
class StoreBusy : public StoreError {
  public:
    using StoreError::StoreError;
};

}  // namespace pressings::store
