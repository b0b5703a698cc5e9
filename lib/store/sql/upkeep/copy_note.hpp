#pragma once

#include <cstdint>
#include <string>

#include "store/sql/upkeep/copy_end.hpp"

namespace pressings::store::sql {

/// What a target has in it while it is copied to: from where, and who writes. Gone with the last
/// transaction of the copy.
class CopyNote {
  public:
    explicit CopyNote(CopyEnd& target) : m_target(target) {}

    /// Writes it into an empty catalogue, which is an unfinished copy from now on. Part of a
    /// transaction.
    void write(const std::string& source);
    /// Takes the copy over from whoever wrote to it before. Part of a transaction.
    void take_over();
    /// What is there was thrown away, and comes from elsewhere from now on. Part of a transaction.
    void change_source(const std::string& source);
    /// StoreError if it was taken over by somebody else. Part of each transaction that writes.
    void require_ours();
    /// The catalogue is whole. Part of a transaction.
    void remove();

    /// From where the rows are that are there.
    std::string source();

  private:
    std::int64_t writer();

    CopyEnd& m_target;
    std::int64_t m_writer = 0;
};

}  // namespace pressings::store::sql
