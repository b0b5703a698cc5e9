#include "store/postgresql/request_slots.hpp"

#include <mutex>
#include <set>

#include "store/open_store.hpp"
#include "store/postgresql/engine/connection.hpp"

namespace pressings::store::postgresql {

namespace {

constexpr std::string_view k_add =
    "INSERT INTO request_slots (service) VALUES (?1) ON CONFLICT DO NOTHING";
// Nothing is further ahead than any hold may last.
constexpr std::string_view k_take =
    "WITH slot AS MATERIALIZED (SELECT greatest(next_at, held_until) AS free FROM request_slots "
    " WHERE service = ?1 FOR NO KEY UPDATE), "
    "taken AS (UPDATE request_slots SET next_at = clock_timestamp() + ?2 * interval '1 ms' "
    " FROM slot WHERE service = ?1 AND slot.free <= clock_timestamp() RETURNING 1) "
    "SELECT CASE WHEN EXISTS (SELECT 1 FROM taken) THEN 0 ELSE least(3600000, greatest(1, "
    " ceil(extract(epoch FROM free - clock_timestamp()) * 1000)))::bigint END FROM slot";
constexpr std::string_view k_hold =
    "UPDATE request_slots SET held_until = greatest(held_until, "
    " clock_timestamp() + least(?2, 3600000) * interval '1 ms') WHERE service = ?1";
constexpr std::string_view k_holds =
    "SELECT service, ceil(extract(epoch FROM held_until - clock_timestamp()) * 1000)::bigint "
    "FROM request_slots WHERE held_until > clock_timestamp() ORDER BY service";

class TableRequestSlots final : public RequestSlots {
  public:
    TableRequestSlots(const std::string& location, const StoreOptions& options, Clock& clock)
        : m_connection(location, options, clock) {
        // A slot that a crash of the server forgets is one request too early, and no transaction
        // has to wait for the disk.
        sql::guarded(m_connection,
                     [&] { m_connection.session().set("synchronous_commit", "off"); });
    }

    Millis take(const std::string& host, Millis interval_ms) override {
        return with(host, [&] {
            Query row = m_connection.query(k_take);
            if (row.bind(host, interval_ms).step()) return row.integer(0);
            m_known.erase(host);  // somebody has emptied the table
            return interval_ms;
        });
    }

    void hold_off(const std::string& host, Millis hold_ms) override {
        with(host, [&] { return m_connection.query(k_hold).bind(host, hold_ms).run(); });
    }

    std::vector<Hold> holds() override {
        const std::lock_guard guard{m_mutex};
        return sql::guarded(m_connection, [&] {
            std::vector<Hold> holds;
            Query row = m_connection.query(k_holds);
            while (row.step())
                holds.push_back({row.text(0), row.integer(1)});
            return holds;
        });
    }

  private:
    using Query = sql::Query;

    template <typename Work>
    Millis with(const std::string& host, Work&& work) {
        const std::lock_guard guard{m_mutex};
        constexpr int k_most_tries = 5;
        for (int tries = 1;; ++tries) {
            try {
                return sql::guarded_verb(m_connection, [&]() -> Millis {
                    if (m_known.insert(host).second) m_connection.query(k_add).bind(host).run();
                    return work();
                });
            } catch (const CommitUnknown&) {
                // A turn that was taken and not used is one request fewer.
                if (tries == k_most_tries) throw;
            }
        }
    }

    std::mutex m_mutex;
    Connection m_connection;
    std::set<std::string> m_known;
};

}  // namespace

std::unique_ptr<RequestSlots> open_request_slots(const std::string& location,
                                                 const StoreOptions& options, Clock& clock) {
    return std::make_unique<TableRequestSlots>(location, options, clock);
}

}  // namespace pressings::store::postgresql
