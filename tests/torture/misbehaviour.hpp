#pragma once

#include <optional>

#include "support/musicbrainz_server.hpp"

namespace pressings::test {

/// What becomes of a request to a MusicBrainz that has a bad day; nothing: it is answered. One that
/// is slow leaves time for a worker that stood still, or was cut off, to come back while its
/// successor still fetches.
inline std::optional<Fault> misbehave(const LoggedRequest& request, bool is_slow) {
    constexpr Millis k_slow_ms = 2'000;
    if (request.number % 23 == 0) return status_fault(502, "<html>Bad Gateway</html>");
    if (request.number % 41 == 0) return cut_off();
    if (request.number % 97 == 0) return too_fast();
    if (is_slow && request.number % 2 == 0) return delayed(k_slow_ms);
    return std::nullopt;
}

}  // namespace pressings::test
