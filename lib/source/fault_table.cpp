#include "source/fault_table.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <curl/curl.h>
#include <fmt/format.h>

namespace pressings::source {

namespace {

using enum ErrorKind;
using enum Again;
using enum Reach;
using enum Meaning;

/// A fault for the numbers from `first` to `last`; the first that fits counts. Behind the single
/// numbers come the ranges that take in the rest.
struct Rule {
    int first;
    int last;
    FaultRow row;
};

// With MusicBrainz's own error for a body, and only then: any web server says 404 of what it does
// not know, and to whom nothing is known everything is gone.
constexpr std::array k_own_words{
    Rule{400,
         400,
         {"HTTP 400, MusicBrainz's own error", permanent, "bad_request",
          "MusicBrainz calls the request wrong"}},
    Rule{401,
         401,
         {"HTTP 401, MusicBrainz's own error", transient, "unauthorized",
          "it is for those who are logged in", later, answered, closed}},
    Rule{404,
         404,
         {"HTTP 404, MusicBrainz's own error", permanent, "not_found",
          "MusicBrainz does not have it", at_once, answered, not_found}},
    Rule{410,
         410,
         {"HTTP 410, MusicBrainz's own error", permanent, "not_found",
          "MusicBrainz has it no longer", at_once, answered, not_found}},
};

// https://musicbrainz.org/doc/MusicBrainz_API/Rate_Limiting is the word on 503 and 403. A door
// that is closed to us says nothing about the album: whoever names a contact gets in.
constexpr std::array k_statuses{
    Rule{400,
         400,
         {"HTTP 400, any other body", transient, "not_musicbrainz",
          "something else than MusicBrainz refuses the request", later}},
    Rule{401,
         401,
         {"HTTP 401", transient, "forbidden", "the service wants a log-in", later, turned_away}},
    Rule{403,
         403,
         {"HTTP 403", transient, "forbidden",
          "the service refuses us: it wants a User-Agent that names a contact (--contact)", later,
          turned_away}},
    Rule{404,
         404,
         {"HTTP 404, any other body", transient, "not_musicbrainz",
          "something else than MusicBrainz does not have it: is --source right?", later}},
    Rule{407,
         407,
         {"HTTP 407", transient, "http_407", "a proxy wants a log-in", later, turned_away}},
    Rule{408, 408, {"HTTP 408", transient, "http_408", "the service waited too long for us"}},
    Rule{410,
         410,
         {"HTTP 410, any other body", transient, "not_musicbrainz",
          "something else than MusicBrainz has it no longer: is --source right?", later}},
    Rule{425, 425, {"HTTP 425", transient, "http_425", "the service calls the request too early"}},
    Rule{429,
         429,
         {"HTTP 429", throttled, "throttled", "too many requests: the service wants quiet"}},
    Rule{503, 503, {"HTTP 503", throttled, "throttled", "the service is busy or wants us slower"}},
    Rule{501, 501, {"HTTP 501", transient, "http_501", "the service cannot do this now"}},
    Rule{300, 399, {"HTTP 3NN", transient, "bad_redirect", "a redirect that leads nowhere"}},
    Rule{400, 499, {"HTTP 4NN", transient, "http_NNN", "what answers refuses the request", later}},
    Rule{500, 599, {"HTTP 5NN", transient, "http_NNN", "the service or a gateway failed"}},
    Rule{0, 999, {"HTTP NNN", transient, "http_NNN", "not an answer to a lookup"}},
};

constexpr int k_any_result = 9999;

// Trouble with the network or its settings says nothing about the album: it is tried again, even
// where only an administrator can mend it, or one bad evening would fail a whole outbox.
constexpr std::array k_results{
    Rule{CURLE_COULDNT_RESOLVE_PROXY,
         CURLE_COULDNT_RESOLVE_HOST,
         {"name lookup", transient, "dns", "the name of the host cannot be resolved", at_once,
          unreachable}},
    Rule{CURLE_COULDNT_CONNECT,
         CURLE_COULDNT_CONNECT,
         {"connection", transient, "connect", "the host cannot be reached", at_once, unreachable}},
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
         {"bad URL", transient, "bad_url", "the URL of the source is malformed", later,
          unreachable}},
    Rule{CURLE_FILESIZE_EXCEEDED,
         CURLE_FILESIZE_EXCEEDED,
         {"answer too large", transient, "too_large", "the answer is larger than is read", later}},
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
    FaultRow{"error in place of the answer", transient, "error_answer",
             "the service sends an error as if all were well"},
    FaultRow{"answer malformed", transient, "bad_answer", "it is not what MusicBrainz sends",
             at_once, answered, malformed},
    FaultRow{"odd release, run --strict", permanent, "odd_release",
             "a value in it is nothing that MusicBrainz sends"},
    FaultRow{"redirects in a ring", transient, "too_many_redirects", "redirects without an end"},
    FaultRow{"unsafe redirect", transient, "bad_redirect", "a redirect from https to plain http"},
    FaultRow{"answers without an end", transient, "no_end",
             "more requests or bytes than any group needs", later},
    FaultRow{"releases missing", transient, "incomplete", "fewer releases came than there are"},
    FaultRow{"another group's releases", transient, "wrong_group",
             "the releases are of another group, though ours was not merged into it"},
    FaultRow{"too much of it", permanent, "too_large",
             "MusicBrainz counts more of it than is taken at once"},
    FaultRow{"gone, says a stranger", transient, "unproven",
             "the source has shown nothing that it must know, so what it lacks means nothing",
             at_once, answered, unproven},
    FaultRow{"album not known by MBID", permanent, "not_found", "no album is safely the one meant",
             at_once, answered, not_found},
    FaultRow{"album not known by MBID", permanent, "ambiguous", "several albums may be meant",
             at_once, answered, ambiguous},
    FaultRow{"search out of date", transient, "stale_index",
             "the search named an album that is there no longer"},
    FaultRow{"private collection", permanent, "private", "its owner has not made it public"},
    FaultRow{"watched, and not there", permanent, "gone",
             "MusicBrainz does not know what is watched, or knows it no longer"},
    FaultRow{"unable source", permanent, "unsupported", "this source cannot answer that", at_once,
             answered, unable},
    FaultRow{"recorded file", transient, "unreadable", "it cannot be read"},
    FaultRow{"long hold", throttled, "throttled",
             "the service wants no request for longer than a job is kept waiting", later},
    FaultRow{"told to stop", stopped, "stopped", "no attempt is spent"},
};

template <std::size_t Size>
const FaultRow* find(const std::array<Rule, Size>& rules, int number) {
    const auto found = std::find_if(rules.begin(), rules.end(), [number](const Rule& rule) {
        return rule.first <= number && number <= rule.last;
    });
    return found == rules.end() ? nullptr : &found->row;
}

Fault fault_of(const FaultRow& row, int number) {
    return {row.kind,
            row.names_status() ? fmt::format("http_{}", number) : std::string{row.code},
            row.explanation,
            row.again,
            row.reach,
            row.meaning};
}

}  // namespace

