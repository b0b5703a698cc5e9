#include "store/postgresql/engine/prepared_statement.hpp"

#include <algorithm>
#include <utility>

#include "store/postgresql/engine/libpq.hpp"
#include "store/sql/upkeep/copied_tables.hpp"

namespace pressings::store::postgresql {

namespace {

/// Behind the name of a statement, of that for many rows.
constexpr const char* k_many = "_many";

constexpr const char* k_column_types =
    "SELECT format_type(a.atttypid, NULL) FROM unnest($2::text[]) WITH ORDINALITY AS c (name, nth) "
    "JOIN pg_attribute a ON a.attrelid = $1::regclass AND a.attname = c.name ORDER BY c.nth";

/// The tables are copied in the same order.
std::size_t place_of(std::string_view table) {
    const auto tables = sql::copied_tables();
    const auto found = std::find_if(tables.begin(), tables.end(),
                                    [&](const sql::CopiedTable& one) { return one.name == table; });
    return static_cast<std::size_t>(found - tables.begin());
}

}  // namespace

PreparedStatement::PreparedStatement(Session& session, std::string sql, std::string name,
                                     std::int64_t& last_insert_id)
    : RowStatement(session, std::move(sql)),
      m_name(std::move(name)),
      m_last_insert_id(last_insert_id),
      m_repeat(Session::repeat_of(this->sql())),
      m_batch(BatchedWrite::of(this->sql())),
      m_place(m_batch ? place_of(m_batch->table()) : 0) {}

void PreparedStatement::ask() {
    const std::uint64_t ask = m_awaited = ++m_asks;
    ask_for([this, ask](Result result) {
        if (std::exchange(m_awaited, 0) == ask) show(std::move(result));
    });
}

void PreparedStatement::ask_for(const Session::Take& take) {
    follow_generation();
    if (!session().can_put_off() || !m_is_prepared) return take(execute());
    session().send_waiting_rows();
    session().put_off([this] { return send_prepared(); }, take);
}

void PreparedStatement::reset() {
    RowStatement::reset();
    m_awaited = 0;
}

bool PreparedStatement::step() {
    if (m_awaited != 0) session().settle();
    if (!has_result()) show(execute());
    return next();
}

int PreparedStatement::run() {
    return execute().affected();
}

/// With what was put off, if there is any: that saves a way there and back.
Result PreparedStatement::execute() {
    follow_generation();
    Result result;
    if (m_is_prepared && session().can_put_off() && !session().is_settled()) {
        ask_for([&](Result answer) { result = std::move(answer); });
        session().settle();
    } else {
        result = session().perform(m_repeat, [this] { return send_one(); });
    }
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
    if (m_batch) return gather();
    session().send_waiting_rows();
    session().put_off([this] { return send_prepared(); });
}

void PreparedStatement::gather() {
    constexpr int k_most_rows = 1'000;
    constexpr std::size_t k_most_bytes = 1 << 20;
    if (m_batch->has_keys() && !m_batch->add_key(key_of_row())) {
        session().send_waiting_rows();
        m_batch->add_key(key_of_row());
    }
    if (m_batch->rows() == 0) session().hold(*this);
    for (std::size_t i = 0; i < m_batch->columns().size(); ++i) {
        const Slot& slot = slots()[i];
        ArrayText& column = m_batch->column(i);
        if (slot.is_null) {
            column.add_null();
        } else if (slot.is_binary) {
            column.add_bytes(slot.value);
        } else {
            column.add_text(std::string_view{slot.value});
        }
    }
    m_batch->end_row();
    if (m_batch->rows() >= k_most_rows || m_batch->size() >= k_most_bytes)
        session().send_waiting_rows();
}

/// The values by which an UPDATE finds its row.
std::string PreparedStatement::key_of_row() const {
    std::string key;
    for (const std::size_t column : m_batch->keys())
        key.append(slots()[column].value).push_back('\0');
    return key;
}

void PreparedStatement::send() {
    const std::vector<std::string> arrays = m_batch->take();
    std::vector<const char*> values;
    for (const std::string& array : arrays)
        values.push_back(array.c_str());
    const Values bound{static_cast<int>(values.size()), values.data(), nullptr, nullptr};
    session().put_off([&] { return send(m_many, m_name + k_many, bound); });
}

Result PreparedStatement::send_one() {
    follow_generation();
    if (std::exchange(m_has_run, true) && !m_is_prepared) prepare();
    return session().answer(send_prepared());
}

int PreparedStatement::send_prepared() {
    return send(sql(), m_name, values());
}

/// By its name, if the server knows it by that.
int PreparedStatement::send(const std::string& sql, const std::string& name, const Values& bound) {
    pg_conn* connection = session().connection();
    if (m_is_prepared && session().features().lasting_sessions) {
        return libpq().send_query_prepared(connection, name.c_str(), bound.count, bound.values,
                                           bound.lengths, bound.formats, 0);
    }
    return libpq().send_query_params(connection, sql.c_str(), bound.count, nullptr, bound.values,
                                     bound.lengths, bound.formats, 0);
}

void PreparedStatement::prepare() {
    if (m_batch && m_many.empty()) m_many = m_batch->many(column_types());
    if (session().features().lasting_sessions) {
        give_name(m_name, sql());
        if (m_batch) give_name(m_name + k_many, m_many);
    }
    m_is_prepared = true;
}

void PreparedStatement::give_name(const std::string& name, const std::string& sql) {
    session().answer(
        libpq().send_prepare(session().connection(), name.c_str(), sql.c_str(), 0, nullptr));
}

std::vector<std::string> PreparedStatement::column_types() {
    ArrayText columns;
    for (const std::string& column : m_batch->columns())
        columns.add_text(std::string_view{column});
    const std::string names = columns.text();
    const char* const values[] = {m_batch->table().c_str(), names.c_str()};
    const Result rows = session().answer(libpq().send_query_params(
        session().connection(), k_column_types, 2, nullptr, values, nullptr, nullptr, 0));
    std::vector<std::string> types;
    for (int row = 0; row < rows.rows(); ++row)
        types.emplace_back(rows.value(row, 0));
    return types;
}

/// An INSERT into a table with an id ends in RETURNING id: see translated().
void PreparedStatement::keep_id(const Result& result) {
    if (result.rows() == 0 || !result.tag().starts_with("INSERT")) return;
    if (result.column_name(0) == "id") m_last_insert_id = result.integer(result.rows() - 1, 0);
}

}  // namespace pressings::store::postgresql
