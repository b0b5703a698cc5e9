#include "store/postgresql/engine/prepared_statement.hpp"

#include <utility>

#include "store/postgresql/engine/libpq.hpp"

namespace pressings::store::postgresql {

PreparedStatement::PreparedStatement(Session& session, std::string sql, std::string name,
                                     std::int64_t& last_insert_id)
    : RowStatement(session, std::move(sql)),
      m_name(std::move(name)),
      m_last_insert_id(last_insert_id),
      m_repeat(Session::repeat_of(this->sql())) {}

bool PreparedStatement::step() {
    if (!has_result()) show(execute());
    return next();
}

int PreparedStatement::run() {
    return execute().affected();
}

Result PreparedStatement::execute() {
    Result result = session().perform(m_repeat, [this] { return send(); });
    keep_id(result);
    return result;
}

/// What was prepared has gone with its connection.
void PreparedStatement::follow_generation() {
    if (std::exchange(m_generation, session().generation()) != session().generation())
        m_has_run = m_is_prepared = false;
}

void PreparedStatement::write() {
    follow_generation();
    if (!session().can_put_off() || !m_is_prepared) {
        run();
        return;
    }
    session().put_off([this] { return send_prepared(); });
}

Result PreparedStatement::send() {
    pg_conn* connection = session().connection();
    follow_generation();
    if (!std::exchange(m_has_run, true)) {
        const Values bound = values();
        return session().answer(libpq().send_query_params(connection, sql().c_str(), bound.count,
                                                          nullptr, bound.values, bound.lengths,
                                                          bound.formats, 0));
    }
    if (!m_is_prepared) prepare();
    return session().answer(send_prepared());
}

int PreparedStatement::send_prepared() {
    const Values bound = values();
    return libpq().send_query_prepared(session().connection(), m_name.c_str(), bound.count,
                                       bound.values, bound.lengths, bound.formats, 0);
}

void PreparedStatement::prepare() {
    session().answer(
        libpq().send_prepare(session().connection(), m_name.c_str(), sql().c_str(), 0, nullptr));
    m_is_prepared = true;
}

/// An INSERT into a table with an id ends in RETURNING id: see translated().
void PreparedStatement::keep_id(const Result& result) {
    if (result.rows() == 0 || !result.tag().starts_with("INSERT")) return;
    if (result.column_name(0) == "id") m_last_insert_id = result.integer(result.rows() - 1, 0);
}

}  // namespace pressings::store::postgresql
