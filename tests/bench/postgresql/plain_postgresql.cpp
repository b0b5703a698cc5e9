#include "bench/postgresql/plain_postgresql.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace pressings::bench {

namespace {

[[noreturn]] void fail(const char* why) {
    std::fprintf(stderr, "PostgreSQL: %s\n", why);
    std::exit(1);
}

template <typename Integer>
void append(std::string& bytes, Integer value) {
    for (int shift = static_cast<int>(sizeof value) * 8 - 8; shift >= 0; shift -= 8)
        bytes += static_cast<char>(static_cast<std::uint64_t>(value) >> shift & 0xffU);
}

constexpr Oid k_int2 = 21;
constexpr Oid k_int4 = 23;

}  // namespace

Values& Values::add(Oid type, std::string bytes) {
    m_types.push_back(type);
    m_bytes.push_back(std::move(bytes));
    return *this;
}

Values& Values::integer(std::int64_t value) {
    std::string bytes;
    append(bytes, value);
    return add(Array::k_bigint, std::move(bytes));
}

Values& Values::text(const std::string& value) {
    return add(Array::k_text, value);
}

Values& Values::array(const Array& array) {
    return add(array.type(), array.as_value());
}

Array& Array::integer(std::int64_t value) {
    std::string element;
    append(element, value);
    return bytes(element);
}

Array& Array::bytes(std::string_view value) {
    append(m_elements, static_cast<std::uint32_t>(value.size()));
    m_elements += value;
    ++m_count;
    return *this;
}

Array& Array::null() {
    append(m_elements, std::uint32_t{0xffff'ffff});
    m_has_null = true;
    ++m_count;
    return *this;
}

Oid Array::type() const {
    switch (m_element) {
        case k_bytea:
            return 1001;
        case k_bigint:
            return 1016;
        case k_int2:
            return 1005;
        case k_int4:
            return 1007;
        case k_text:
            return 1009;
        default:
            fail("a column has a type that the limit does not know");
    }
}

/// https://doxygen.postgresql.org/arrayfuncs_8c.html, array_recv: dimensions, whether there are
/// NULLs, the type; of the one dimension its length and first index; the elements.
std::string Array::as_value() const {
    std::string value;
    value.reserve(20 + m_elements.size());
    append(value, std::uint32_t{m_count == 0 ? 0U : 1U});
    append(value, std::uint32_t{m_has_null ? 1U : 0U});
    append(value, std::uint32_t{m_element});
    if (m_count == 0) return value;
    append(value, m_count);
    append(value, std::uint32_t{1});
    return value + m_elements;
}

PlainSession::PlainSession(const char* uri) : m_connection(PQconnectdb(uri)) {
    if (PQstatus(m_connection) != CONNECTION_OK) fail(PQerrorMessage(m_connection));
    run("SET search_path = pressings");
}

PlainSession::~PlainSession() {
    PQfinish(m_connection);
}

void PlainSession::check(const PGresult* result) {
    switch (PQresultStatus(result)) {
        case PGRES_COMMAND_OK:
        case PGRES_TUPLES_OK:
        case PGRES_PIPELINE_SYNC:
            return;
        default:
            fail(PQerrorMessage(m_connection));
    }
}

Answer PlainSession::run(const std::string& sql) {
    Answer answer{PQexec(m_connection, sql.c_str()), PQclear};
    check(answer.get());
    return answer;
}

Answer PlainSession::run_binary(const std::string& sql) {
    constexpr int k_binary = 1;
    Answer answer{
        PQexecParams(m_connection, sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr, k_binary),
        PQclear};
    check(answer.get());
    return answer;
}

void PlainSession::send(const std::string& sql, const Values& values) {
    if (PQpipelineStatus(m_connection) == PQ_PIPELINE_OFF) PQenterPipelineMode(m_connection);
    const auto known = std::find(m_prepared.begin(), m_prepared.end(), sql);
    const std::string name = "s" + std::to_string(known - m_prepared.begin());
    std::vector<Oid> types;
    std::vector<const char*> pointers;
    std::vector<int> lengths;
    for (int i = 0; i < values.count(); ++i) {
        types.push_back(values.type(i));
        pointers.push_back(values.bytes(i).data());
        lengths.push_back(static_cast<int>(values.bytes(i).size()));
    }
    if (known == m_prepared.end()) {
        m_prepared.push_back(sql);
        if (PQsendPrepare(m_connection, name.c_str(), sql.c_str(), values.count(), types.data()) ==
            0)
            fail(PQerrorMessage(m_connection));
        ++m_sent;
    }
    const std::vector<int> binary(pointers.size(), 1);
    if (PQsendQueryPrepared(m_connection, name.c_str(), values.count(), pointers.data(),
                            lengths.data(), binary.data(), 0) == 0)
        fail(PQerrorMessage(m_connection));
    ++m_sent;
}

Answer PlainSession::finish() {
    PQpipelineSync(m_connection);
    Answer first{nullptr, PQclear};
    for (; m_sent > 0; --m_sent) {
        while (PGresult* result = PQgetResult(m_connection)) {
            Answer answer{result, PQclear};
            check(result);
            if (!first && PQresultStatus(result) == PGRES_TUPLES_OK) first = std::move(answer);
        }
    }
    const Answer end{PQgetResult(m_connection), PQclear};
    check(end.get());
    PQexitPipelineMode(m_connection);
    return first;
}

std::int64_t integer_at(const PGresult* answer, int row, int column) {
    return std::strtoll(PQgetvalue(answer, row, column), nullptr, 10);
}

std::int64_t binary_integer_at(const PGresult* answer, int row, int column) {
    const char* bytes = PQgetvalue(answer, row, column);
    std::uint64_t value = 0;
    for (int i = 0; i < PQgetlength(answer, row, column); ++i)
        value = value << 8U | static_cast<unsigned char>(bytes[i]);
    return static_cast<std::int64_t>(value);
}

}  // namespace pressings::bench
