#include "source/json/json_error.hpp"

#include <doctest/doctest.h>

#include "walk.hpp"

using namespace pressings::source;
using namespace pressings::test;

namespace {

constexpr const char* k_json = "application/json; charset=utf-8";

}  // namespace

TEST_CASE("every genuine error of MusicBrainz is known as its own") {
    int not_found = 0;
    for (const auto& path : answers_in("errors")) {
        CAPTURE(path.string());
        const auto error = service_error(read_file(path), k_json);
        REQUIRE(error);
        const bool is_404 = path.filename().string().find("error-404") == 0;
        CHECK(says_not_found(*error) == is_404);
        not_found += is_404 ? 1 : 0;
    }
    CHECK(not_found == 4);
}

TEST_CASE("an error of anything else is not MusicBrainz's, whatever it says") {
    for (const char* body : {
             "",
             "{}",
             "null",
             "[]",
             "\"Not Found\"",
             "Not Found",
             "<p>Not Found</p>",
             R"({"error":"Not Found")",
             R"({"error":404})",
             R"({"error":null})",
             R"({"error":{"message":"Not Found"}})",
             R"({"help":"Not Found"})",
             R"({"detail":"Not Found"})",
             R"({"Error":"Not Found"})",
             R"({"status":404,"error":"Not Found"})",
             R"({"timestamp":"2026-01-01","error":"Not Found","path":"/ws/2"})",
             R"({"statusCode":404,"error":"Not Found","message":"no route"})",
             R"({"error":"Not Found","help":5})",
             R"([{"error":"Not Found"}])",
         }) {
        CAPTURE(body);
        CHECK_FALSE(service_error(body, k_json));
    }
    const std::string genuine = R"({"error":"Not Found"})";
    CHECK(service_error(genuine, k_json) == "Not Found");
    for (const char* type : {"", "text/html", "text/plain; note=json", "application/xml"}) {
        CAPTURE(type);
        CHECK_FALSE(service_error(genuine, type));
    }
    CHECK_FALSE(service_error(R"({"error":")" + std::string(100'000, 'x') + R"("})", k_json));
}

TEST_CASE("not found is said in these words only") {
    CHECK(says_not_found("Not Found"));
    CHECK(says_not_found("not found"));
    for (const char* error : {"", "Found", "Page not found here", "Invalid mbid."}) {
        CHECK_FALSE(says_not_found(error));
    }
}
