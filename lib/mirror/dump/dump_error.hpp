#pragma once

#include "base/error.hpp"

namespace pressings::mirror {

/// A dump is not what MusicBrainz publishes, is damaged or is not whole. To try again with the same
/// file would bring the same.
class DumpError : public Error {
  public:
    using Error::Error;
};

}  // namespace pressings::mirror
