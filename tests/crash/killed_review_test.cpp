// album-import --review is killed at each of its system calls, one run after the other. By default
// at a sample of them; PRESSINGS_FAULTS=all takes all.
#include <stdexcept>

#include <doctest/doctest.h>

#include "crash/sampling.hpp"
#include "crash/scenario.hpp"
#include "support/traced.hpp"
#include "support/typist.hpp"

using namespace pressings::test;
using Json = nlohmann::json;

namespace {

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// Three open albums, and a person who decides about each: a candidate, other words, an MBID.
class ReviewedPlace {
  public:
    ReviewedPlace() : m_meant(leave_open(m_place, 3)) {
        m_place.bench.environment["TERM"] = "xterm";
        m_place.keep();
    }

    const Place& place() const { return m_place; }
    void restore() const { m_place.restore(); }

    /// All that the terminal shows until the tool is at its end, however it comes to that.
    std::string review(const std::vector<std::string>& options) const {
        Typist person{traced(m_place.bench, options, "album-import", {"--review"})};
        std::string all;
        std::string album;
        try {
            for (;;) {
                const std::string shown = person.read_until("> ");
                all += shown;
                if (const auto at = shown.find(": album "); at != std::string::npos) {
                    album = shown.substr(at + 8, 1);
                }
                person.type(answer_to(shown, album) + "\r");
            }
        } catch (const std::runtime_error& end) {
            all += end.what();
        }
        return all;
    }

    /// What was shown as decided and is not so in the catalogue.
    std::string lost_of(const std::string& shown) const {
        std::string lost;
        for (std::size_t n = 1; n <= m_meant.size(); ++n) {
            const std::string album = "album " + std::to_string(n);
            const bool is_named = has(shown, album + " is " + m_meant[n - 1].mbid);
            const bool is_reworded = has(shown, album + " will be looked for");
            if (is_named && state_of(n) != m_meant[n - 1].mbid + " pending") lost += album + "; ";
            if (is_reworded && state_of(n) != m_meant[n - 1].title + " pending")
                lost += album + "; ";
        }
        return lost;
    }

    /// Each album, its job's state, and how many of both there are.
    std::string outcome() const {
        std::string all = std::to_string(documents("release-catalog", "albums").size()) + " " +
                          std::to_string(documents("release-worker", "jobs").size());
        for (std::size_t n = 1; n <= m_meant.size(); ++n)
            all += "\n" + state_of(n);
        return all;
    }

  private:
    std::string answer_to(const std::string& shown, const std::string& album) const {
        if (has(shown, "year, - for none [")) return "";
        if (has(shown, "title [")) return m_meant[1].title;
        if (has(shown, "artist [")) return "";
        return album == "1" ? "1" : album == "2" ? "f" : "m " + m_meant[2].mbid;
    }

    std::vector<Json> documents(const std::string& tool, const std::string& list) const {
        return m_place.bench.run(tool, {list, "--json"}).documents();
    }

    /// The MBID, or the title if it has none, and the state of its job.
    std::string state_of(std::size_t album_id) const {
        std::string state;
        for (const Json& album : documents("release-catalog", "albums")) {
            if (album["album_id"] != album_id) continue;
            const Json& name = album["mbid"].is_null() ? album["title"] : album["mbid"];
            state = name.get<std::string>();
        }
        for (const Json& job : documents("release-worker", "jobs")) {
            if (job["album_id"] == album_id) state += " " + job["state"].get<std::string>();
        }
        return state;
    }

    Place m_place;
    std::vector<MeantGroup> m_meant;
};

}  // namespace

TEST_CASE("Killed at any system call, a review keeps what it showed as decided, and doubles none") {
    if (!can_trace()) {
        MESSAGE("skipped: this machine lets nobody trace a process");
        return;
    }
    const ReviewedPlace reviewed;
    const std::string log = reviewed.place().bench.folder.file("calls");
    const std::string undisturbed = reviewed.review({"-o", log});
    INFO(undisturbed);
    REQUIRE(has(undisturbed, "2 settled, 1 to be looked for again, 0 left open"));
    REQUIRE(reviewed.lost_of(undisturbed).empty());
    const std::string outcome = reviewed.outcome();
    const auto calls = calls_in(reviewed.place().bench.folder.read("calls"));
    REQUIRE(calls.size() > 100);
    int killed = 0;
    for (const SystemCall& call : sample_of(calls, 40)) {
        if (call.name == "execve") continue;  // strace's own step
        CAPTURE(call.name);
        CAPTURE(call.occurrence);
        reviewed.restore();
        const std::string shown =
            reviewed.review({"-e", "inject=" + call.name +
                                       ":signal=SIGKILL:when=" + std::to_string(call.occurrence)});
        killed += !has(shown, "0 left open");
        CHECK(faults_of_place(reviewed.place(), "") == "");
        CHECK(reviewed.lost_of(shown) == "");
        reviewed.review({});
        CHECK(reviewed.outcome() == outcome);
    }
    CHECK(killed > 10);
}
