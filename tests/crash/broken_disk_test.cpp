// The disk fills, fails or turns read-only in the middle of work, at one write after the other.
#include <cstdlib>
#include <filesystem>

#include <doctest/doctest.h>

#include "support/traced.hpp"

using namespace pressings::test;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

const std::string k_recorded = PRESSINGS_TEST_DATA "/musicbrainz/recorded";
const std::string k_source = "file:" + k_recorded;
constexpr int k_environment = 3;

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// The recorded albums, one a line.
std::string batch() {
    std::string lines;
    for (const auto& entry : fs::directory_iterator{k_recorded})
        lines += entry.path().stem().string() + "\n";
    return lines;
}

/// A catalogue of albums whose releases are still to come, put back before each run.
class Place {
  public:
    Place() {
        REQUIRE(bench.run("album-import", {"--from", "-"}, batch()).status == 0);
        fs::copy(bench.folder.file("catalog.db"), bench.folder.file("before.db"));
        REQUIRE(bench.run("release-worker", k_drain).status == 0);
        m_whole = status();
    }

    void restore() const {
        for (const auto& entry : fs::directory_iterator{bench.folder.path()}) {
            if (entry.path().filename().string().starts_with("catalog.db")) fs::remove(entry);
        }
        fs::copy(bench.folder.file("before.db"), bench.folder.file("catalog.db"));
    }

    /// strace's options that spoil calls on the files of the database, from the `nth` on.
    std::vector<std::string> spoil(const std::string& fault, int nth,
                                   const char* from = "+") const {
        return {"-P", bench.folder.file("catalog.db"),
                "-P", bench.folder.file("catalog.db-wal"),
                "-P", bench.folder.file("catalog.db-shm"),
                "-e", "inject=" + fault + ":when=" + std::to_string(nth) + from};
    }

    Finished drain(const std::vector<std::string>& options) const {
        return run_process(traced(bench, options, "release-worker", k_drain));
    }

    /// How often a drain makes this call on the files of the database.
    int calls_of(const std::string& name) const {
        restore();
        int count = 0;
        for (const auto& call :
             system_calls(bench, "release-worker", k_drain, spoil("read:error=EIO", 60'000))) {
            count += call.name == name;
        }
        return count;
    }

    /// All is there that was, nothing is half there, and the next run does the rest.
    void check_mended() const {
        const auto check = bench.run("release-worker", {"check", "--json"});
        CHECK(check.documents().at(0)["faults"] == Json::array());
        const Json before = status();
        CHECK(before["albums"] == m_whole["albums"]);
        CHECK(before["jobs"]["failed"] == 0);
        CHECK(bench.run("release-worker", k_drain).status == 0);
        const Json after = status();
        CHECK(after["jobs"] == m_whole["jobs"]);
        CHECK(after["releases"] == m_whole["releases"]);
        CHECK(bench.run("release-worker", {"check"}).status == 0);
    }

    ToolBench bench;

    static inline const std::vector<std::string> k_drain{"run", "--source", k_source, "-q"};

  private:
    Json status() const {
        return bench.run("release-worker", {"status", "--json"}).documents().at(0);
    }

    Json m_whole;  ///< the status after a drain that nothing disturbed
};

/// Spoils every `stride`th write and all behind it.
void spoil_writes(const std::string& error, const std::string& message, int stride) {
    if (!can_trace()) {
        MESSAGE("skipped: this machine lets nobody trace a process");
        return;
    }
    const Place place;
    const int writes = place.calls_of("pwrite64");
    REQUIRE(writes > 50);
    int refused = 0;
    for (int nth = 1; nth <= writes; nth += stride) {
        CAPTURE(nth);
        place.restore();
        const auto run = place.drain(place.spoil("pwrite64:error=" + error, nth));
        const bool told = run.status == k_environment && has(run.err, message);
        CHECK((told || run.status == 0));  // the last writes only tidy up
        CHECK(std::count(run.err.begin(), run.err.end(), '\n') <= 1);
        refused += told;
        place.check_mended();
    }
    CHECK(refused > 10);
}

}  // namespace

TEST_CASE("A disk that is full at any moment of a drain is told of, and nothing is lost") {
    spoil_writes("ENOSPC", "the disk is full", 5);
}

TEST_CASE("A disk that fails at any moment of a drain is told of, and nothing is lost") {
    spoil_writes("EIO", "the disk", 9);
}

TEST_CASE("A disk that turns read-only at any moment of a drain is told of, and nothing is lost") {
    spoil_writes("EROFS", "the disk", 7);
}

TEST_CASE("A disk that does not keep what it was given is told of, and nothing is lost") {
    if (!can_trace()) {
        MESSAGE("skipped: this machine lets nobody trace a process");
        return;
    }
    const Place place;
    const int syncs = place.calls_of("fdatasync");
    REQUIRE(syncs >= 3);
    for (int nth = 1; nth <= syncs; ++nth) {
        CAPTURE(nth);
        place.restore();
        const auto run = place.drain(place.spoil("fdatasync:error=EIO", nth));
        CHECK((run.status == k_environment || run.status == 0));
        place.check_mended();
    }
}

TEST_CASE("A read that fails is an error, not a catalogue without what could not be read") {
    if (!can_trace()) {
        MESSAGE("skipped: this machine lets nobody trace a process");
        return;
    }
    const Place place;
    place.restore();
    const auto run = place.drain(place.spoil("pread64:error=EIO", 5));
    CAPTURE(run.err);
    CHECK(run.status == k_environment);
    CHECK(has(run.err, "the disk cannot read it"));
    place.check_mended();
}

TEST_CASE("A small disk that fills up keeps what was committed") {
    if (std::system("unshare -rm true 2>/dev/null") != 0) {
        MESSAGE("skipped: this machine lets nobody mount a small disk of his own");
        return;
    }
    const Place place;
    const ToolBench& bench = place.bench;
    const std::string disk = bench.folder.file("disk");
    fs::create_directory(disk);
    // Room for the catalogue and a little more; what is on it is looked at from within.
    const std::string bin = PRESSINGS_BIN_DIR;
    bench.folder.write(
        "small-disk.sh",
        "set -u\n"
        "mount -t tmpfs -o size=\"$1\"k tmpfs " +
            disk +
            " || exit 99\n"
            "cp " +
            bench.folder.file("before.db") + " " + disk +
            "/catalog.db\n"
            "export PRESSINGS_DB=" +
            disk + "/catalog.db\n" + bin + "/release-worker run -q --source " + k_source +
            "; echo \"run $?\"\n"
            "mount -o remount,size=64m " +
            disk + "\n" + bin + "/release-worker run -q --source " + k_source +
            "; echo \"again $?\"\n" + bin + "/release-worker check; echo \"check $?\"\n");
    int full = 0;
    const auto size = fs::file_size(bench.folder.file("before.db")) / 1024;
    for (const std::size_t room : {100, 200, 400, 800, 1200}) {
        const auto kilobytes = size + room;
        CAPTURE(kilobytes);
        Command command;
        command.arguments = {"/usr/bin/unshare", "-rm", "/bin/sh",
                             bench.folder.file("small-disk.sh"), std::to_string(kilobytes)};
        command.environment = bench.environment;
        const auto run = run_process(command);
        CAPTURE(run.out);
        CAPTURE(run.err);
        full += has(run.out, "run 3") && has(run.err, "the disk is full");
        CHECK(has(run.out, "again 0"));
        CHECK(has(run.out, "check 0"));
    }
    CHECK(full >= 2);
}
