#include "store/postgresql/engine/streamed_statement.hpp"

#include <utility>

#include <fmt/format.h>

#include "store/postgresql/engine/libpq.hpp"

namespace pressings::store::postgresql {

namespace {

constexpr int k_rows_at_a_time = 500;

}  // namespace

StreamedStatement::StreamedStatement(Session& session, std::string sql, std::string name)
    : RowStatement(session, std::move(sql)), m_prefix(std::move(name)) {}

bool StreamedStatement::step() {
    if (!has_result()) open();
    if (next()) return true;
    if (!m_has_more) return false;
    show(fetch());
    return next();
}

int StreamedStatement::run() {
    int rows = 0;
    while (step())
        ++rows;
    return rows;
}

/// The cursor stays open until it is needed anew or its transaction ends, which closes it for
/// nothing.
void StreamedStatement::reset() {
    RowStatement::reset();
    m_has_more = false;
}

void StreamedStatement::open() {
    if (session().transaction() == Session::Transaction::none) return open_whole();
    close();
    m_cursor = fmt::format("{}_{}", m_prefix, ++m_opened);
    m_epoch = session().cursor_epoch();
    const std::string declare = fmt::format("DECLARE {} NO SCROLL CURSOR FOR {}", m_cursor, sql());
    const Values bound = values();
    session().perform(Session::Repeat::harmful, [&] {
        return session().answer(libpq().send_query_params(session().connection(), declare.c_str(),
                                                          bound.count, nullptr, bound.values,
                                                          bound.lengths, bound.formats, 0));
    });
    show(fetch());
}

void StreamedStatement::open_whole() {
    const Values bound = values();
    show(session().perform(Session::Repeat::harmless, [&] {
        return session().answer(libpq().send_query_params(session().connection(), sql().c_str(),
                                                          bound.count, nullptr, bound.values,
                                                          bound.lengths, bound.formats, 0));
    }));
    m_has_more = false;
}

void StreamedStatement::close() {
    const std::string cursor = std::exchange(m_cursor, "");
    if (!cursor.empty() && m_epoch == session().cursor_epoch())
        session().execute("CLOSE " + cursor);
}

Result StreamedStatement::fetch() {
    Result rows = session().execute(fmt::format("FETCH {} FROM {}", k_rows_at_a_time, m_cursor));
    m_has_more = rows.rows() == k_rows_at_a_time;
    return rows;
}

}  // namespace pressings::store::postgresql
