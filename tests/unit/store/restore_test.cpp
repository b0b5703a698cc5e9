// What a restore refuses, what it keeps of the old catalogue, and what it leaves beside the new
// one.
#include "store/restore.hpp"

#include <filesystem>

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include "base/error.hpp"
#include "store/sqlite/file/file_lock.hpp"
#include "store/sqlite/file/worker_lock.hpp"
#include "store/store_error.hpp"
#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;
using store::sqlite::FileLock;

namespace {

namespace fs = std::filesystem;

/// A catalogue with two albums, which nobody has open, and a copy of it from when it had one.
struct Copied : OpenCatalogue {
    Copied() {
        add(album_request(1));
        store.reset();
        fs::copy_file(path, copy);
        store = reopen();
        add(album_request(2));
        store.reset();
    }

    store::Restored restore() {
        const StopSignals stop;
        return store::restore(path, copy, store::Mode::write, {}, stop, clock);
    }
    std::string refusal() {
        try {
            restore();
        } catch (const Error& error) {
            return error.what();
        }
        return "none";
    }
    std::int64_t albums_of(const std::string& file) {
        store::StoreOptions options;
        options.access = store::Access::read;
        return store::open_store(file, options, clock)->jobs().status().albums;
    }
    void change_copy(const std::string& sql) {
        SQLite::Database{copy, SQLite::OPEN_READWRITE}.exec(sql);
    }

    std::string copy = folder.file("copy.db");
};

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("Nothing is restored while anybody works with the old catalogue, and it is told who") {
    Copied copied;
    FileLock other{copied.path};
    const auto refusal_while = [&](std::int64_t byte) {
        REQUIRE(other.try_share(byte));
        const auto refusal = copied.refusal();
        other.unlock(byte);
        return refusal;
    };
    CHECK(has(refusal_while(store::sqlite::worker_byte(7)), "a worker is at work"));
    CHECK(has(refusal_while(store::sqlite::k_writers_byte), "a tool is writing to it"));
    CHECK(has(refusal_while(store::sqlite::k_still_byte), "a tool is reading it"));
    {
        SQLite::Database foreign{copied.path};
        foreign.execAndGet("SELECT count(*) FROM albums");
        CHECK(has(copied.refusal(), "another program has it open"));
    }
    CHECK(copied.albums_of(copied.path) == 2);
    CHECK(copied.refusal() == "none");
    CHECK(copied.albums_of(copied.path) == 1);
}

TEST_CASE("What an old catalogue had in its log is in the file that is set aside") {
    Copied copied;
    copied.store = copied.reopen();
    copied.add(album_request(3));
    const std::string other = copied.folder.file("other.db");
    fs::copy_file(copied.path, other);
    fs::copy_file(copied.path + "-wal", other + "-wal");
    copied.store.reset();
    copied.path = other;
    const auto restored = copied.restore();
    REQUIRE(restored.set_aside);
    CHECK_FALSE(fs::exists(*restored.set_aside + "-wal"));
    CHECK(copied.albums_of(*restored.set_aside) == 3);
    CHECK(copied.albums_of(other) == 1);
}

TEST_CASE("Nothing of a damaged catalogue is left beside the one that is restored") {
    Copied copied;
    copied.folder.write("catalog.db", "no database at all");
    copied.folder.write("catalog.db-wal", "");
    copied.folder.write("catalog.db-shm", "the index of another log");
    const auto restored = copied.restore();
    CHECK(restored.damage);
    CHECK_FALSE(fs::exists(copied.path + "-wal"));
    CHECK_FALSE(fs::exists(copied.path + "-shm"));
    CHECK(copied.albums_of(copied.path) == 1);
}

TEST_CASE("A copy of an old schema, or whose counts are wrong, is not restored") {
    Copied old;
    old.change_copy("PRAGMA user_version = 1");
    CHECK(has(old.refusal(), "is from before the first release"));
    Copied wrong;
    wrong.change_copy("UPDATE totals SET value = value + 1 WHERE what = 'albums'");
    CHECK(has(wrong.refusal(), "is damaged"));
    CHECK(wrong.albums_of(wrong.path) == 2);
}
