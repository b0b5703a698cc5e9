#pragma once

#include <optional>
#include <vector>

#include "support/open_catalogue.hpp"

namespace pressings::test {

/// Albums of two releases each, all imported. Their releases have the MBIDs 1000 + 2n and one more.
struct Imported {
    OpenCatalogue catalogue;
    std::int64_t albums;

    explicit Imported(int count) : albums(count) {
        for (int n = 1; n <= count; ++n) {
            catalogue.add(album_request(n));
            catalogue.complete(catalogue.claim().front(), both(n));
        }
    }

    static std::vector<Release> both(int n) {
        return {release(1000 + 2 * n, "One"), release(1001 + 2 * n, "Other")};
    }

    /// Claims a new import of the album.
    ClaimedJob refresh(int n) {
        AddOptions options;
        options.refresh = true;
        catalogue.add(album_request(n), options);
        return catalogue.claim().front();
    }

    store::Import gone(int n) {
        store::Import import;
        import.job = refresh(n);
        import.group_is_gone = true;
        return import;
    }

    /// Lists the first of its releases only.
    store::Import halved(int n) {
        store::Import import;
        import.job = refresh(n);
        import.releases = {both(n).front()};
        return import;
    }

    store::Import whole(int n) {
        store::Import import;
        import.job = refresh(n);
        import.releases = both(n);
        return import;
    }

    store::AttemptResult write(const store::Import& import) { return write_all({import}).front(); }

    std::vector<store::AttemptResult> write_all(const std::vector<store::Import>& imports) {
        return catalogue.store->queue().complete(imports);
    }

    void hand_back(const store::Import& import) {
        catalogue.store->queue().finish_failed(
            {import.job, store::Verdict::requeue, std::nullopt, catalogue.clock.now_ms()});
    }

    void limit(std::int64_t most_albums, std::int64_t most_releases = 100) {
        RemovalLimit limit;
        limit.albums = most_albums;
        limit.releases = most_releases;
        catalogue.store->queue().limit_removals(limit);
    }

    std::int64_t removed_albums() {
        store::AlbumFilter filter;
        std::int64_t removed = 0;
        catalogue.store->catalogue().albums(
            filter, [&](const auto& album) { removed += album.removed_at_ms ? 1 : 0; });
        return removed;
    }
    std::int64_t present() { return catalogue.store->jobs().status().releases; }
};

}  // namespace pressings::test
