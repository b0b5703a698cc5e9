#include "musicbrainz/fault_table.hpp"

#include <set>
#include <string>

#include <curl/curl.h>
#include <doctest/doctest.h>

using namespace pressings::musicbrainz;

TEST_CASE("every status has a fault, with a code and a reason") {
    for (int status = 100; status < 600; ++status) {
        CAPTURE(status);
        const Fault fault = classify_status(status);
        CHECK(!fault.code.empty());
        CHECK(!fault.explanation.empty());
        CHECK(fault.code.find('N') == std::string::npos);
    }
}

TEST_CASE("every result of libcurl has a fault, with a code and a reason") {
    for (int result = 1; result < CURL_LAST; ++result) {
        CAPTURE(result);
        CHECK(!classify_curl(result).code.empty());
        CHECK(!classify_curl(result).explanation.empty());
    }
}

TEST_CASE("only what the service says of the request itself is for good") {
    for (const int status : {400, 404, 405, 406, 410, 414, 451}) {
        CHECK(classify_status(status).kind == ErrorKind::permanent);
    }
    for (const int status : {302, 408, 500, 501, 502, 504, 520, 999}) {
        CHECK(classify_status(status).kind == ErrorKind::transient);
    }
    for (const int status : {429, 503})
        CHECK(classify_status(status).kind == ErrorKind::throttled);
}

TEST_CASE("a network that is in trouble is never the album's fault") {
    for (const int result :
         {CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_OPERATION_TIMEDOUT,
          CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_HTTP2,
          CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_OUT_OF_MEMORY}) {
        CAPTURE(result);
        CHECK(classify_curl(result).kind == ErrorKind::transient);
    }
    CHECK(classify_curl(CURLE_FILESIZE_EXCEEDED).kind == ErrorKind::permanent);
}

TEST_CASE("the table for people names each code that the sources use") {
    std::set<std::string_view> codes;
    for (const FaultRow& row : fault_table()) {
        CHECK(!row.condition.empty());
        CHECK(!row.explanation.empty());
        codes.insert(row.code);
    }
    for (const char* code :
         {"not_found", "bad_request", "forbidden", "throttled", "timeout", "connect", "dns", "tls",
          "cut_off", "not_json", "bad_answer", "too_large", "too_many_redirects", "incomplete",
          "wrong_group", "ambiguous", "unsupported", "stopped"}) {
        CAPTURE(code);
        CHECK(codes.count(code) == 1);
    }
}
