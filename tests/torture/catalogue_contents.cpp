#include "torture/catalogue_contents.hpp"

#include "base/error.hpp"
#include "store/open_store.hpp"

namespace pressings::test {

OpenJobs open_jobs(const std::string& db) {
    OpenJobs open;
    for (const auto& count : store::open_store(db, {}, system_clock())->jobs().status().counts) {
        if (count.state == JobState::failed) open.failed += count.jobs;
        if (count.state == JobState::pending || count.state == JobState::running) {
            open.pending += count.jobs;
        }
    }
    return open;
}

std::map<std::string, std::int64_t> attempts_of(const std::string& db) {
    std::map<std::string, std::int64_t> attempts;
    for (const auto& count : store::open_store(db, {}, system_clock())->jobs().status().attempts)
        attempts[count.name] = count.count;
    return attempts;
}

std::map<std::string, std::int64_t> album_numbers(const std::string& db) {
    std::map<std::string, std::int64_t> numbers;
    const auto store = store::open_store(db, {}, system_clock());
    store->catalogue().albums({}, [&](const store::AlbumRecord& album) {
        if (album.album.mbid) numbers[album.album.mbid->to_string()] = album.id;
    });
    return numbers;
}

std::vector<std::string> faults_of(const std::string& db) {
    std::vector<std::string> faults;
    try {
        for (const auto& fault :
             store::open_store(db, {}, system_clock())->maintenance().check().faults)
            faults.push_back(fault.what);
    } catch (const Error& error) {
        faults.emplace_back(error.what());
    }
    return faults;
}

CatalogueContents contents_of(const std::string& db) {
    CatalogueContents contents;
    const auto store = store::open_store(db, {}, system_clock());
    for (const auto& fault : store->maintenance().check().faults)
        contents.problems.push_back(fault.what);
    store->catalogue().albums({}, [&](const store::AlbumRecord& album) {
        ++contents.albums;
        if (album.job_state != "done") {
            contents.problems.push_back("album " + std::to_string(album.id) + ": its job is " +
                                        album.job_state.value_or("not there"));
        }
    });
    store::ReleaseFilter filter;
    filter.with_tracks = true;
    store->catalogue().releases(filter, [&](const store::ReleaseRecord& release) {
        if (!contents.releases.emplace(release.release.mbid.to_string(), release.release).second) {
            contents.problems.push_back("a release is there twice");
        }
    });
    return contents;
}

}  // namespace pressings::test
