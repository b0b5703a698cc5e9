#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/time.hpp"
#include "store/postgresql/engine/prepared_statement.hpp"
#include "store/postgresql/engine/session.hpp"
#include "store/postgresql/engine/streamed_statement.hpp"
#include "store/sql/connection.hpp"
#include "store/store_options.hpp"

namespace pressings::store::postgresql {

/// A connection to a database of PostgreSQL. When it is lost outside of a transaction, the next
/// statement, view or transaction connects again; inside one that is an error.
///
/// Who writes alone locks the table `writers` against all others; those who write together share
/// it, and wait for each other's rows alone. Nobody waits long for a row: who does gives way, and
/// does its verb again, so that those who wait for each other, as an application and a worker may,
/// are soon parted.
class Connection final : public sql::Connection {
  public:
    /// Connects to `location`, a URI or string of libpq. Waits for locks, and for a server that
    /// was there and is not, as long as `options` say (for the server 10 s at least). UsageError if
    /// `location` is neither, StoreError if nobody is let in, or the database cannot hold a
    /// catalogue. `clock` must outlive the connection.
    Connection(const std::string& location, const StoreOptions& options, Clock& clock);
    ~Connection() override;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// For messages: see ConnectionInfo::name.
    const std::string& name() const { return m_session.info().name(); }
    /// A statement, or several, in the words of this server.
    std::string in_words_of_server(std::string sql) const;

    pressings::sql::Statement& statement(std::string_view sql) override;
    pressings::sql::Statement& streamed(std::string_view sql) override;
    std::int64_t last_insert_id() const override { return m_last_insert_id; }

    /// Runs SQL of PostgreSQL's own, of one or more statements without parameters.
    void execute(const std::string& sql);

    void begin(sql::Writers writers) override;
    /// A transaction in which the tables are made or changed: alone among those with the same key,
    /// for `writers` may not be there.
    void begin_alone(std::int64_t key);
    /// CommitUnknown if the connection was lost meanwhile.
    void commit() override;
    void roll_back() noexcept override { m_session.roll_back(); }
    bool begin_view() override;
    void end_view() noexcept override { m_session.roll_back(); }
    void begin_part() override;
    void keep_part() override;
    void undo_part() noexcept override;

    bool is_refusal(const std::exception& error) const override;
    bool may_run_again(const Tries& tries) const override;
    std::vector<Gauge> health() const override;
    /// For what else there is to be done in it.
    Session& session() { return m_session; }

  private:
    void check_alone() const override;
    void throw_as_ours() const override;
    PreparedStatement& prepared(std::string_view sql);
    void begin_together();
    void fold_counts_now_and_then();
    std::string next_name(char kind);

    mutable Session m_session;
    std::unordered_map<const char*, std::unique_ptr<PreparedStatement>> m_prepared;
    std::unordered_map<const char*, std::unique_ptr<StreamedStatement>> m_streamed;
    std::int64_t m_names = 0;
    std::int64_t m_last_insert_id = 0;
    Millis m_folds_again_at_ms = 0;
    sql::Writers m_writers = sql::Writers::alone;  ///< of the transaction that was begun last
};

}  // namespace pressings::store::postgresql
