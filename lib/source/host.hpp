#pragma once

#include <optional>
#include <string>

/// Whom a source asks, and how often it may be asked if nobody has said so.
namespace pressings::source {

/// The host that `source` sends requests to, in small letters; nothing for a local source.
std::optional<std::string> host_of(const std::string& source);

/// musicbrainz.org, or a part of it such as beta.musicbrainz.org.
bool is_musicbrainz(const std::string& host);

/// A loopback or private address (RFC 1918, RFC 4193, link-local), or localhost: a server of one's
/// own. Other names are not looked up.
bool is_own(const std::string& host);

/// Requests a second: 50 of a server of one's own, 1 of any other, for it may be anybody's
/// (https://musicbrainz.org/doc/MusicBrainz_API/Rate_Limiting).
double default_rate(const std::string& host);

}  // namespace pressings::source
