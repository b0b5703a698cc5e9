#pragma once

#include <cstddef>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace pressings::source {

struct HttpLimits {
    std::string user_agent;
    Millis request_timeout_ms = 30'000;  ///< of the whole request, however it trickles
    Millis connect_timeout_ms = 10'000;
    Millis silence_timeout_ms = 15'000;                   ///< without a byte a second
    std::size_t max_body_bytes = std::size_t{64} << 20U;  ///< decompressed
};

/// What a server answered.
struct HttpAnswer {
    int status = 0;
    std::string body;
    std::string content_type;              ///< "" if it named none
    std::optional<Millis> retry_after_ms;  ///< Retry-After, given in seconds or as a date
    /// X-RateLimit-Remaining is 0: so long from now, by the server's own clock, until
    /// X-RateLimit-Reset. A day at most.
    std::optional<Millis> used_up_for_ms;
    std::string rate_limit_zone;  ///< X-RateLimit-Zone, "" if there is none
    std::string redirect_url;     ///< where a 3xx leads, absolute; else ""
};

/// Asks for `url` (http or https only) as JSON, compressed if the server can; follows no redirect.
/// SourceError if no whole answer came: of the kind that the fault table says, or "stopped" as soon
/// as `stop` is requested. Safe from any number of threads; each keeps its connections open.
HttpAnswer http_get(const std::string& url, const HttpLimits& limits, const std::stop_token& stop);

/// Makes ready what the first request needs, libcurl among it: some ten milliseconds by
/// which that request would otherwise come after its turn, and close to the next one.
void prepare_http();

/// `url` without user name and password, safe to show and short.
std::string shown_url(const std::string& url);

/// What went wrong with a request to it.
std::string about(const std::string& url, std::string_view what);

}  // namespace pressings::source
