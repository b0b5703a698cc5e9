#pragma once

#include <stdexcept>

namespace pressings::sql {

/// A row has what the schema does not let in: the database is damaged.
class DamagedValue : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

}  // namespace pressings::sql
