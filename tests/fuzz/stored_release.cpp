// What the readers of MusicBrainz's answers take, the catalogue can keep, and gives back as it
// was. The input is a page of releases, or a release.
#include <unordered_map>

#include "fuzz/answer.hpp"
#include "fuzz/require_release.hpp"
#include "source/ws2/release_pages.hpp"
#include "store/open_store.hpp"
#include "support/fake_clock.hpp"
#include "support/temporary_folder.hpp"

namespace pressings::fuzz {

namespace {

std::optional<source::GroupReleases> read_group(std::string_view input) {
    auto page = read_answer(input, source::parse_browse_page);
    if (!page) {
        auto parsed = read_answer(input, source::parse_release);
        if (!parsed) return std::nullopt;
        page.emplace().release_count = 1;
        page->releases.push_back(std::move(parsed->release));
        page->release_group = std::move(parsed->release_group);
        page->odd_group = std::move(parsed->odd_group);
    }
    source::ReleasePages pages;
    pages.add(std::move(*page), 0);
    return pages.take(1);
}

/// Where each input has an empty catalogue: a copy of one, which is quicker than a new one.
class Shelf {
  public:
    std::string empty_catalogue() {
        for (const char* suffix : {"", "-wal", "-shm", "-rate"})
            std::filesystem::remove(m_folder.file(std::string{"used.db"} + suffix));
        std::filesystem::copy_file(m_empty, m_folder.file("used.db"));
        return m_folder.file("used.db");
    }

  private:
    std::string make_empty() {
        test::FakeClock clock;
        const std::string path = m_folder.file("empty.db");
        store::open_store(path, {}, clock);
        return path;
    }

    test::TemporaryFolder m_folder;
    std::string m_empty = make_empty();
};

std::string empty_catalogue() {
    static Shelf shelf;
    return shelf.empty_catalogue();
}

/// A catalogue of its own with one album, known by its MBID.
class Catalogue {
  public:
    explicit Catalogue(const Mbid& album) {
        AlbumRequest request;
        request.album.mbid = album;
        m_album_id = *m_store->albums().add_albums({&request, 1}, {}).front().album_id;
        m_store->queue().start_worker("fuzz");
    }

    /// Imports these releases into the album, as a worker does.
    store::AttemptResult import(const source::GroupReleases& group) {
        const auto jobs = m_store->queue().claim({}, 60'000);
        require(jobs.size() == 1, "the album has a job");
        store::Import import{jobs.front(), group.release_group, group.releases, 1};
        import.oddities = group.oddities;
        import.lists_all = group.lists_all;
        return m_store->queue().complete({&import, 1}).front();
    }

    void refresh() {
        const auto queued = m_store->albums().refresh_albums({}, 0, 10, store::Mode::write);
        require(queued.size() == 1, "there is one album");
    }

    std::unordered_map<Mbid, Release> releases() {
        store::ReleaseFilter filter;
        filter.album_id = m_album_id;
        filter.with_tracks = true;
        std::unordered_map<Mbid, Release> found;
        m_store->catalogue().releases(
            filter, [&](const auto& record) { found[record.release.mbid] = record.release; });
        return found;
    }

    Album album() { return m_store->catalogue().album(m_album_id)->album; }

    bool is_sound() { return m_store->maintenance().check().faults.empty(); }

  private:
    test::FakeClock m_clock;
    std::unique_ptr<store::Store> m_store = store::open_store(empty_catalogue(), {}, m_clock);
    std::int64_t m_album_id = 0;
};

}  // namespace

void take(std::string_view input) {
    auto group = read_group(input);
    if (!group) return;
    const Mbid some_album = *Mbid::parse("f5093c06-23e3-404f-aeaa-40f72885ee3a");
    Catalogue catalogue{group->release_group ? *group->release_group->mbid : some_album};
    const store::AttemptResult first = catalogue.import(*group);
    const auto count = static_cast<int>(group->releases.size());
    require(first.accepted, "what was read can be stored");
    require(first.releases == ReleaseCounts{count, count, 0, 0, 0}, "each release is new");
    require(first.oddities == group->oddities, "what was kept back is told");
    const auto stored = catalogue.releases();
    for (const Release& release : group->releases) {
        const auto found = stored.find(release.mbid);
        require(found != stored.end() && found->second == release, "and comes back as it was");
    }
    if (group->release_group) {
        require(catalogue.album() == *group->release_group, "so does the album");
    }
    catalogue.refresh();
    require(catalogue.import(*group).releases == ReleaseCounts{count, 0, 0, count, 0},
            "the same again changes nothing");
    require(catalogue.is_sound(), "the catalogue is sound");
}

}  // namespace pressings::fuzz
