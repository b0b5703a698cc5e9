// The write-ahead log stays short: with nobody beside, with readers in overlapping turns, and from
// one opening to the next.
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

#include <doctest/doctest.h>
#include <poll.h>

#include "store/open_store.hpp"
#include "store/request_slots.hpp"
#include "store/sqlite/engine/connection.hpp"
#include "support/temporary_folder.hpp"

using namespace pressings;
using namespace pressings::test;
using store::sqlite::Connection;
using store::sqlite::FileLock;
using store::sqlite::k_still_byte;
using store::sqlite::k_writers_byte;
using store::sqlite::LogKeeper;
using store::sqlite::ReadTransaction;
using store::sqlite::WriteTransaction;

namespace {

constexpr int k_log_pages = 100;
constexpr std::int64_t k_page_bytes = 8192;
constexpr int k_pages_a_commit = 25;
constexpr std::int64_t k_log_bytes = k_log_pages * k_page_bytes;

/// A database whose log shall have 100 pages, and a writer of 25 pages a commit.
struct Written {
    Written() {
        writer.execute(
            "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; CREATE TABLE filling (bytes "
            "BLOB)");
        writer.keep_log(LogKeeper{k_log_pages});
    }
    void commit() { commit(writer); }
    static void commit(Connection& connection) {
        WriteTransaction transaction{connection};
        for (int row = 0; row < k_pages_a_commit; ++row)
            connection.query("INSERT INTO filling VALUES (randomblob(7900))").run();
        transaction.commit();
    }

    TemporaryFolder folder;
    std::string path = folder.write("some.db", "");  // SQLite makes a database of it
    Connection writer{path, 60'000};
};

/// Two who read by turns, each until the other has begun: there is never a moment without a reader.
class OverlappingReaders {
  public:
    explicit OverlappingReaders(const std::string& path) {
        for (int reader : {0, 1})
            m_threads[reader] = std::jthread{[this, path, reader] { read(path, reader); }};
        std::unique_lock lock{m_mutex};
        m_turned.wait(lock, [&] { return m_begun > 2; });
    }
    ~OverlappingReaders() {
        const std::lock_guard lock{m_mutex};
        m_end = true;
        m_turned.notify_all();
    }
    OverlappingReaders(const OverlappingReaders&) = delete;
    OverlappingReaders& operator=(const OverlappingReaders&) = delete;

    int begun() {
        const std::lock_guard lock{m_mutex};
        return m_begun;
    }

  private:
    void read(const std::string& path, int reader) {
        Connection connection{path, 60'000};
        while (true) {
            const ReadTransaction view{connection};
            connection.integer("SELECT length(bytes) FROM filling");
            std::unique_lock lock{m_mutex};
            m_latest = reader;
            ++m_begun;
            m_turned.notify_all();
            m_turned.wait(lock, [&] { return m_end || m_latest != reader; });
            if (m_end) return;
        }
    }

    std::mutex m_mutex;
    std::condition_variable m_turned;
    int m_latest = -1;
    int m_begun = 0;
    bool m_end = false;
    std::array<std::jthread, 2> m_threads;
};

/// Whether the descriptor becomes readable within a while.
bool is_readable(int descriptor, int longest_ms) {
    pollfd asked{descriptor, POLLIN, 0};
    return ::poll(&asked, 1, longest_ms) == 1;
}

}  // namespace

TEST_CASE("The log of a writer alone begins anew again and again, and its file does not grow") {
    Written database;
    for (int n = 0; n < 100; ++n) {
        database.commit();
        REQUIRE(database.writer.log_bytes() < 2 * k_log_bytes);
    }
}

TEST_CASE("The log stays bounded under readers that follow one another without a gap") {
    Written database;
    database.commit();
    OverlappingReaders readers{database.path};
    const int before = readers.begun();
    std::int64_t longest = 0;
    for (int n = 0; n < 100; ++n) {
        database.commit();
        longest = std::max(longest, database.writer.log_bytes());
    }
    CHECK(longest < 6 * k_log_bytes);
    CHECK(readers.begun() > before + 10);
}

TEST_CASE("A reader that stays costs a writer few waits, and the log is short when it has gone") {
    Written database;
    {
        Connection other{database.path, 60'000};
        const ReadTransaction view{other};
        other.integer("SELECT count(*) FROM filling");
        Connection hasty{database.path, 20};  // waits for readers half as long at most
        hasty.keep_log(LogKeeper{k_log_pages});
        for (int n = 0; n < 20; ++n)
            Written::commit(hasty);
        CHECK(hasty.log_bytes() > 4 * k_log_bytes);
    }
    for (int n = 0; n < 10; ++n)
        database.commit();
    CHECK(database.writer.log_bytes() < 3 * k_log_bytes);
}

TEST_CASE("A log does not grow from one opening to the next, though another has the file open") {
    Written database;
    for (int n = 0; n < 30; ++n) {
        {
            Connection connection{database.path, 60'000};
            Written::commit(connection);
        }
        REQUIRE(database.writer.log_bytes() == 0);
    }
}

TEST_CASE("While somebody reads the file as it is, no log is moved into it, and then it is again") {
    Written database;
    FileLock reader{database.path};
    REQUIRE(reader.try_share(k_still_byte));
    {
        Connection connection{database.path, 60'000};
        connection.keep_log(LogKeeper{k_log_pages});
        const auto size_before = std::filesystem::file_size(database.path);
        for (int n = 0; n < 20; ++n)
            Written::commit(connection);
        CHECK(std::filesystem::file_size(database.path) == size_before);
    }
    CHECK(database.writer.log_bytes() > 4 * k_log_bytes);
    reader.unlock(k_still_byte);
    for (int n = 0; n < 10; ++n)
        database.commit();
    CHECK(database.writer.log_bytes() < 3 * k_log_bytes);
    CHECK(reader.try_share(k_still_byte));
}

TEST_CASE("A writer that has waited for readers of the log is as patient as before") {
    Written database;
    Connection other{database.path, 60'000};
    const ReadTransaction view{other};
    other.integer("SELECT count(*) FROM filling");
    Connection hasty{database.path, 20};
    hasty.keep_log(LogKeeper{k_log_pages});
    for (int n = 0; n < 12; ++n)
        Written::commit(hasty);
    CHECK(hasty.integer("PRAGMA busy_timeout") == 20);
}

TEST_CASE("Who watches a log looks again until the writer has ended, and then no more") {
    Written database;
    const auto watch = store::watch_changes(database.path);
    FileLock writer{database.path};
    database.commit();
    REQUIRE(writer.try_lock(k_writers_byte));  // the next one is about to commit
    CHECK(watch->changed());
    for (int looks = 0; looks < 3; ++looks) {
        CHECK(is_readable(watch->descriptor(), 10'000));
        CHECK(watch->changed());
    }
    writer.unlock(k_writers_byte);
    CHECK(is_readable(watch->descriptor(), 10'000));
    CHECK(watch->changed());
    CHECK_FALSE(is_readable(watch->descriptor(), 150));
    CHECK_FALSE(watch->changed());
}
