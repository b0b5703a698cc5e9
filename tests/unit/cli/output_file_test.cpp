#include "cli/output_file.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "support/temporary_folder.hpp"

using namespace pressings;
using namespace pressings::test;
namespace fs = std::filesystem;

namespace {

const cli::OutputKind k_any_kind{"anything", [](std::string_view) { return true; }};

int files_in(const TemporaryFolder& folder) {
    int count = 0;
    for (const auto& entry : fs::directory_iterator{folder.path()})
        count += entry.exists();
    return count;
}

}  // namespace

TEST_CASE("A file is not there before it is kept, and then as a whole") {
    const TemporaryFolder folder;
    const std::string path = folder.write("out", "before");
    fs::permissions(path, fs::perms{0640});
    {
        cli::OutputFile file{path, k_any_kind};
        file.output().line("after");
        file.output().flush();
        CHECK(folder.read("out") == "before");
        file.keep();
        CHECK(folder.read("out") == "after\n");
    }
    CHECK(fs::status(path).permissions() == fs::perms{0640});
    CHECK(files_in(folder) == 1);
}

TEST_CASE("A file that is not kept leaves what was there, and nothing beside it") {
    const TemporaryFolder folder;
    folder.write("old", "before");
    for (const char* name : {"old", "new"}) {
        cli::OutputFile file{folder.file(name), k_any_kind};
        file.output().line("half");
        file.output().flush();
    }
    CHECK(folder.read("old") == "before");
    CHECK_FALSE(fs::exists(folder.file("new")));
    CHECK(files_in(folder) == 1);
}

TEST_CASE("A link stays a link, and what it points to is written") {
    const TemporaryFolder folder;
    folder.write("file", "before");
    fs::create_symlink("file", folder.file("link"));
    cli::OutputFile file{folder.file("link"), k_any_kind};
    file.output().line("after");
    file.keep();
    CHECK(fs::is_symlink(folder.file("link")));
    CHECK(folder.read("file") == "after\n");
}

TEST_CASE("A device is written directly and stays what it is") {
    cli::OutputFile file{"/dev/null", k_any_kind};
    file.output().line("gone");
    file.keep();
    CHECK(fs::is_character_file("/dev/null"));
    cli::OutputFile full{"/dev/full", k_any_kind};
    full.output().line("too much");
    CHECK_THROWS_WITH_AS(full.keep(), "cannot write to /dev/full: No space left on device", Error);
}

TEST_CASE("A folder, and a file in a folder that is not there, are refused") {
    const TemporaryFolder folder;
    CHECK_THROWS_AS((cli::OutputFile{folder.path().string(), k_any_kind}), UsageError);
    CHECK_THROWS_AS((cli::OutputFile{folder.file("none/out"), k_any_kind}), UsageError);
    CHECK_THROWS_AS((cli::OutputFile{"", k_any_kind}), UsageError);
    CHECK(files_in(folder) == 0);
}

TEST_CASE("A file of another kind is refused, and stays; an empty one is none") {
    const TemporaryFolder folder;
    const cli::OutputKind list{"a list", [](std::string_view text) { return text[0] == '-'; }};
    folder.write("letter", "Dear all");
    folder.write("list", "- one");
    folder.write("empty", "");
    CHECK_THROWS_AS((cli::OutputFile{folder.file("letter"), list}), UsageError);
    for (const char* name : {"list", "empty"}) {
        cli::OutputFile file{folder.file(name), list};
        file.output().line("- two");
        file.keep();
        CHECK(folder.read(name) == "- two\n");
    }
    CHECK(folder.read("letter") == "Dear all");
}
