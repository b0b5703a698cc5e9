#include "store/sql/upkeep/copy_tables.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "store/sql/upkeep/copy_note.hpp"
#include "store/sql/upkeep/row_stream.hpp"

namespace pressings::store::sql {

namespace {

/// Rows that are written in one transaction.
constexpr std::size_t k_batch = 4096;

std::int64_t count_rows(CopyEnd& end, const CopiedTable& table) {
    const std::string_view text = end.keep(count_text(table));
    return guarded(end.connection(), [&] { return end.connection().integer(text); });
}

class CatalogueCopy {
  public:
    CatalogueCopy(CopyEnd& source, CopyEnd& target, const CopyOptions& options,
                  const StopSignals& stop)
        : m_source(source), m_target(target), m_options(options), m_stop(stop), m_note(target) {
        m_batch.resize(k_batch);
    }

    Copied run() {
        require_two();
        const ReadTransaction view{m_source.connection()};
        begin();
        tell_total();
        for (const CopiedTable& table : copied_tables())
            copy(table);
        if (m_options.progress.compare) m_options.progress.compare();
        finish();
        m_target.look_at_rows();
        return report();
    }

  private:
    void require_two() {
        if (m_source.identity() != m_target.identity()) return;
        throw UsageError(
            fmt::format("{} is the catalogue that is copied; name another", m_target.name()));
    }

    void begin() {
        guarded(m_target.connection(), [&] {
            WriteTransaction transaction{m_target.connection()};
            if (m_target.is_unfinished()) {
                take_over();
            } else {
                require_empty();
                m_target.empty(count_tables());
                m_note.write(m_source.name());
            }
            transaction.commit();
        });
    }

    void take_over() {
        m_note.take_over();
        m_goes_on = !m_options.anew;
        if (m_goes_on) return;
        m_target.empty(copied_tables());
        m_note.change_source(m_source.name());
    }

    void require_empty() {
        const auto tables = copied_tables();
        for (const CopiedTable& table : tables.first(tables.size() - count_tables().size())) {
            if (count_rows(m_target, table) == 0) continue;
            throw UsageError(fmt::format(
                "{} is not empty (its table {} has rows); nothing was changed, name another",
                m_target.name(), table.name));
        }
    }

    void tell_total() {
        if (!m_options.progress.begin) return;
        std::int64_t rows = 0;
        for (const CopiedTable& table : copied_tables())
            rows += count_rows(m_source, table);
        m_options.progress.begin(rows);
    }

    void advance(std::size_t rows) {
        if (m_options.progress.advance) m_options.progress.advance(static_cast<std::int64_t>(rows));
    }

    void check_stop() {
        if (!m_stop.came()) return;
        throw Error(
            "stopped by a signal; the same command, typed again, goes on where this one stopped");
    }

    void copy(const CopiedTable& table) {
        RowStream rows{m_source, table};
        if (m_goes_on) pass_over_found(rows, table);
        RowWriter writer{m_target, table};
        for (auto batch = next_batch(rows); !batch.empty(); batch = next_batch(rows)) {
            check_stop();
            write(writer, batch);
            advance(batch.size());
        }
        m_sums.push_back(rows.sum());
    }

    /// What a copy that was broken off has brought there are the first rows, unless the source has
    /// changed.
    void pass_over_found(RowStream& rows, const CopiedTable& table) {
        const ReadTransaction view{m_target.connection()};
        RowStream found{m_target, table};
        CopiedRow row;
        CopiedRow there;
        while (found.next(there)) {
            check_stop();
            if (!rows.next(row) || row != there) throw_changed(table);
            advance(1);
        }
        m_found += found.sum().rows;
    }

    [[noreturn]] void throw_changed(const CopiedTable& table) {
        throw StoreError(fmt::format(
            "{} holds a part of a copy of {}, and what is there of the table {} is not what {} has "
            "now; with --anew it is thrown away, and the copy begins anew",
            m_target.name(), m_note.source(), table.name, m_source.name()));
    }

    std::span<const CopiedRow> next_batch(RowStream& rows) {
        std::size_t count = 0;
        while (count < m_batch.size() && rows.next(m_batch[count]))
            ++count;
        return std::span{m_batch}.first(count);
    }

    void write(RowWriter& writer, std::span<const CopiedRow> rows) {
        WriteTransaction transaction{m_target.connection()};
        guarded(m_target.connection(), [&] { m_note.require_ours(); });
        writer.write(rows);
        transaction.commit();
    }

    /// Nobody else writes from the comparison on until all may.
    void finish() {
        WriteTransaction transaction{m_target.connection()};
        guarded(m_target.connection(), [&] { m_note.require_ours(); });
        compare();
        for (const CopiedTable& table : copied_tables()) {
            if (table.has_ids()) raise_ids(table);
        }
        guarded(m_target.connection(), [&] { m_note.remove(); });
        transaction.commit();
    }

    void compare() {
        std::vector<std::string> unlike;
        std::size_t at = 0;
        for (const CopiedTable& table : copied_tables()) {
            const RowSum& ours = m_sums[at++];
            const RowSum theirs = sum_of_copy(table);
            if (ours == theirs) continue;
            unlike.push_back(
                fmt::format("{} (rows {}, copied {})", table.name, ours.rows, theirs.rows));
        }
        if (unlike.empty()) return;
        throw StoreError(
            fmt::format("the copy in {} is not what {} has, in the table {}; let nobody else write "
                        "to it, and begin the copy anew with --anew",
                        m_target.name(), m_source.name(), fmt::join(unlike, ", ")));
    }

    RowSum sum_of_copy(const CopiedTable& table) {
        RowStream rows{m_target, table};
        CopiedRow row;
        while (rows.next(row))
            check_stop();
        return rows.sum();
    }

    void raise_ids(const CopiedTable& table) {
        const std::int64_t last =
            guarded(m_source.connection(), [&] { return m_source.last_id(table); });
        guarded(m_target.connection(),
                [&] { m_target.give_ids_above(table, std::max(last, m_target.last_id(table))); });
    }

    Copied report() {
        Copied copied{m_source.name(), m_target.name(), {}, 0, m_found};
        std::size_t at = 0;
        for (const CopiedTable& table : copied_tables()) {
            const std::int64_t rows = m_sums[at++].rows;
            copied.tables.push_back({std::string{table.name}, rows});
            copied.rows += rows;
        }
        return copied;
    }

    CopyEnd& m_source;
    CopyEnd& m_target;
    const CopyOptions& m_options;
    const StopSignals& m_stop;
    CopyNote m_note;
    bool m_goes_on = false;
    std::int64_t m_found = 0;
    std::vector<CopiedRow> m_batch;
    std::vector<RowSum> m_sums;  ///< of the tables of the source, in their order
};

}  // namespace

Copied copy_tables(CopyEnd& source, CopyEnd& target, const CopyOptions& options,
                   const StopSignals& stop) {
    return CatalogueCopy{source, target, options, stop}.run();
}

}  // namespace pressings::store::sql
