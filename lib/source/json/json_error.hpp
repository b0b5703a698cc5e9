#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Telling MusicBrainz's own errors from those of whatever else may answer in its place.
namespace pressings::source {

/// What MusicBrainz says in the body of an error: {"error": "…"}, since 2014 with a "help" beside
/// it, and nothing else. Nothing if the body is another one: the errors of other software have
/// "error" too, but with a status, a path or a time. `content_type` must be one of JSON.
std::optional<std::string> service_error(std::string_view body, std::string_view content_type);

/// Whether what MusicBrainz says is that there is no such thing.
bool says_not_found(std::string_view error);

/// Whether a type is one of JSON: "application/json; charset=utf-8".
bool is_json_type(std::string_view content_type);

}  // namespace pressings::source
