// The locks on a database file: one for all of its names, and SQLite's own beside them.
#include <filesystem>
#include <functional>

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/sqlite/engine/connection.hpp"
#include "store/sqlite/file/worker_lock.hpp"
#include "store/store_error.hpp"
#include "support/no_room.hpp"
#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;
using store::sqlite::FileLock;

namespace {

/// Whether another process finds the lock with which SQLite keeps a database in WAL mode from being
/// taken over by one who thinks that he is alone (SHARED_FIRST in SQLite's os.h).
bool is_kept_by_sqlite(const std::string& path) {
    const pid_t child = ::fork();  // has none of this process's locks
    if (child == 0) {
        struct flock asked {};
        asked.l_type = F_WRLCK;
        asked.l_whence = SEEK_SET;
        asked.l_start = 0x40000002;
        asked.l_len = 510;
        const int file = ::open(path.c_str(), O_RDWR);
        ::fcntl(file, F_GETLK, &asked);
        ::_exit(asked.l_type == F_UNLCK ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 1;
}

std::string refusal_of(const std::function<void()>& work) {
    try {
        work();
    } catch (const store::StoreError& error) {
        return error.what();
    }
    return "no refusal";
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("A lock on a byte is one for every name of the file, and ends with its owner") {
    OpenCatalogue catalogue;
    const std::string link = catalogue.folder.file("link.db");
    std::filesystem::create_symlink(catalogue.path, link);
    FileLock other{link};
    {
        FileLock one{catalogue.path};
        CHECK(one.try_lock(store::sqlite::k_writers_byte));
        CHECK_FALSE(other.try_lock(store::sqlite::k_writers_byte));
        CHECK(other.is_held_elsewhere(store::sqlite::k_writers_byte));
        CHECK(other.try_lock(store::sqlite::worker_byte(7)));
    }
    CHECK(other.try_lock(store::sqlite::k_writers_byte));
}

TEST_CASE("A byte may be shared by several, and then is nobody's alone") {
    OpenCatalogue catalogue;
    FileLock one{catalogue.path};
    FileLock other{catalogue.path};
    CHECK(one.try_share(store::sqlite::k_still_byte));
    CHECK(other.try_share(store::sqlite::k_still_byte));
    CHECK_FALSE(one.try_lock(store::sqlite::k_still_byte));
    CHECK(one.is_held_elsewhere(store::sqlite::k_still_byte));
}

TEST_CASE("Whether any worker lives is seen, whatever its number") {
    OpenCatalogue catalogue;
    FileLock one{catalogue.path};
    const FileLock other{catalogue.path};
    CHECK_FALSE(other.is_any_held_elsewhere(store::sqlite::worker_byte(0)));
    CHECK(one.try_lock(store::sqlite::worker_byte(4'711)));
    CHECK(other.is_any_held_elsewhere(store::sqlite::worker_byte(0)));
    CHECK_FALSE(other.is_any_held_elsewhere(store::sqlite::worker_byte(4'712)));
}

TEST_CASE("Locks that come and go leave SQLite its own") {
    OpenCatalogue catalogue;
    REQUIRE(is_kept_by_sqlite(catalogue.path));
    {
        FileLock first{catalogue.path};
        const FileLock second{catalogue.path};
        first.try_lock(store::sqlite::worker_byte(7));
    }
    CHECK(is_kept_by_sqlite(catalogue.path));
    catalogue.store->maintenance().check();
    CHECK(is_kept_by_sqlite(catalogue.path));
    catalogue.reopen();  // a second store, closed again
    CHECK(is_kept_by_sqlite(catalogue.path));
    catalogue.store.reset();
    CHECK_FALSE(is_kept_by_sqlite(catalogue.path));
}

TEST_CASE("Locks that come and go leave no descriptors behind") {
    const auto open_files = [] {
        const std::filesystem::directory_iterator all{"/proc/self/fd"};
        return std::distance(begin(all), end(all));
    };
    OpenCatalogue catalogue;
    catalogue.store->maintenance().check();
    const auto before = open_files();
    for (int n = 0; n < 20; ++n) {
        const FileLock lock{catalogue.path};
    }
    CHECK(open_files() == before);
    catalogue.store.reset();
    CHECK(open_files() < before - 1);
}

TEST_CASE("Through a symbolic link a database is the same, with the same log and workers") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    REQUIRE(catalogue.claim().size() == 1);
    OpenCatalogue by_link;
    std::filesystem::create_directory(by_link.folder.file("links"));
    by_link.path = by_link.folder.file("links/link.db");
    std::filesystem::create_symlink("../second.db", by_link.path);
    std::filesystem::create_symlink(catalogue.path, by_link.folder.file("second.db"));
    by_link.store = by_link.reopen();
    CHECK(by_link.store->queue().recover().empty());
    CHECK(by_link.store->maintenance().check().faults.empty());
    CHECK_FALSE(std::filesystem::exists(by_link.path + "-wal"));
    CHECK(store::exists(by_link.path, {}));
    CHECK(store::is_part_of(by_link.path, catalogue.path + "-wal"));
    CHECK(store::is_part_of(catalogue.path, by_link.path));
    std::filesystem::create_symlink(catalogue.folder.path(), by_link.folder.file("folder"));
    const std::string not_there_yet = by_link.folder.file("folder/catalog.db-journal");
    CHECK(store::is_part_of(catalogue.path, not_there_yet));
}

TEST_CASE("A new database can be made behind a symbolic link") {
    OpenCatalogue catalogue;
    catalogue.path = catalogue.folder.file("link.db");
    std::filesystem::create_symlink("there/new.db", catalogue.path);
    CHECK_FALSE(store::exists(catalogue.path, {}));
    CHECK(catalogue.reopen());
    CHECK(std::filesystem::exists(catalogue.folder.file("there/new.db-wal")));
}

TEST_CASE("Symbolic links that lead in a circle are no database") {
    OpenCatalogue catalogue;
    catalogue.path = catalogue.folder.file("circle.db");
    std::filesystem::create_symlink("circle.db", catalogue.path);
    CHECK(has(refusal_of([&] { catalogue.reopen(); }), "leads nowhere"));
}

TEST_CASE("A database with a second hard link is refused, to write and to read") {
    OpenCatalogue catalogue;
    catalogue.store.reset();
    const std::string link = catalogue.folder.file("hard.db");
    std::filesystem::create_hard_link(catalogue.path, link);
    for (const std::string& path : {catalogue.path, link}) {
        for (const auto access : {store::Access::write, store::Access::read}) {
            store::StoreOptions options;
            options.access = access;
            CHECK(has(refusal_of([&] { store::open_store(path, options, catalogue.clock); }),
                      "2 names (hard links)"));
        }
    }
    CHECK_FALSE(std::filesystem::exists(link + "-wal"));
    std::filesystem::remove(link);
    CHECK(catalogue.reopen());
}

TEST_CASE("A database that is linked while it is open is not written any more") {
    OpenCatalogue catalogue;
    std::filesystem::create_hard_link(catalogue.path, catalogue.folder.file("hard.db"));
    CHECK(has(refusal_of([&] { catalogue.add(album_request(1)); }), "hard links"));
}

TEST_CASE("A database that was moved, removed or replaced is not written any more, nor claimed") {
    enum class Change { move, remove, replace };
    for (const auto change : {Change::move, Change::remove, Change::replace}) {
        OpenCatalogue catalogue;
        catalogue.add(album_request(1));
        const auto job = catalogue.claim().front();
        if (change == Change::move) {
            std::filesystem::rename(catalogue.path, catalogue.folder.file("moved.db"));
        } else {
            std::filesystem::remove(catalogue.path);
        }
        if (change == Change::replace) catalogue.folder.write("catalog.db", "");
        store::JobQueue& queue = catalogue.store->queue();
        const std::function<void()> writes[] = {
            [&] { catalogue.add(album_request(2)); },
            [&] { catalogue.complete(job, {release(1, "First")}); },
            [&] { queue.claim({}, 60'000); },
            [&] { queue.renew(60'000); },
            [&] { queue.recover(); },
        };
        for (const auto& write : writes)
            CHECK(has(refusal_of(write), "replaced or removed while in use"));
    }
}

TEST_CASE("A database that was moved or replaced is not read any more either") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    std::filesystem::rename(catalogue.path, catalogue.folder.file("moved.db"));
    catalogue.folder.write("catalog.db", "");
    store::Store& store = *catalogue.store;
    const std::function<void()> reads[] = {
        [&] { store.queue().backlog({}); },
        [&] { store.queue().known_releases(); },
        [&] { store.jobs().status(); },
        [&] { store.catalogue().in_one_view([] {}); },
    };
    for (const auto& read : reads)
        CHECK(has(refusal_of(read), "replaced or removed while in use"));
}

TEST_CASE("A database that was moved while it was open keeps its log, and is whole put back") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    const std::string moved = catalogue.folder.file("moved.db");
    std::filesystem::rename(catalogue.path, moved);
    catalogue.store.reset();
    CHECK(std::filesystem::file_size(catalogue.path + "-wal") > 0);
    std::filesystem::rename(moved, catalogue.path);
    CHECK(catalogue.reopen()->jobs().status().albums == 1);
}

TEST_CASE("A commit that went to a file that was moved meanwhile is no success") {
    OpenCatalogue catalogue;
    store::sqlite::Connection connection{catalogue.path, 200, store::Access::write};
    store::sqlite::WriteTransaction transaction{connection};
    connection.execute("DELETE FROM paused_queues");
    std::filesystem::rename(catalogue.path, catalogue.folder.file("moved.db"));
    CHECK_THROWS_AS(transaction.commit(), store::StoreError);
}

TEST_CASE("A database that is not there is opened by nobody, and nothing is left in its place") {
    const TemporaryFolder folder;
    const std::string path = folder.file("vanished.db");
    for (const auto access : {store::Access::write, store::Access::read}) {
        CHECK(has(refusal_of([&] {
                      store::sqlite::Connection{path, 200, access};
                  }),
                  "vanished.db cannot be opened: No such file"));
    }
    CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("A log or an index that was removed under an open database is told of") {
    for (const char* suffix : {"-wal", "-shm"}) {
        CAPTURE(suffix);
        OpenCatalogue catalogue;
        catalogue.add(album_request(1));
        std::filesystem::remove(catalogue.path + suffix);
        const auto refusal = refusal_of([&] { catalogue.add(album_request(2)); });
        CHECK(has(refusal, "catalog.db" + std::string{suffix} + " was replaced or removed"));
        CHECK(has(refusal, "run `release-worker check`"));
    }
}

TEST_CASE("After a write that found the database locked the writers' lock is free for others") {
    OpenCatalogue catalogue;
    const auto other = catalogue.reopen();
    {
        SQLite::Database foreign{catalogue.path, SQLite::OPEN_READWRITE};
        foreign.exec("BEGIN IMMEDIATE");
        CHECK_THROWS_AS(catalogue.add(album_request(1)), store::StoreBusy);
        foreign.exec("ROLLBACK");
    }
    const auto request = album_request(1);
    CHECK(other->albums().add_albums({&request, 1}, {}).front().status == AddStatus::created);
}

TEST_CASE("Who has opened a database to read cannot write, though the file may be written") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    store::sqlite::Connection reader{catalogue.path, 200, store::Access::read};
    CHECK_THROWS_AS(reader.execute("DELETE FROM jobs"), store::StoreError);
    CHECK(reader.integer("SELECT count(*) FROM jobs") == 1);
}

TEST_CASE("A commit waits until it is on the disk") {
    OpenCatalogue catalogue;
    store::sqlite::Connection connection{catalogue.path, 200, store::Access::write};
    constexpr int k_full = 2;
    CHECK(connection.integer("PRAGMA synchronous") == k_full);
}

TEST_CASE("A worker that could not be written down leaves its number, and its byte, to the next") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    {
        const NoRoom no_room;
        CHECK_THROWS_AS(catalogue.claim(), store::StoreError);
    }
    const auto next = catalogue.reopen();
    next->queue().start_worker("next");
    CHECK(next->queue().claim({}, 60'000).size() == 1);
}
