#include "base/draft.hpp"

#include <algorithm>
#include <filesystem>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/error.hpp"
#include "support/temporary_folder.hpp"

using namespace pressings;
using namespace pressings::test;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> names_in(const TemporaryFolder& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator{folder.path()})
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

void write(const Draft& draft, const std::string& text) {
    REQUIRE(::write(draft.descriptor(), text.data(), text.size()) ==
            static_cast<ssize_t>(text.size()));
}

}  // namespace

TEST_CASE("A draft is hidden beside its place, and takes it as a whole") {
    const TemporaryFolder folder;
    folder.write("out", "before");
    Draft draft{folder.file("out"), Draft::Kind::file};
    write(draft, "after");
    CHECK(fs::path{draft.path()}.filename().string().starts_with(".out."));
    CHECK(folder.read("out") == "before");
    draft.replace_target();
    CHECK(folder.read("out") == "after");
    CHECK(names_in(folder) == std::vector<std::string>{"out"});
}

TEST_CASE("A draft that is not published goes, with what SQLite may have put beside it") {
    const TemporaryFolder folder;
    {
        const Draft draft{folder.file("out"), Draft::Kind::file};
        for (const char* ending : {"-wal", "-shm", "-journal"})
            folder.write(fs::path{draft.path()}.filename().string() + ending, "x");
    }
    {
        const Draft draft{folder.file("pages"), Draft::Kind::folder};
        folder.write(fs::path{draft.path()}.filename() / "index.html", "x");
    }
    CHECK(names_in(folder).empty());
}

TEST_CASE("A draft never takes a name that something has") {
    const TemporaryFolder folder;
    folder.write("out", "before");
    fs::create_symlink("nowhere", folder.file("link"));
    for (const char* name : {"out", "link"}) {
        Draft draft{folder.file("new"), Draft::Kind::file};
        CHECK_THROWS_AS(draft.publish_as(folder.file(name)), Error);
    }
    CHECK(folder.read("out") == "before");
    CHECK(names_in(folder) == std::vector<std::string>{"link", "out"});
}

TEST_CASE("What a dead process has left goes with the next draft; a live one's stays") {
    const TemporaryFolder folder;
    const std::string left = ".out.0123456789ab.tmp";
    folder.write(left, "half");
    folder.write(left + "-wal", "half");
    folder.write(".out.ba9876543210.tmp-journal", "half");
    const std::string held = folder.write(".out.111111111111.tmp", "half");
    const int holder = ::open(held.c_str(), O_RDONLY | O_CLOEXEC);
    REQUIRE(::flock(holder, LOCK_EX) == 0);
    const std::string strangers[] = {".out.letter.tmp", ".other.0123456789ab.tmp",
                                     "out.0123456789ab.tmp"};
    for (const std::string& name : strangers)
        folder.write(name, "mine");
    { const Draft draft{folder.file("out"), Draft::Kind::file}; }
    ::close(holder);
    CHECK_FALSE(fs::exists(folder.file(left)));
    CHECK_FALSE(fs::exists(folder.file(left + "-wal")));
    CHECK_FALSE(fs::exists(folder.file(".out.ba9876543210.tmp-journal")));
    CHECK(fs::exists(held));
    for (const std::string& name : strangers)
        CHECK(fs::exists(folder.file(name)));
}

TEST_CASE("A link with the name of a draft is not followed, and stays") {
    const TemporaryFolder folder;
    folder.write("letter", "mine");
    fs::create_symlink("letter", folder.file(".out.0123456789ab.tmp"));
    { const Draft draft{folder.file("out"), Draft::Kind::file}; }
    CHECK(folder.read("letter") == "mine");
    CHECK(fs::is_symlink(folder.file(".out.0123456789ab.tmp")));
}

TEST_CASE("A draft has the rights of what it replaces") {
    const TemporaryFolder folder;
    fs::permissions(folder.write("out", ""), fs::perms{0640});
    Draft draft{folder.file("out"), Draft::Kind::file};
    draft.replace_target();
    CHECK(fs::status(folder.file("out")).permissions() == fs::perms{0640});
}

TEST_CASE("A name of the greatest length has a draft, too") {
    const TemporaryFolder folder;
    const std::string name(250, 'n');
    Draft draft{folder.file(name), Draft::Kind::file};
    draft.replace_target();
    CHECK(names_in(folder) == std::vector<std::string>{name});
}

TEST_CASE("Drafts for one place that are made at the same time leave each other alone") {
    const TemporaryFolder folder;
    constexpr int k_makers = 8;
    constexpr int k_drafts = 300;
    std::vector<int> found(k_makers, 0);
    {
        std::vector<std::jthread> makers;
        for (int& mine : found) {
            makers.emplace_back([&] {
                for (int n = 0; n < k_drafts; ++n) {
                    const Draft draft{folder.file("out"), Draft::Kind::file};
                    std::this_thread::yield();
                    mine += fs::exists(draft.path()) ? 1 : 0;
                }
            });
        }
    }
    CHECK(found == std::vector(k_makers, k_drafts));
    CHECK(names_in(folder).empty());
}
