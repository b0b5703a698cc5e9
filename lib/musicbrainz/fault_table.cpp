#include "musicbrainz/fault_table.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <curl/curl.h>
#include <fmt/format.h>

namespace pressings::musicbrainz {

namespace {

using enum ErrorKind;

/// A fault for the numbers from `first` to `last`; the first that fits counts. Behind the single
/// numbers come the ranges that take in the rest.
struct Rule {
    int first;
    int last;
    FaultRow row;
};

// https://musicbrainz.org/doc/MusicBrainz_API/Rate_Limiting is the word on 503 and 403. A door
// that is closed to us says nothing about the album: whoever names a contact gets in.
constexpr std::array k_statuses{
    Rule{400, 400, {"HTTP 400", permanent, "bad_request", "the service calls the request wrong"}},
    Rule{401, 401, {"HTTP 401", transient, "forbidden", "the service wants a log-in"}},
    Rule{403,
         403,
         {"HTTP 403", transient, "forbidden",
          "the service refuses us: it wants a User-Agent that names a contact (--contact)"}},
    Rule{404, 404, {"HTTP 404", permanent, "not_found", "the service knows no such thing"}},
    Rule{408, 408, {"HTTP 408", transient, "http_408", "the service waited too long for us"}},
    Rule{410, 410, {"HTTP 410", permanent, "not_found", "the service has it no longer"}},
    Rule{425, 425, {"HTTP 425", transient, "http_425", "the service calls the request too early"}},
    Rule{429,
         429,
         {"HTTP 429", throttled, "throttled", "too many requests: the service wants quiet"}},
    Rule{503, 503, {"HTTP 503", throttled, "throttled", "the service is busy or wants us slower"}},
    Rule{501, 501, {"HTTP 501", transient, "http_501", "the service cannot do this now"}},
    Rule{300, 399, {"HTTP 3NN", transient, "bad_redirect", "a redirect that leads nowhere"}},
    Rule{400, 499, {"HTTP 4NN", permanent, "http_NNN", "the service refuses the request"}},
    Rule{500, 599, {"HTTP 5NN", transient, "http_NNN", "the service or a gateway failed"}},
    Rule{0, 999, {"HTTP NNN", transient, "http_NNN", "not an answer to a lookup"}},
};

constexpr int k_any_result = 9999;

// Trouble with the network or its settings says nothing about the album: it is tried again, even
// where only an administrator can mend it, or one bad evening would fail a whole outbox.
constexpr std::array k_results{
    Rule{CURLE_COULDNT_RESOLVE_PROXY,
         CURLE_COULDNT_RESOLVE_HOST,
         {"name lookup", transient, "dns", "the name of the host cannot be resolved"}},
    Rule{CURLE_COULDNT_CONNECT,
         CURLE_COULDNT_CONNECT,
         {"connection", transient, "connect", "the host cannot be reached"}},
    Rule{CURLE_OPERATION_TIMEDOUT,
         CURLE_OPERATION_TIMEDOUT,
         {"time-out", transient, "timeout", "no whole answer in time"}},
    Rule{CURLE_PARTIAL_FILE,
         CURLE_PARTIAL_FILE,
         {"cut answer", transient, "cut_off", "the answer ends before its end"}},
    Rule{CURLE_GOT_NOTHING,
         CURLE_GOT_NOTHING,
         {"no answer", transient, "cut_off", "the connection was closed without an answer"}},
    Rule{CURLE_SEND_ERROR,
         CURLE_RECV_ERROR,
         {"broken connection", transient, "cut_off", "the connection broke"}},
    Rule{CURLE_BAD_CONTENT_ENCODING,
         CURLE_BAD_CONTENT_ENCODING,
         {"bad compression", transient, "bad_encoding", "the answer cannot be decompressed"}},
    Rule{CURLE_WEIRD_SERVER_REPLY,
         CURLE_WEIRD_SERVER_REPLY,
         {"no HTTP", transient, "no_http", "what answers there speaks no HTTP"}},
    Rule{CURLE_UNSUPPORTED_PROTOCOL,
         CURLE_UNSUPPORTED_PROTOCOL,
         {"no HTTP", transient, "no_http", "what answers there speaks no HTTP"}},
    Rule{CURLE_URL_MALFORMAT,
         CURLE_URL_MALFORMAT,
         {"bad URL", permanent, "bad_url", "the URL of the source is malformed"}},
    Rule{CURLE_FILESIZE_EXCEEDED,
         CURLE_FILESIZE_EXCEEDED,
         {"answer too large", permanent, "too_large", "the answer is larger than is read"}},
    Rule{CURLE_SSL_CONNECT_ERROR,
         CURLE_SSL_CONNECT_ERROR,
         {"TLS", transient, "tls", "no secure connection could be made"}},
    Rule{CURLE_PEER_FAILED_VERIFICATION,
         CURLE_PEER_FAILED_VERIFICATION,
         {"TLS certificate", transient, "tls", "the host's certificate is not to be trusted"}},
    Rule{CURLE_SSL_CACERT_BADFILE,
         CURLE_SSL_CACERT_BADFILE,
         {"TLS certificate", transient, "tls",
          "this machine's trusted certificates are unreadable"}},
    Rule{0, k_any_result, {"other network trouble", transient, "network", "the request failed"}},
};

// Found in the answer itself, by the code that reads it.
constexpr std::array k_answers{
    FaultRow{"answer is no JSON", transient, "not_json",
             "something else answers in the service's place, such as a log-in page"},
    FaultRow{"answer malformed", permanent, "bad_answer", "it is not what MusicBrainz sends"},
    FaultRow{"redirects in a ring", transient, "too_many_redirects", "redirects without an end"},
    FaultRow{"unsafe redirect", transient, "bad_redirect", "a redirect from https to plain http"},
    FaultRow{"releases missing", transient, "incomplete", "fewer releases came than there are"},
    FaultRow{"another group's releases", transient, "wrong_group",
             "the releases are of another group, though ours was not merged into it"},
    FaultRow{"album known by name", permanent, "not_found", "no album is safely the one meant"},
    FaultRow{"album known by name", permanent, "ambiguous", "several albums may be meant"},
    FaultRow{"search out of date", transient, "stale_index",
             "the search named an album that is there no longer"},
    FaultRow{"unable source", permanent, "unsupported", "this source cannot answer that"},
    FaultRow{"recorded file", permanent, "unreadable", "it cannot be read"},
    FaultRow{"told to stop", stopped, "stopped", "no attempt is spent"},
};

template <std::size_t Size>
Fault find(const std::array<Rule, Size>& rules, int number) {
    const auto fits = [number](const Rule& rule) {
        return rule.first <= number && number <= rule.last;
    };
    const FaultRow& row = std::find_if(rules.begin(), rules.end() - 1, fits)->row;
    const bool names_number = row.code == "http_NNN";
    return {row.kind, names_number ? fmt::format("http_{}", number) : std::string{row.code},
            row.explanation};
}

}  // namespace

Fault classify_status(int status) {
    return find(k_statuses, status);
}

Fault classify_curl(int result) {
    return find(k_results, result);
}

std::span<const FaultRow> fault_table() {
    static const std::vector<FaultRow> rows = [] {
        std::vector<FaultRow> all;
        for (const Rule& rule : k_statuses)
            all.push_back(rule.row);
        for (const Rule& rule : k_results)
            all.push_back(rule.row);
        all.insert(all.end(), k_answers.begin(), k_answers.end());
        return all;
    }();
    return rows;
}

std::string_view to_string(ErrorKind kind) {
    static constexpr std::array<std::string_view, 4> k_names{"permanent", "transient", "throttled",
                                                             "stopped"};
    return k_names[static_cast<std::size_t>(kind)];
}

}  // namespace pressings::musicbrainz
