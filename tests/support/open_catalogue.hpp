#pragma once

#include <memory>
#include <string>
#include <vector>

#include "store/open_store.hpp"
#include "support/fake_clock.hpp"
#include "support/new_catalogue.hpp"
#include "support/samples.hpp"
#include "support/temporary_folder.hpp"

namespace pressings::test {

/// A catalogue of its own for one test, of that engine.
struct OpenCatalogue {
    TemporaryFolder folder;
    std::string path = new_catalogue(folder);
    FakeClock clock;
    std::unique_ptr<store::Store> store = reopen();

    std::unique_ptr<store::Store> reopen() {
        store::StoreOptions options;
        options.busy_timeout_ms = 200;
        options.pooler = pooler_of_catalogue();
        return store::open_store(path, options, clock);
    }

    store::AddedAlbum add(const AlbumRequest& request, const AddOptions& options = {}) {
        return store->albums().add_albums({&request, 1}, options).front();
    }

    /// Claims what is due as a worker of the name "test".
    std::vector<ClaimedJob> claim(int limit = 1) {
        if (!m_started) store->queue().start_worker("test");
        m_started = true;
        store::ClaimFilter filter;
        filter.limit = limit;
        return store->queue().claim(filter, 60'000);
    }

    store::AttemptResult complete(const ClaimedJob& job, std::vector<Release> releases) {
        Album group;
        group.mbid = job.album.mbid;
        group.title = "An album";
        return complete_as(job, group, std::move(releases));
    }

    store::AttemptResult complete_as(const ClaimedJob& job, const Album& group,
                                     std::vector<Release> releases) {
        const store::Import import{job, group, std::move(releases), 1};
        return store->queue().complete({&import, 1}).front();
    }

    store::JobControl::ActionResult apply(std::int64_t job_id, store::JobAction what) {
        return store->control().apply({&job_id, 1}, what, store::Mode::write).front();
    }

    store::JobRecord job(std::int64_t id) { return *store->jobs().job(id); }

    std::vector<store::ReleaseRecord> releases(std::int64_t album_id) {
        store::ReleaseFilter filter;
        filter.album_id = album_id;
        filter.with_removed = true;
        filter.with_tracks = true;
        std::vector<store::ReleaseRecord> all;
        store->catalogue().releases(filter, [&](const auto& release) { all.push_back(release); });
        return all;
    }

  private:
    bool m_started = false;
};

}  // namespace pressings::test
