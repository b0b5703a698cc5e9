#pragma once

#include <cstdint>
#include <string>

#include "store/postgresql/engine/row_statement.hpp"

namespace pressings::store::postgresql {

/// A list whose rows come some hundreds at a time, by a cursor of the view or transaction that it
/// is read in; other statements may run between the rows. Without either, all come at once.
class StreamedStatement final : public RowStatement {
  public:
    /// `name` begins the names of its cursors, which are its own in this session.
    StreamedStatement(Session& session, std::string sql, std::string name);

    bool step() override;
    int run() override;
    void reset() override;

  private:
    void open();
    void open_whole();
    void close();
    Result fetch();

    std::string m_prefix;
    std::string m_cursor;  ///< empty: there is none
    std::uint64_t m_opened = 0;
    std::uint64_t m_epoch = 0;  ///< of the session when the cursor was opened
    bool m_has_more = false;
};

}  // namespace pressings::store::postgresql
