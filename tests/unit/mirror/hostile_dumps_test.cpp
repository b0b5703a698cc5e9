// Dumps as they should not be: each is refused with what is wrong, and the mirror that there was
// stays as it is, byte by byte.
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "mirror/dump/dump_error.hpp"
#include "mirror/file/mirror.hpp"
#include "mirror_bench.hpp"

using namespace pressings;
using namespace pressings::mirror;
using namespace pressings::test;

namespace fs = std::filesystem;

namespace {

/// A mirror of two releases, and a dump to come.
struct HostileBench : MirrorBench {
    HostileBench() {
        load({releases(documents)});
        before = folder.read("mb.mirror");
    }

    /// Loads it: an error that says `problem`, and nothing changed.
    void check_refused(const std::vector<std::string>& dumps, const std::string& problem) {
        CAPTURE(problem);
        CHECK_THROWS_WITH_AS(load(dumps), doctest::Contains(problem.c_str()), DumpError);
        CHECK(folder.read("mb.mirror") == before);
        CHECK_FALSE(fs::exists(file + ".loading"));
        CHECK(Mirror{file}.facts().releases->documents == 2);
    }

    std::vector<std::string> all = genuine_releases();
    std::vector<std::string> documents{all[0], all[1]};
    std::string before;
};

}  // namespace

TEST_CASE("A truncated archive is refused, however it is packed and wherever it ends") {
    HostileBench bench;
    for (const char* ending : {".tar.xz", ".tar.gz", ".tar.bz2", ".tar.zst", ".tar"}) {
        CAPTURE(ending);
        const std::string dump =
            write_dump(bench.folder.file(std::string{"short"} + ending), bench.all);
        for (const double share : {0.99, 0.7, 0.3}) {
            const auto size = static_cast<double>(fs::file_size(dump));
            fs::resize_file(dump, static_cast<std::uintmax_t>(size * share));
            bench.check_refused({dump}, "ownload it again");
        }
    }
}

TEST_CASE("An archive that ends behind its data, between two members, is refused") {
    HostileBench bench;
    DumpForm form;
    form.schema_number = std::nullopt;
    bench.check_refused({bench.releases(bench.all, form)}, "JSON_DUMPS_SCHEMA_NUMBER should come");
}

TEST_CASE("Bytes turned over in the middle are refused") {
    HostileBench bench;
    const std::string dump = bench.releases(bench.all);
    const auto middle = static_cast<std::streamoff>(fs::file_size(dump) / 2);
    std::fstream file{dump, std::ios::in | std::ios::out | std::ios::binary};
    file.seekp(middle);
    file << "\xFF\x00\xFF this is no xz \xFF";
    file.close();
    bench.check_refused({dump}, "release.tar.xz");
}

TEST_CASE("A right checksum is verified") {
    HostileBench bench;
    const std::string dump = bench.releases(bench.all);
    write_sums(dump);
    CHECK(bench.load({dump}).front().is_summed);
}

TEST_CASE("A dump whose bytes are not those of SHA256SUMS is refused") {
    HostileBench bench;
    const std::string dump = bench.releases(bench.all);
    bench.folder.write("SHA256SUMS", std::string(64, '0') + " *other.tar.xz\n" +
                                         std::string(64, 'a') + " *release.tar.xz\n");
    bench.check_refused({dump}, std::string(64, 'a'));
    bench.folder.write("SHA256SUMS", std::string(64, 'x') + "  release.tar.xz\n");
    CHECK_THROWS_WITH_AS(bench.load({dump}), doctest::Contains("SHA256SUMS"), Error);
}

