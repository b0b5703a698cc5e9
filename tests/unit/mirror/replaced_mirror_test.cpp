// A mirror that is open while something else takes its name.
#include <filesystem>
#include <thread>

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include "base/error.hpp"
#include "mirror/file/mirror.hpp"
#include "unit/mirror/mirror_bench.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

namespace fs = std::filesystem;

/// A mirror of the genuine releases that is open, and what it warned of.
struct OpenMirror : MirrorBench {
    OpenMirror() {
        load({releases({document})});
        mirror = std::make_unique<mirror::Mirror>(
            file, [this](const std::string& text) { warnings.push_back(text); });
    }

    /// Puts a file with this content where the mirror is, as `mv` does.
    void replace(const std::string& content) const {
        fs::rename(folder.write("other", content), file);
    }
    std::optional<std::string> first() const { return mirror->release(id); }

    std::string document = genuine_releases().front();
    Mbid id = id_of(document);
    std::vector<std::string> warnings;
    std::unique_ptr<mirror::Mirror> mirror;
};

std::string foreign_database(const OpenMirror& open) {
    SQLite::Database{open.folder.file("photos.db"), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE}
        .exec("CREATE TABLE photos (id INTEGER)");
    return open.folder.read("photos.db");
}

/// All but the first and the last page: what is in the file is gone, what it says of itself stays.
std::string hollow(std::string whole) {
    std::fill(whole.begin() + 16'384, whole.end() - 16'384, 'x');
    return whole;
}

/// A mirror that says all is well, and whose documents cannot be unpacked.
std::string unreadable(const OpenMirror& open, const std::string& whole) {
    SQLite::Database{open.folder.write("unreadable", whole), SQLite::OPEN_READWRITE}.exec(
        "UPDATE release_documents SET json = x'28b52ffd00'");
    return open.folder.read("unreadable");
}

}  // namespace

TEST_CASE("What is no mirror, cut off or damaged does not replace one that is open") {
    OpenMirror open;
    const std::string whole = open.folder.read("mb.mirror");
    for (const std::string& content :
         {std::string{"hello\n"}, std::string{}, foreign_database(open), hollow(whole),
          unreadable(open, whole), whole.substr(0, whole.size() / 2)}) {
        open.replace(content);
        CHECK(open.first() == open.document);
    }
    fs::remove(open.file);
    CHECK(open.first() == open.document);
    REQUIRE(open.warnings.size() == 1);
    CHECK(open.warnings.front().find("mb.mirror") != std::string::npos);
    CHECK(open.warnings.front().find("no SQLite database") != std::string::npos);
}

TEST_CASE("A good mirror replaces the one that is open, also after a bad one") {
    OpenMirror open;
    open.replace("hello\n");
    CHECK(open.first() == open.document);
    fs::remove(open.file);
    const std::string newer = with_title(open.document, "Another title");
    open.load({open.releases({newer})});
    CHECK(open.first() == newer);
    open.replace("hello\n");
    CHECK(open.first() == newer);
    CHECK(open.warnings.size() == 2);
}

TEST_CASE("Many threads read a mirror on whose name is taken") {
    OpenMirror open;
    open.replace("hello\n");
    std::vector<std::jthread> threads;
    std::atomic<int> right = 0;
    for (int thread = 0; thread < 8; ++thread) {
        threads.emplace_back([&] {
            for (int n = 0; n < 20; ++n)
                right += open.first() == open.document ? 1 : 0;
        });
    }
    threads.clear();
    CHECK(right == 160);
    CHECK(open.warnings.size() == 1);
}

TEST_CASE("A mirror that is written over in its place is not taken for the one before") {
    OpenMirror open;
    open.folder.write("mb.mirror", "hello, I am a letter that somebody copied to here\n");
    CHECK_THROWS_AS(open.first(), Error);
}
