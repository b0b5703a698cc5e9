#pragma once

#include <memory>
#include <string>

#include "source/release_source.hpp"

namespace pressings::source {

/// A mirror that `musicbrainz-mirror load` made. It gives what the web service gave when the dump
/// was made; a group that was merged into another by then is not known to it. `requests` is 1.
/// A mirror that takes the place of the file is seen by the next call; what is no mirror is warned
/// of, and the one before read on. Error if the file is not
/// there, is no mirror, or has no releases.
std::unique_ptr<ReleaseSource> make_mirror_source(const std::string& file,
                                                  const SourceOptions& options);

}  // namespace pressings::source