TEST_CASE("A broken line is named, and nothing of its dump is taken") {
    HostileBench bench;
    auto lines = bench.all;
    const std::string whole = lines[100];
    for (const std::string& broken : {whole.substr(0, whole.size() / 2), std::string{"\xFF\xFE"},
                                      std::string(200'000, '['), whole + whole}) {
        lines[100] = broken;
        bench.check_refused({bench.releases(lines)}, "line 101");
    }
}

TEST_CASE("An odd document is passed over and named, and all others are taken") {
    MirrorBench bench;
    auto lines = genuine_releases();
    for (const char* odd :
         {"{}", "[]", "null", R"({"id":"x","title":"t"})",
          R"({"id":"00000000-0000-0000-0000-000000000000","title":"t"})",
          R"({"id":"01234567-0123-4123-8123-012345678901","title":"t"})",
          R"({"id":"01234567-0123-4123-8123-012345678901","release-group":{"id":7}})",
          R"({"id":"01234567-0123-4123-8123-012345678901","release-group":{"id":1e999}})"}) {
        CAPTURE(odd);
        lines[100] = odd;
        const auto loaded = bench.load({bench.releases(lines)}).front();
        CHECK(loaded.odd == 1);
        CHECK(loaded.documents == static_cast<std::int64_t>(lines.size()) - 1);
        CHECK(loaded.first_odd.find("line 101 ") != std::string::npos);
        CHECK(Mirror{bench.file}.facts().releases->odd_documents == 1);
        CHECK_FALSE(Mirror{bench.file}.has_all_releases());
    }
    lines.erase(lines.begin() + 100);
    bench.load({bench.releases(lines)});
    CHECK(Mirror{bench.file}.has_all_releases());
}

TEST_CASE("A document with an odd value is taken as long as it can be found") {
    MirrorBench bench;
    auto lines = genuine_releases();
    const Mbid mbid = id_of(lines[100]);
    for (const std::string& value : std::vector<std::string>{"7", "null", "1e999", R"("\ud800")"}) {
        CAPTURE(value);
        lines[100].replace(0, 1, "{\"title\":" + value + ",\"status\":" + value + ",");
        CHECK(bench.load({bench.releases(lines)}).front().odd == 0);
        CHECK(Mirror{bench.file}.release(mbid));
    }
}

TEST_CASE("Many odd documents are a bad dump") {
    HostileBench bench;
    auto lines = bench.all;
    for (std::size_t i = 0; i < 11; ++i)
        lines[i * 2 + 1] = "{}";
    bench.check_refused({bench.releases(lines)}, "line 2 has no MBID as id; 11 of ");
    bench.check_refused({bench.releases({"{}", "{}"})}, "2 of 2 documents");
}

TEST_CASE("A line of 200 MB is refused") {
    HostileBench bench;
    const std::string dump = bench.folder.file("long.tar.gz");
    DumpFile writing{dump, {}};
    writing.add(bench.all[0]);
    writing.add("{\"id\":\"" + std::string(std::size_t{200} << 20U, 'x') + "\"}");
    writing.finish();
    bench.check_refused({dump}, "line 2 is longer than 32 MiB");
}

TEST_CASE("Another schema number is refused, though all of the data came before it") {
    HostileBench bench;
    for (const char* number : {"2", "0", "", "one"}) {
        DumpForm form;
        form.schema_number = number;
        bench.check_refused({bench.releases(bench.all, form)}, "only schema 1 is understood");
    }
}

TEST_CASE("A release that comes twice is taken once; of two forms the later") {
    HostileBench bench;
    const std::string changed = with_title(bench.all[2], "Later");
    const auto loaded =
        bench.load({bench.releases({bench.all[2], bench.all[3], bench.all[3], changed})});
    CHECK(loaded.front().documents == 4);
    CHECK(loaded.front().changes.repeated == 1);
    CHECK(loaded.front().changes.superseded == 1);
    const Mirror mirror{bench.file};
    CHECK(mirror.facts().releases->documents == 2);
    CHECK(mirror.release(id_of(changed)) == changed);
}

TEST_CASE("A release group that comes twice is found by its later names alone") {
    MirrorBench bench;
    const std::string group = genuine_groups().front();
    bench.load({bench.groups({with_title(group, "Earlier"), with_title(group, "Later")})});
    const Mirror mirror{bench.file};
    CHECK(mirror.groups_named({"Earlier", "", {}}, 10).empty());
    CHECK(mirror.groups_named({"Later", "", {}}, 10).size() == 1);
}

TEST_CASE("Releases whose group has no document are counted") {
    MirrorBench bench;
    auto groups = genuine_groups();
    const std::string missing = groups.back();
    groups.pop_back();
    bench.load({bench.releases(genuine_releases()), bench.groups(groups)});
    const Mirror mirror{bench.file};
    const auto releases = mirror.releases_of(id_of(missing)).size();
    CHECK(releases > 0);
    CHECK(mirror.facts().releases_without_group == static_cast<std::int64_t>(releases));
}

TEST_CASE("Members that would lead out of the folder lead nowhere") {
    MirrorBench bench;
    DumpForm form;
    form.extra_members = {{"../escaped", "x"}, {"/tmp/pressings-escaped", "x"}, {"\x1B[31m", "x"}};
    bench.load({bench.releases(genuine_releases(), form)});
    CHECK_FALSE(fs::exists(bench.folder.path().parent_path() / "escaped"));
    CHECK_FALSE(fs::exists("/tmp/pressings-escaped"));
}

TEST_CASE("An archive that unpacks to very much beside its data is refused") {
    HostileBench bench;
    DumpForm form;
    form.extra_members = {{"bomb", std::string(std::size_t{80} << 20U, '\0')}};
    bench.check_refused({bench.releases(bench.all, form)}, "too large");
    form.extra_members.assign(1100, {"many", ""});
    bench.check_refused({bench.releases(bench.all, form)}, "more than 1000 members");
}

TEST_CASE("What is no dump of releases or release groups is refused") {
    HostileBench bench;
    DumpForm form;
    form.kind = "artist";
    bench.check_refused({bench.releases(bench.all, form)}, "no mbdump/release");
    bench.check_refused({bench.folder.write("empty", "")}, "empty");
    bench.check_refused({bench.folder.write("text", "Hello\n")}, "line 1");
    bench.check_refused({write_dump(bench.folder.file("release.tar"), {})}, "no documents");
    form.kind = "release-group";
    bench.check_refused({bench.releases(bench.all, form)}, "is a release among release-groups");
}

TEST_CASE("Two dumps of one kind are refused") {
    HostileBench bench;
    const std::string dump = bench.releases(bench.all);
    bench.check_refused({dump, dump}, "both dumps of releases");
}

TEST_CASE("What is no mirror is not replaced by one") {
    MirrorBench bench;
    bench.folder.write("mb.mirror", "my diary");
    CHECK_THROWS_WITH_AS(bench.load({bench.releases(genuine_releases())}),
                         doctest::Contains("no SQLite database"), Error);
    CHECK(bench.folder.read("mb.mirror") == "my diary");
    CHECK_THROWS_WITH_AS(Mirror{bench.folder.path().string()}, doctest::Contains("no file"), Error);
}
