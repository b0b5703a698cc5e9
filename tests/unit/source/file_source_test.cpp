#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>
#include <unistd.h>

#include "service.hpp"
#include "source/release_source.hpp"
#include "walk.hpp"

using namespace pressings;
using namespace pressings::source;
using namespace pressings::test;

namespace fs = std::filesystem;

namespace {

/// A folder of recorded answers that goes away with it.
class Folder {
  public:
    Folder() : m_path(fs::temp_directory_path() / ("pressings-file-source-" + unique())) {
        fs::create_directories(m_path);
    }
    ~Folder() { fs::remove_all(m_path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    void write(const std::string& name, const std::string& text) const {
        std::ofstream{m_path / name} << text;
    }

    const fs::path& path() const { return m_path; }

    SourceError error_of(const std::string& group, SourceOptions options = {}) const {
        try {
            make_source("file:" + m_path.string(), options)->releases_of(mbid(group), {});
        } catch (const SourceError& error) {
            return error;
        }
        return {ErrorKind::permanent, "none", "no error"};
    }

  private:
    static std::string unique() {
        static int number = 0;
        return std::to_string(::getpid()) + "-" + std::to_string(++number);
    }

    fs::path m_path;
};

/// A browse answer with those of the recorded Rumours releases.
std::string rumours_page(const std::vector<std::size_t>& at, int count) {
    const Json recorded =
        Json::parse(read_file(PRESSINGS_TEST_DATA "/musicbrainz/recorded/" + k_rumours + ".json"));
    Json page{{"release-count", count}, {"release-offset", 0}, {"releases", Json::array()}};
    for (const std::size_t index : at)
        page["releases"].push_back(recorded["releases"][index]);
    return page.dump();
}

bool mentions(const SourceError& error, const std::string& part) {
    return std::string{error.what()}.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("recorded pages follow each other by the number of releases received") {
    const Folder folder;
    folder.write(k_rumours + ".json", rumours_page({0, 1}, 3));
    folder.write(k_rumours + ".2.json", rumours_page({2}, 3));
    const auto source = make_source("file:" + folder.path().string(), {});
    const GroupReleases group = source->releases_of(mbid(k_rumours), {});
    CHECK(mbids_of(group).size() == 3);
    CHECK(group.requests == 2);
}

TEST_CASE("a release that recorded pages repeat is there once") {
    const Folder folder;
    folder.write(k_rumours + ".json", rumours_page({0, 1}, 3));
    folder.write(k_rumours + ".2.json", rumours_page({1, 2}, 3));
    const auto source = make_source("file:" + folder.path().string(), {});
    CHECK(source->releases_of(mbid(k_rumours), {}).releases.size() == 3);
}

TEST_CASE("recorded pages that end before the count name the page that is missing") {
    const Folder folder;
    folder.write(k_rumours + ".json", rumours_page({0, 1}, 3));
    const SourceError error = folder.error_of(k_rumours);
    CHECK(error.code == "incomplete");
    CHECK(error.kind == ErrorKind::permanent);
    CHECK(error.requests == 1);
    CHECK(mentions(error, "2 of 3 releases"));
    CHECK(mentions(error, k_rumours + ".2.json"));
}

TEST_CASE("a recorded page without releases ends the pages, not the program") {
    const Folder folder;
    folder.write(k_rumours + ".json", rumours_page({}, 3));
    CHECK(folder.error_of(k_rumours).code == "incomplete");
}

TEST_CASE("a group that nobody recorded is not found, by the name of the file") {
    const Folder folder;
    const SourceError error = folder.error_of(k_rumours);
    CHECK(error.code == "not_found");
    CHECK(error.kind == ErrorKind::permanent);
    CHECK(mentions(error, (folder.path() / (k_rumours + ".json")).string()));
}

TEST_CASE("a recorded answer that is none is refused by the name of the file") {
    const Folder folder;
    folder.write(k_rumours + ".json", R"({"releases":[]})");
    const SourceError error = folder.error_of(k_rumours);
    CHECK(error.code == "bad_answer");
    CHECK(mentions(error, k_rumours + ".json"));
    CHECK(mentions(error, "release-count is missing"));
}

TEST_CASE("a recorded answer that is too large or a folder is not read") {
    const Folder folder;
    folder.write(k_rumours + ".json", rumours_page({0, 1, 2}, 3));
    SourceOptions options;
    options.max_body_bytes = 100;
    CHECK(folder.error_of(k_rumours, options).code == "too_large");
    fs::create_directory(folder.path() / (k_in_rainbows + ".json"));
    CHECK(folder.error_of(k_in_rainbows).code == "unreadable");
    CHECK(folder.error_of(k_in_rainbows).kind == ErrorKind::transient);
}

TEST_CASE("a recorded group without releases is one") {
    const Folder folder;
    folder.write(k_rumours + ".json", rumours_page({}, 0));
    const auto source = make_source("file:" + folder.path().string(), {});
    const GroupReleases group = source->releases_of(mbid(k_rumours), {});
    CHECK(group.releases.empty());
    CHECK(!group.release_group);
}

TEST_CASE("recorded answers cannot be asked by release, name or artist") {
    const Folder folder;
    const auto source = make_source("file:" + folder.path().string(), {});
    CHECK_THROWS_AS(source->releases_of_group_with(mbid(k_nowhere), {}), SourceError);
    CHECK_THROWS_AS(source->releases_of_named({}, {}), SourceError);
    CHECK_THROWS_AS(source->release_groups_of(mbid(k_nowhere), {}, {}), SourceError);
}
