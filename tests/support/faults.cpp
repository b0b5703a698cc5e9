#include "support/musicbrainz_server.hpp"

namespace pressings::test {

namespace {

constexpr std::size_t k_some_size = 64 << 10;

Fault of_manner(Fault::Manner manner, std::string body, Millis pause_ms) {
    Fault fault;
    fault.manner = manner;
    fault.body = std::move(body);
    fault.pause_ms = pause_ms;
    return fault;
}

}  // namespace

Fault status_fault(int status, std::string body) {
    Fault fault;
    fault.status = status;
    fault.body = std::move(body);
    return fault;
}

Fault own_error(int status, std::string_view error) {
    return status_fault(status, server_error(status, error).body);
}

Fault html_error(int status) {
    Fault fault = status_fault(status, "<!DOCTYPE html><title>Error</title><p>Something is wrong.");
    fault.content_type = "text/html";
    return fault;
}

Fault too_fast() {
    Fault fault =
        status_fault(503, R"({"error": "Your requests are exceeding the allowable rate limit."})");
    fault.headers = {{"retry-after", "1"}, {"x-ratelimit-zone", "ws ip=203.0.113.7"}};
    return fault;
}

Fault service_busy() {
    Fault fault =
        status_fault(503, R"({"error": "The MusicBrainz web server is currently busy."})");
    fault.headers = {{"retry-after", "0"}, {"x-ratelimit-zone", "global"}};
    return fault;
}

Fault redirect_to(const std::string& location) {
    Fault fault = status_fault(301);
    fault.headers = {{"Location", location}};
    return fault;
}

Fault html_page() {
    Fault fault = status_fault(200, "<!DOCTYPE html><title>Welcome to our WLAN</title>");
    fault.content_type = "text/html; charset=utf-8";
    return fault;
}

Fault garbage() {
    return status_fault(200, std::string("\x7f\x00\xfe{[\"", 6));
}

Fault cut_off() {
    return of_manner(Fault::Manner::cut_off, std::string(k_some_size, ' '), 0);
}

Fault never_ending() {
    return of_manner(Fault::Manner::never_ending, std::string(k_some_size, ' '), 0);
}

Fault trickled(Millis pause_ms) {
    return of_manner(Fault::Manner::trickled, std::string(k_some_size, ' '), pause_ms);
}

Fault delayed(Millis pause_ms) {
    return of_manner(Fault::Manner::delayed, {}, pause_ms);
}

}  // namespace pressings::test