Fault classify_status(int status, Voice voice) {
    if (voice == Voice::musicbrainz) {
        if (const FaultRow* own = find(k_own_words, status)) return fault_of(*own, status);
    }
    const FaultRow* row = find(k_statuses, status);
    return fault_of(row != nullptr ? *row : k_statuses.back().row, status);
}

Fault classify_curl(int result) {
    const FaultRow* row = find(k_results, result);
    return fault_of(row != nullptr ? *row : k_results.back().row, result);
}

SourceError fault_error(const Fault& fault, const std::string& message) {
    SourceError error{fault.kind, fault.code, message};
    error.again = fault.again;
    error.reach = fault.reach;
    error.meaning = fault.meaning;
    return error;
}

SourceError answer_error(std::string_view code, const std::string& message) {
    const auto row = std::find_if(k_answers.begin(), k_answers.end(),
                                  [code](const FaultRow& one) { return one.code == code; });
    if (row == k_answers.end()) return {transient, "internal", message};
    return fault_error(fault_of(*row, 0), message);
}

std::span<const FaultRow> fault_table() {
    static const std::vector<FaultRow> rows = [] {
        std::vector<FaultRow> all;
        for (const Rule& rule : k_own_words)
            all.push_back(rule.row);
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

std::string_view to_string(Again again) {
    switch (again) {
        case Again::at_once:
            return "at_once";
        case Again::later:
            return "later";
    }
    return "later";
}

std::string_view to_string(Reach reach) {
    switch (reach) {
        case Reach::answered:
            return "answered";
        case Reach::unreachable:
            return "unreachable";
        case Reach::turned_away:
            return "turned_away";
    }
    return "answered";
}

}  // namespace pressings::source
