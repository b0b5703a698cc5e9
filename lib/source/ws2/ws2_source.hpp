#pragma once

#include <memory>
#include <string>

#include "source/release_source.hpp"

namespace pressings::source {

/// A MusicBrainz web service (https://musicbrainz.org/doc/MusicBrainz_API), `root` being its URL
/// up to and with "/ws/2". Every request, each page and each hop of a redirect, waits for its turn
/// at the gate. A group is given only when it is whole: where the service's pages skip a release,
/// it is asked for by itself; where that does not help, SourceError("incomplete", transient).
std::unique_ptr<ReleaseSource> make_ws2_source(std::string root, const SourceOptions& options);

}  // namespace pressings::source
