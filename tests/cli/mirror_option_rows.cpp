#include <algorithm>
#include <csignal>

#include "cli/option_row.hpp"
#include "cli/served_mirror.hpp"
#include "support/child.hpp"
#include "support/dump_files.hpp"
#include "support/eventually.hpp"
#include "support/genuine_documents.hpp"

namespace pressings::test {

namespace {

constexpr const char* k_tool = "musicbrainz-mirror";

/// A mirror of one release, made of the dump of packet 175000.
struct Mirrored : ToolBench {
    Mirrored() {
        environment["PRESSINGS_MIRROR"] = folder.file("mb.mirror");
        REQUIRE(load(175'000, 0).status == 0);
    }
    /// Loads a dump of the genuine release with this number.
    ToolRun load(int packet, std::size_t release, const Words& options = {}) const {
        DumpForm form;
        form.replication_sequence = std::to_string(packet);
        form.timestamp = "2026-07-0" + std::to_string(packet - 174'999) + " 00:00:03.123456+00";
        const auto dump =
            write_dump(folder.file("release.tar.gz"), {genuine_releases()[release]}, form);
        return run(k_tool, Words{"load", dump} + options);
    }
    nlohmann::json releases() const {
        return run(k_tool, {"info", "--json"}).documents().at(0)["releases"];
    }
};

void mirror_is_named() {
    Mirrored bench;
    bench.environment.erase("PRESSINGS_MIRROR");
    const auto info = [&](const std::string& file) {
        return bench.run(k_tool, {"info", "--mirror", bench.folder.file(file)});
    };
    check_quiet(info("mb.mirror"));
    check_refused(info("other.mirror"), 3, "other.mirror");
    check_refused(bench.run(k_tool, {"info"}), 2, "--mirror");
}

/// On top of what is there; without it a dump is all there is.
void dumps_are_put_on_top() {
    const Mirrored bench;
    CHECK(bench.load(175'001, 1, {"--incremental"}).status == 0);
    CHECK(bench.releases()["documents"] == 2);
    CHECK(bench.releases()["replication_sequence"] == 175'001);
    CHECK(bench.load(175'002, 2).status == 0);
    CHECK(bench.releases()["documents"] == 1);
}

/// Of packets too many or too few only one that is missing is a gap.
void gaps_are_refused() {
    const Mirrored bench;
    CHECK(bench.load(175'001, 1, {"--incremental"}).status == 0);
    const auto gap = bench.load(175'003, 2, {"--incremental"});
    check_refused(gap, 3, "--allow-gap");
    CHECK(bench.releases()["documents"] == 2);
    CHECK(bench.releases()["replication_sequence"] == 175'001);
    CHECK(bench.load(175'003, 2, {"--incremental", "--allow-gap"}).status == 0);
    CHECK(bench.releases()["documents"] == 3);
    CHECK(bench.run(k_tool, {"load", "--allow-gap", "x"}).status == 2);
}

/// What `serve` prints once it listens there.
std::string address(const std::string& listen) {
    const Mirrored bench;
    Child serving{{std::string{PRESSINGS_BIN_DIR} + "/" + k_tool, "serve", "--mirror",
                   bench.folder.file("mb.mirror"), "--listen", listen},
                  bench.folder.file("address")};
    CHECK(eventually([&] { return bench.folder.read("address").ends_with("\n"); }));
    serving.signal(SIGTERM);
    CHECK(serving.wait() == 0);
    return bench.folder.read("address");
}

void address_is_taken() {
    const std::string any = address("127.0.0.1:0");
    CHECK(any.starts_with("http://127.0.0.1:"));
    CHECK(any != "http://127.0.0.1:0/ws/2\n");
    CHECK(address("127.0.0.2:0").starts_with("http://127.0.0.2:"));
    const Mirrored bench;
    for (const std::string wrong : {"127.0.0.1", "127.0.0.1:50x", "127.0.0.1:65536", ":5000"}) {
        check_refused(bench.run(k_tool, {"serve", "--listen", wrong}), 2, "--listen: ");
    }
}

void connections_are_bounded() {
    const ServedMirror mirror{{"--connections", "2"}};
    const auto silent = mirror.clients(3, "");
    // Which one goes is not said here: the three may come in the same millisecond.
    const auto closed = [&] {
        return std::count_if(silent.begin(), silent.end(),
                             [](const auto& client) { return client.is_closed(); });
    };
    CHECK(eventually([&] { return closed() > 0; }));
    CHECK(closed() == 1);
}

void clients_have_a_time() {
    const ServedMirror mirror{{"--client-timeout", "1s"}};
    const RawClient silent{mirror.port};
    CHECK(eventually([&] { return silent.is_closed(); }));
}

}  // namespace

OptionRows mirror_option_rows() {
    return {
        {k_tool, "--mirror", mirror_is_named},
        {"musicbrainz-mirror load", "--incremental", dumps_are_put_on_top},
        {"musicbrainz-mirror load", "--allow-gap", gaps_are_refused},
        {"musicbrainz-mirror serve", "--listen", address_is_taken},
        {"musicbrainz-mirror serve", "--connections", connections_are_bounded},
        {"musicbrainz-mirror serve", "--client-timeout", clients_have_a_time},
    };
}

}  // namespace pressings::test
