#include "intake/import_albums.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <stdexcept>
#include <thread>

#include <doctest/doctest.h>

#include "support/samples.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

/// Records n = 1, 2, 3 …; every one that is in `refused` is refused.
class Numbers final : public intake::RecordReader {
  public:
    Numbers(int count, std::vector<int> refused) : m_count(count), m_refused(std::move(refused)) {}

    /// What happens before the n-th record is given.
    std::function<void(int)> before = [](int) {};
    std::function<void()> stopped = [] {};
    std::atomic<int> given = 0;

    std::optional<intake::Record> next() override {
        if (m_next > m_count) return std::nullopt;
        const int n = m_next++;
        before(n);
        given = n;
        const bool bad = std::find(m_refused.begin(), m_refused.end(), n) != m_refused.end();
        return intake::Record{n, "",
                              bad ? intake::ReadAlbum{intake::Refusal{"bad", "bad"}}
                                  : intake::ReadAlbum{album_request(n)}};
    }
    void stop() override { stopped(); }

  private:
    int m_next = 1;
    int m_count;
    std::vector<int> m_refused;
};

/// Remembers the size of each transaction; breaks down in the one told.
class ScriptedStore final : public store::AlbumStore {
  public:
    std::vector<std::size_t> transactions;
    std::size_t breaks_at = 99;
    bool previewed = false;
    AddOptions options;
    std::function<void()> before = [] {};

    std::vector<store::AddedAlbum> add_albums(std::span<const AlbumRequest> requests,
                                              const AddOptions& given) override {
        options = given;
        before();
        if (transactions.size() == breaks_at) throw std::runtime_error("disk full");
        transactions.push_back(requests.size());
        std::vector<store::AddedAlbum> added(requests.size());
        for (std::size_t i = 0; i < added.size(); ++i)
            added[i].mbid = requests[i].album.mbid;
        return added;
    }
    std::vector<store::AddedAlbum> preview_albums(std::span<const AlbumRequest> requests,
                                                  const AddOptions&) override {
        previewed = true;
        return std::vector<store::AddedAlbum>(requests.size());
    }
    std::vector<store::AddedAlbum> refresh_albums(const store::RefreshFilter&, std::int64_t, int,
                                                  store::Mode) override {
        return {};
    }
    int refresh_odd_albums(int, int) override { return 0; }
    store::AddedAlbum identify_album(std::int64_t, const Mbid&,
                                     const store::IdentifyOptions&) override {
        return {};
    }
    store::AddedAlbum search_again(std::int64_t, const AlbumRequest&,
                                   const store::IdentifyOptions&) override {
        return {};
    }
    store::AddedAlbum add_discography(const Mbid&, const TypeFilter&, const std::string&, int,
                                      store::Mode) override {
        return {};
    }
    store::AddedAlbum add_list(JobKind, const Mbid&, const std::string&, int,
                               store::Mode) override {
        return {};
    }
};

/// Three albums a transaction, reading ahead.
intake::ImportOptions three_ahead() {
    intake::ImportOptions options;
    options.batch_size = 3;
    options.read_ahead = true;
    return options;
}

/// Long enough for any machine; waited for only where a test fails.
bool comes(std::future<void> what) {
    return what.wait_for(std::chrono::seconds{20}) == std::future_status::ready;
}

void ignore(const intake::Outcome&) {}

}  // namespace

TEST_CASE("Outcomes come in the order of the input, refused records at their place") {
    Numbers reader{5, {2, 5}};
    ScriptedStore store;
    std::vector<std::string> outcomes;
    intake::import_albums(reader, store, {}, [&](const intake::Outcome& outcome) {
        outcomes.push_back(std::to_string(outcome.record.line) +
                           (outcome.added != nullptr ? " added" : " refused"));
        if (outcome.added != nullptr) {
            CHECK(outcome.added->mbid == mbid(static_cast<int>(outcome.record.line)));
        }
    });
    CHECK(outcomes ==
          std::vector<std::string>{"1 added", "2 refused", "3 added", "4 added", "5 refused"});
}

TEST_CASE("A transaction has as many albums as asked for") {
    Numbers reader{7, {}};
    ScriptedStore store;
    intake::ImportOptions options;
    options.batch_size = 3;
    intake::import_albums(reader, store, options, [](const auto&) {});
    CHECK(store.transactions == std::vector<std::size_t>{3, 3, 1});
}

TEST_CASE("A transaction has fewer albums where they are large, so that memory is bounded") {
    Numbers reader{7, {2}};
    ScriptedStore store;
    intake::ImportOptions options;
    options.batch_bytes = 1;
    intake::import_albums(reader, store, options, [](const auto&) {});
    CHECK(store.transactions == std::vector<std::size_t>{1, 1, 1, 1, 1, 1});
}

TEST_CASE("What was committed before the store broke down is reported, nothing else") {
    Numbers reader{7, {}};
    ScriptedStore store;
    store.breaks_at = 1;
    intake::ImportOptions options;
    options.batch_size = 3;
    int reported = 0;
    CHECK_THROWS(intake::import_albums(reader, store, options, [&](const auto&) { ++reported; }));
    CHECK(reported == 3);
}

