// A number, a date or a span of time is taken as a whole or not at all: "1973abc" is no year.
#include "cli/option_row.hpp"

using namespace pressings::test;

namespace {

/// `arguments` end with the option whose value is tried.
struct Place {
    std::string tool;
    Words arguments;
};

const Words k_no_whole_numbers{"7x", "x7", "7 ", " 7", "0x7", "007", "7.0", "7e1", "+7", ""};
const Words k_no_numbers{"7x", "x", "nan", "inf", "-inf", "0", "-1", "7 7", ""};
const Words k_no_spans{"30dx", "30 d", "d",    "1.5h",         "-1d",
                       "1d2",  "+1d",  "0x1s", "99999999999w", ""};
const Words k_no_times{"2020-01-01x",         "2020-1-1", "2020-02-30", "1dx",
                       "2020-01-01T10:00:00", "20200101", "x"};
const Words k_no_ids{"1x", "1 ", "0x1", "1.0", "x"};

const std::vector<Place> k_whole_numbers{
    {"album-import", {"--artist", "Can", "--title", "Tago Mago", "--year"}},
    {"album-import", {k_rumours, "--priority"}},
    {"album-import", {k_rumours, "--batch"}},
    {"album-import", {"--mbid", k_rumours, "--album"}},
    {"release-worker", {"run", "--concurrency"}},
    {"release-worker", {"run", "--max-jobs"}},
    {"release-worker", {"run", "--max-attempts"}},
    {"release-worker", {"jobs", "--limit"}},
    {"release-worker", {"show"}},
    {"release-worker", {"retry"}},
    {"release-worker", {"cancel"}},
    {"release-worker", {"run-now"}},
    {"release-catalog", {"albums", "--year"}},
    {"release-catalog", {"albums", "--limit"}},
    {"release-catalog", {"search", "x", "--limit"}},
    {"musicbrainz-mirror", {"serve", "--mirror", "none", "--connections"}}};

const std::vector<Place> k_spans{
    {"album-import", {"--refresh", "--older-than"}},
    {"album-import", {k_rumours, "--busy-timeout"}},
    {"release-worker", {"run", "--max-time"}},
    {"release-worker", {"run", "--poll-interval"}},
    {"release-worker", {"run", "--timeout"}},
    {"release-worker", {"run", "--grace"}},
    {"release-worker", {"run", "--lease"}},
    {"release-worker", {"run", "--retention"}},
    {"release-worker", {"refresh", "--older-than"}},
    {"release-worker", {"prune", "--older-than"}},
    {"musicbrainz-mirror", {"serve", "--mirror", "none", "--client-timeout"}}};

void check_refused_at(const std::vector<Place>& places, const Words& values) {
    ToolBench bench;
    bench.environment["PRESSINGS_SOURCE"] = k_source;
    bench.run("album-import", {k_rumours, "-q"});
    for (const Place& place : places) {
        for (const std::string& value : values) {
            CAPTURE(place.tool);
            CAPTURE(place.arguments.back());
            CAPTURE(value);
            auto arguments = place.arguments;
            arguments.push_back(value);
            check_refused(bench.run(place.tool, arguments), 2, "");
        }
    }
    CHECK(jobs(bench).size() == 1);
}

}  // namespace

TEST_CASE("A whole number is plain digits, wherever it is given") {
    check_refused_at(k_whole_numbers, k_no_whole_numbers);
}

TEST_CASE("A span of time is a number and its unit, wherever it is given") {
    check_refused_at(k_spans, k_no_spans);
}

TEST_CASE("A rate is a number that a clock can keep") {
    check_refused_at({{"release-worker", {"run", "--rate"}}}, k_no_numbers);
}

TEST_CASE("A time and an id are taken whole") {
    check_refused_at(
        {{"release-catalog", {"albums", "--since"}}, {"release-catalog", {"changes", "--since"}}},
        k_no_times);
    check_refused_at({{"release-catalog", {"album"}},
                      {"release-catalog", {"releases", "--album"}},
                      {"release-worker", {"jobs", "--album"}}},
                     k_no_ids);
}

TEST_CASE("A record's year, date and priority are taken whole, or the record is refused") {
    const Words records{R"("year":"1973abc")",     R"("year":"19 73")",
                        R"("year":1973.5)",        R"("year":"0x7b5")",
                        R"("priority":"7x")",      R"("priority":7.5)",
                        R"("priority":"0x7")",     R"("first_release_date":"1973abc")",
                        R"("year":"1973-01")",     R"("first_release_date":"1973-01-01T00:00:00Z")",
                        R"("year":"99999999999")", R"("first_release_date":"1973-1")"};
    for (const std::string& record : records) {
        CAPTURE(record);
        const ToolBench bench;
        const auto run = bench.run("album-import", {"--from", "-", "--format", "ndjson", "--json"},
                                   "{\"mbid\":\"" + std::string{k_rumours} + "\"," + record + "}");
        CHECK(run.status == 1);
        CHECK(statuses(run) == "rejected");
        CHECK(jobs(bench).empty());
    }
}

TEST_CASE("A setting is taken whole, as the option is") {
    for (const std::string setting :
         {"concurrency = \"2x\"", "concurrency = 2.5", "max-attempts = \"010\"", "rate = \"fast\"",
          "retention = \"30dx\"", "lease = \"1\\n\""}) {
        CAPTURE(setting);
        ToolBench bench;
        bench.environment["PRESSINGS_SOURCE"] = k_source;
        bench.run("album-import", {k_rumours, "-q"});
        const auto file = bench.folder.write("own.toml", "[release-worker]\n" + setting + "\n");
        check_refused(bench.run("release-worker", {"run", "--config", file}), 2, "");
        CHECK(job(bench)["state"] == "pending");
    }
}

TEST_CASE("An option whose value is empty is refused, whatever it would mean") {
    const ToolBench bench;
    bench.run("album-import", {k_rumours});
    for (const Words& command : {Words{"album-import", "--refresh", "--all", "--older-than", ""},
                                 Words{"album-import", "--discography", k_rumours, "--type", ""},
                                 Words{"album-import", "--watch", k_rumours, "--every", ""},
                                 Words{"release-worker", "run", "--dry-run", "--max-time", ""},
                                 Words{"release-worker", "cancel", "--all", "--queue", ""},
                                 Words{"release-catalog", "albums", "--artist", ""}}) {
        CAPTURE(command.back());
        const auto run = bench.run(command.front(), {command.begin() + 1, command.end()});
        check_refused(run, 2, "its value is empty");
    }
}
