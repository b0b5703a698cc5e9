#include <filesystem>
#include <functional>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/error.hpp"
#include "mirror/file/mirror.hpp"
#include "mirror_bench.hpp"
#include "support/multiplied_releases.hpp"

using namespace pressings;
using namespace pressings::mirror;
using namespace pressings::test;

namespace {

/// Large enough to be committed on the way.
struct LargeBench : MirrorBench {
    LargeBench() { write_dump_folder(folder.path().string(), many); }

    LoadOptions order() const {
        LoadOptions order;
        order.mirror = file;
        order.dumps = {folder.file("release.tar.xz"), folder.file("release-group.tar.xz")};
        return order;
    }

    /// A load that ends as if the process had been killed when it was that far.
    void interrupt(std::int64_t documents) const {
        LoadOptions killed = order();
        killed.on_progress = [&](const LoadProgress& progress) {
            if (progress.documents >= documents) throw std::runtime_error("killed");
        };
        CHECK_THROWS_WITH_AS(load_mirror(killed, system_clock()), "killed", std::runtime_error);
    }

    void check_whole() const {
        const Mirror mirror{file};
        CHECK(mirror.facts().releases->documents == static_cast<std::int64_t>(many.size()));
        CHECK(mirror.facts().release_groups->documents == static_cast<std::int64_t>(many.groups()));
        many.each_release([&](std::string_view json) {
            CHECK(mirror.release(id_of(std::string{json})) == json);
        });
        for (std::size_t group = 0; group < many.groups(); ++group)
            CHECK(mirror.releases_of(mbid(many.group_mbid(group))).size() ==
                  many.releases_of(group));
    }

    MultipliedReleases many{2'000, 7};
};

}  // namespace

TEST_CASE("A load that was killed goes on where it was, and misses and doubles nothing") {
    const LargeBench bench;
    bench.interrupt(1'000);
    CHECK_FALSE(std::filesystem::exists(bench.file));
    bench.interrupt(1'500);
    const auto loaded = load_mirror(bench.order(), system_clock());
    CHECK(loaded.front().is_resumed);
    CHECK(loaded.front().documents == static_cast<std::int64_t>(bench.many.size()));
    CHECK(loaded.front().is_summed);
    bench.check_whole();
}

TEST_CASE("A load of other dumps than the one that was killed starts over") {
    const LargeBench bench;
    bench.interrupt(1'000);
    LoadOptions other = bench.order();
    other.dumps = {write_dump(bench.folder.file("other.tar.gz"), genuine_releases())};
    CHECK_FALSE(load_mirror(other, system_clock()).front().is_resumed);
    CHECK(Mirror{bench.file}.facts().releases->documents ==
          static_cast<std::int64_t>(genuine_releases().size()));
}

TEST_CASE("The log of a killed load is not read into the incremental load after it") {
    namespace fs = std::filesystem;
    const LargeBench bench;
    const auto genuine = genuine_releases();
    DumpForm form;
    form.replication_sequence = "175000";
    bench.load({write_dump(bench.folder.file("first.tar.gz"), genuine, form)});
    const std::string killed = bench.folder.file("killed");
    LoadOptions order = bench.order();
    order.on_progress = [&](const LoadProgress& progress) {
        if (progress.documents < 1'000) return;
        for (const char* ending : {"", "-wal"})
            fs::copy_file(bench.file + ".loading" + ending, killed + ending);
        throw std::runtime_error("killed");
    };
    CHECK_THROWS_WITH_AS(load_mirror(order, system_clock()), "killed", std::runtime_error);
    for (const char* ending : {"", "-wal"}) {
        fs::remove(bench.file + ".loading" + ending);
        fs::rename(killed + ending, bench.file + ".loading" + ending);
    }
    form.replication_sequence = "175001";
    const std::string changed = with_title(genuine.front(), "Changed");
    bench.load_incremental({write_dump(bench.folder.file("next.tar.gz"), {changed}, form)});
    const Mirror mirror{bench.file};
    CHECK(mirror.facts().releases->documents == static_cast<std::int64_t>(genuine.size()));
    CHECK(mirror.release(id_of(changed)) == changed);
    CHECK(mirror.release(id_of(genuine.back())) == genuine.back());
}

TEST_CASE("What a killed load left is no mirror, and is thrown away if it is damaged") {
    const LargeBench bench;
    bench.interrupt(1'000);
    CHECK_THROWS_WITH_AS(Mirror{bench.file + ".loading"}, doctest::Contains("to its end"), Error);
    bench.folder.write("mb.mirror.loading", "no database any more");
    CHECK_FALSE(load_mirror(bench.order(), system_clock()).front().is_resumed);
    bench.check_whole();
}

TEST_CASE("Who reads a mirror has the old one whole until the new one is") {
    const LargeBench bench;
    const auto genuine = genuine_releases();
    write_dump(bench.folder.file("first.tar.gz"), genuine);
    bench.load({bench.folder.file("first.tar.gz")});
    const Mirror reader{bench.file};
    LoadOptions order = bench.order();
    int looks = 0;
    order.on_progress = [&](const LoadProgress&) {
        ++looks;
        CHECK(reader.facts().releases->documents == static_cast<std::int64_t>(genuine.size()));
        CHECK(reader.release(id_of(genuine.front())) == genuine.front());
    };
    load_mirror(order, system_clock());
    CHECK(looks > 10);
    CHECK(reader.release(id_of(genuine.front())) == std::nullopt);
    CHECK(reader.facts().releases->documents == static_cast<std::int64_t>(bench.many.size()));
}

TEST_CASE("Two loads of one mirror at once: the second is refused") {
    MirrorBench bench;
    const int held = ::open((bench.file + "-lock").c_str(), O_RDWR | O_CREAT, 0666);
    REQUIRE(::flock(held, LOCK_EX) == 0);
    const std::string dump = bench.releases(genuine_releases());
    CHECK_THROWS_WITH_AS(bench.load({dump}), doctest::Contains("another process"), Error);
    ::close(held);
    bench.load({dump});
}