TEST_CASE("Whoever wants to know is told when the outcomes of a transaction are complete") {
    Numbers reader{3, {}};
    ScriptedStore store;
    std::string order;
    intake::ImportOptions options;
    options.batch_size = 2;
    options.after_batch = [&] { order += "|"; };
    intake::import_albums(reader, store, options, [&](const intake::Outcome& outcome) {
        order += std::to_string(outcome.record.line);
    });
    CHECK(order == "12|3|");
}

TEST_CASE("What is to be done with the albums is passed on to the store") {
    Numbers reader{1, {}};
    ScriptedStore store;
    intake::ImportOptions options;
    options.add.queue_job = false;
    options.add.refresh = true;
    intake::import_albums(reader, store, options, [](const auto&) {});
    CHECK_FALSE(store.options.queue_job);
    CHECK(store.options.refresh);
}

TEST_CASE("A batch of nothing but refused records opens no transaction, nor does an empty one") {
    ScriptedStore store;
    int reported = 0;
    const auto count = [&](const intake::Outcome&) { ++reported; };
    Numbers refused{2, {1, 2}};
    intake::import_albums(refused, store, {}, count);
    Numbers empty{0, {}};
    intake::import_albums(empty, store, {}, count);
    CHECK(reported == 2);
    CHECK(store.transactions.empty());
}

TEST_CASE("A dry run only previews") {
    Numbers reader{2, {}};
    ScriptedStore store;
    intake::ImportOptions options;
    options.mode = store::Mode::dry_run;
    intake::import_albums(reader, store, options, [](const auto&) {});
    CHECK(store.previewed);
    CHECK(store.transactions.empty());
}

TEST_CASE("A batch is read while the one before it is written, if that is wished") {
    Numbers reader{6, {}};
    std::promise<void> read;
    reader.before = [&](int n) {
        if (n == 6) read.set_value();
    };
    ScriptedStore store;
    bool meanwhile = false;
    store.before = [&] {
        if (store.transactions.empty()) meanwhile = comes(read.get_future());
    };
    intake::import_albums(reader, store, three_ahead(), ignore);
    CHECK(meanwhile);
    CHECK(store.transactions == std::vector<std::size_t>{3, 3});
}

TEST_CASE("No more than one batch is read ahead, so that memory is bounded") {
    Numbers reader{60, {}};
    ScriptedStore store;
    int furthest = 0;
    store.before = [&] {
        const int written = static_cast<int>(store.transactions.size()) * 3;
        furthest = std::max(furthest, reader.given - written);
    };
    intake::import_albums(reader, store, three_ahead(), ignore);
    CHECK(furthest <= 6);
    CHECK(store.transactions.size() == 20);
}

TEST_CASE("Outcomes of batches that were read ahead come in the order of the input") {
    Numbers reader{8, {4}};
    ScriptedStore store;
    std::string order;
    intake::import_albums(reader, store, three_ahead(), [&](const intake::Outcome& outcome) {
        order += std::to_string(outcome.record.line) + (outcome.refusal != nullptr ? "r" : "");
    });
    CHECK(order == "1234r5678");
    CHECK(store.transactions == std::vector<std::size_t>{3, 2, 2});
}

TEST_CASE("No thread is started for albums that do not fill a batch, nor if none is wished") {
    for (const int count : {2, 6}) {
        Numbers reader{count, {}};
        bool elsewhere = false;
        reader.before = [&, here = std::this_thread::get_id()](int) {
            elsewhere = elsewhere || std::this_thread::get_id() != here;
        };
        ScriptedStore store;
        auto options = three_ahead();
        options.read_ahead = count < 3;
        intake::import_albums(reader, store, options, ignore);
        CHECK_FALSE(elsewhere);
    }
}

TEST_CASE("What a reader throws comes out when the batches before it are written and reported") {
    for (const bool read_ahead : {true, false}) {
        Numbers reader{9, {}};
        reader.before = [](int n) {
            if (n == 8) throw std::runtime_error("torn");
        };
        ScriptedStore store;
        auto options = three_ahead();
        options.read_ahead = read_ahead;
        int reported = 0;
        const auto count = [&](const intake::Outcome&) { ++reported; };
        CHECK_THROWS_WITH(intake::import_albums(reader, store, options, count), "torn");
        CHECK(reported == 6);
        CHECK(store.transactions == std::vector<std::size_t>{3, 3});
    }
}

TEST_CASE("When the store breaks down, a reader that waits for input is let go") {
    Numbers reader{6, {}};
    std::promise<void> stopped;
    bool let_go = false;
    reader.stopped = [&] { stopped.set_value(); };
    reader.before = [&](int n) {
        if (n == 5) let_go = comes(stopped.get_future());
    };
    ScriptedStore store;
    store.breaks_at = 0;
    store.before = [&] {
        while (reader.given < 4)
            std::this_thread::yield();
    };
    CHECK_THROWS_WITH(intake::import_albums(reader, store, three_ahead(), ignore), "disk full");
    CHECK(let_go);
}
