// Measures of reading a large catalogue.
#include <fmt/format.h>

#include "bench/bench.hpp"
#include "bench/process.hpp"

namespace pressings::bench {

namespace {

/// A question that `release-catalog` answers from the whole catalogue.
struct Question {
    std::string name;
    Arguments asked;
    double most_ms = 0;
};

const std::vector<Question> k_questions{
    {"search-words", {"search", "greatest", "hits"}, 30},
    {"search-track", {"search", "track:waterloo"}, 30},
    {"search-label", {"search", "label:parlophone"}, 30},
    {"search-number", {"search", "catno:XLCD324"}, 30},
    {"albums-artist", {"albums", "--artist", "radiohead", "--limit", "100"}, 30},
    {"stats", {"stats"}, 50},
};

Measure answering(const Ground& ground, std::size_t albums, const Question& question) {
    Measure measure;
    measure.name = "read-" + question.name;
    measure.what =
        fmt::format("`release-catalog {}`, {} albums", fmt::join(question.asked, " "), albums);
    measure.against = "";
    measure.unit = "ms";
    measure.target = question.most_ms;
    measure.runs = 11;
    measure.ours = [=] {
        Arguments program{ground.tool("release-catalog"), "--db", full_catalogue(ground, albums)};
        program.insert(program.end(), question.asked.begin(), question.asked.end());
        return run(program).wall_s * 1000;
    };
    return measure;
}

Measure status(const Ground& ground, std::size_t albums) {
    Measure measure;
    measure.name = "read-status";
    measure.what = fmt::format("`release-worker status`, {} albums", albums);
    measure.against = "`sqlite3 FILE 'select 1'`";
    measure.unit = "ms";
    measure.target = 1;
    measure.runs = 21;
    measure.ours = [=] {
        return run({ground.tool("release-worker"), "status", "--db",
                    full_catalogue(ground, albums)})
                   .wall_s *
               1000;
    };
    measure.theirs = [=] {
        return run({"sqlite3", full_catalogue(ground, albums), "select 1"}).wall_s * 1000;
    };
    return measure;
}

Measure exporting(const Ground& ground, std::size_t albums) {
    Measure measure;
    measure.name = "export-tracks";
    measure.what = fmt::format("`export --what tracks` of {} albums", albums);
    measure.against = "SQLite C API, same rows and lines";
    measure.unit = "s";
    measure.target = 1.5;
    measure.runs = 3;
    measure.ours = [=] {
        return run({ground.tool("release-catalog"), "export", "--what", "tracks", "--db",
                    full_catalogue(ground, albums)})
            .wall_s;
    };
    measure.theirs = [=] {
        return run({ground.tool("limit_export"), full_catalogue(ground, albums)}).wall_s;
    };
    return measure;
}

}  // namespace

std::vector<Measure> reading_measures(const Ground& ground) {
    const std::size_t albums = ground.quick ? 20'000 : 180'000;  // of 306,000 releases
    std::vector<Measure> measures;
    for (const Question& question : k_questions)
        measures.push_back(answering(ground, albums, question));
    measures.push_back(status(ground, albums));
    measures.push_back(exporting(ground, albums));
    return measures;
}

}  // namespace pressings::bench
