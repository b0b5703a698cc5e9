#include "source/fault_table.hpp"

#include <set>
#include <string>

#include <curl/curl.h>
#include <doctest/doctest.h>

using namespace pressings::source;

TEST_CASE("every status has a fault, with a code and a reason") {
    for (int status = 100; status < 600; ++status) {
        CAPTURE(status);
        for (const Voice voice : {Voice::musicbrainz, Voice::anybody}) {
            const Fault fault = classify_status(status, voice);
            CHECK(!fault.code.empty());
            CHECK(!fault.explanation.empty());
            CHECK(fault.code.find('N') == std::string::npos);
        }
    }
}

TEST_CASE("every result of libcurl has a fault, with a code and a reason") {
    for (int result = 1; result < CURL_LAST; ++result) {
        CAPTURE(result);
        CHECK(!classify_curl(result).code.empty());
        CHECK(!classify_curl(result).explanation.empty());
    }
}

TEST_CASE("only three statuses are for good, and only as MusicBrainz's own word") {
    for (int status = 300; status < 1000; ++status) {
        CAPTURE(status);
        const bool is_certain = status == 400 || status == 404 || status == 410;
        const bool is_throttled = status == 429 || status == 503;
        const ErrorKind passing = is_throttled ? ErrorKind::throttled : ErrorKind::transient;
        CHECK(classify_status(status, Voice::anybody).kind == passing);
        CHECK(classify_status(status, Voice::musicbrainz).kind ==
              (is_certain ? ErrorKind::permanent : passing));
    }
}

TEST_CASE("no trouble of the network is for good") {
    for (int result = 1; result < CURL_LAST; ++result) {
        CAPTURE(result);
        CHECK(classify_curl(result).kind == ErrorKind::transient);
    }
    CHECK(classify_curl(CURLE_COULDNT_CONNECT).reach == Reach::unreachable);
    CHECK(classify_curl(CURLE_COULDNT_RESOLVE_HOST).reach == Reach::unreachable);
    CHECK(classify_curl(CURLE_OPERATION_TIMEDOUT).reach == Reach::answered);
}

TEST_CASE("what the table says is permanent is this list") {
    std::set<std::string_view> codes;
    for (const FaultRow& row : fault_table()) {
        if (row.kind == ErrorKind::permanent) codes.insert(row.code);
    }
    CHECK(codes == std::set<std::string_view>{"ambiguous", "bad_request", "gone", "not_found",
                                              "odd_release", "private", "too_large",
                                              "unsupported"});
}

TEST_CASE("a door that is closed is not knocked at again at once, and a refusal neither") {
    for (const int status : {401, 403, 404, 407, 418}) {
        CHECK(classify_status(status, Voice::anybody).again == Again::later);
    }
    for (const int status : {408, 425, 500, 502}) {
        CHECK(classify_status(status, Voice::anybody).again == Again::at_once);
    }
    for (const int status : {401, 403, 407}) {
        CHECK(classify_status(status, Voice::anybody).reach == Reach::turned_away);
    }
}

TEST_CASE("the error of a code that the table has not is transient") {
    CHECK(answer_error("not_json", "").kind == ErrorKind::transient);
    CHECK(answer_error("unsupported", "").kind == ErrorKind::permanent);
    CHECK(answer_error("no such code", "").kind == ErrorKind::transient);
}

TEST_CASE("the table for people names each code that the sources use") {
    std::set<std::string_view> codes;
    for (const FaultRow& row : fault_table()) {
        CHECK(!row.condition.empty());
        CHECK(!row.explanation.empty());
        codes.insert(row.code);
    }
    for (const char* code : {"not_found",
                             "bad_request",
                             "forbidden",
                             "throttled",
                             "timeout",
                             "connect",
                             "dns",
                             "tls",
                             "cut_off",
                             "not_json",
                             "bad_answer",
                             "too_large",
                             "too_many_redirects",
                             "incomplete",
                             "wrong_group",
                             "ambiguous",
                             "unsupported",
                             "gone",
                             "stopped",
                             "not_musicbrainz",
                             "error_answer",
                             "unproven"}) {
        CAPTURE(code);
        CHECK(codes.count(code) == 1);
    }
}
