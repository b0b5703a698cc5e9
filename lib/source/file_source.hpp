#pragma once

#include <memory>
#include <string>

#include "source/release_source.hpp"

namespace pressings::source {

/// Recorded answers in `folder`: `<release-group-mbid>.json`, the body of
/// `GET /ws/2/release?release-group=…`, is the first or only page; behind N releases goes
/// `<release-group-mbid>.N.json`. `requests` counts the files read. Error if the folder cannot be
/// read. It cannot tell which group a release belongs to ("unsupported").
std::unique_ptr<ReleaseSource> make_file_source(const std::string& folder,
                                                const SourceOptions& options);

}  // namespace pressings::source
