#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/postgresql/engine/batched_write.hpp"
#include "store/postgresql/engine/row_statement.hpp"

namespace pressings::store::postgresql {

/// A statement whose rows all come at once. It is prepared when it runs a second time, if its name
/// lasts: most tools run most statements once, and preparing costs a round trip. Rows of a plain
/// INSERT or UPDATE that nobody waits for are gathered, and sent as one statement.
class PreparedStatement final : public RowStatement, private WaitingRows {
  public:
    /// `name` is its own in this session. The last id is put to `last_insert_id`, which outlives
    /// it.
    PreparedStatement(Session& session, std::string sql, std::string name,
                      std::int64_t& last_insert_id);

    void ask() override;
    bool step() override;
    int run() override;
    void write() override;
    void reset() override;
    /// Gives the answer to `take` as soon as it is there, and waits for it only if it must.
    void ask_for(const Session::Take& take);

  private:
    std::size_t place() const override { return m_place; }
    void send() override;
    void forget() noexcept override { m_batch->take(); }
    void gather();
    std::string key_of_row() const;
    Result execute();
    Result send_one();
    int send_prepared();
    int send(const std::string& sql, const std::string& name, const Values& bound);
    void follow_generation();
    void prepare();
    void give_name(const std::string& name, const std::string& sql);
    std::vector<std::string> column_types();
    void keep_id(const Result& result);

    std::string m_name;
    std::int64_t& m_last_insert_id;
    Session::Repeat m_repeat;
    std::optional<BatchedWrite> m_batch;
    std::size_t m_place;
    std::uint64_t m_generation = 0;  ///< of the connection that the following holds for
    std::uint64_t m_asks = 0;
    std::uint64_t m_awaited = 0;  ///< the ask whose answer is not there yet; 0: none
    bool m_has_run = false;
    bool m_is_prepared = false;
    std::string m_many;  ///< the statement for many rows
};

}  // namespace pressings::store::postgresql
