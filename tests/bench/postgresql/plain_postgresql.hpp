#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <libpq-fe.h>

/// As little as it takes to use libpq: what the limits on PostgreSQL are written in. Any error ends
/// the program.
namespace pressings::bench {

using Answer = std::unique_ptr<PGresult, void (*)(PGresult*)>;

/// Values for one statement, as PostgreSQL's own binary form has them.
class Values {
  public:
    Values& integer(std::int64_t value);
    Values& text(const std::string& value);
    /// An array for unnest(), of elements in their binary form.
    Values& array(const class Array& array);

    int count() const { return static_cast<int>(m_bytes.size()); }
    const std::string& bytes(int at) const { return m_bytes[static_cast<std::size_t>(at)]; }
    Oid type(int at) const { return m_types[static_cast<std::size_t>(at)]; }

  private:
    Values& add(Oid type, std::string bytes);

    std::vector<std::string> m_bytes;
    std::vector<Oid> m_types;
};

/// A list of values of one type.
class Array {
  public:
    /// Of elements of a type as libpq numbers them.
    explicit Array(Oid element) : m_element(element) {}
    static Array integers() { return Array{k_bigint}; }
    static Array texts() { return Array{k_text}; }
    static Array blobs() { return Array{k_bytea}; }

    Array& integer(std::int64_t value);
    /// Of a text, or of bytes; or of anything as the server gave it out.
    Array& bytes(std::string_view value);
    Array& null();

    std::size_t size() const { return m_count; }
    Oid type() const;
    std::string as_value() const;

    static constexpr Oid k_bytea = 17;
    static constexpr Oid k_bigint = 20;
    static constexpr Oid k_text = 25;

  private:
    Oid m_element;
    std::uint32_t m_count = 0;
    bool m_has_null = false;
    std::string m_elements;
};

/// A session with the schema of the catalogue, and the durability that the server has by default.
class PlainSession {
  public:
    explicit PlainSession(const char* uri);
    ~PlainSession();
    PlainSession(const PlainSession&) = delete;
    PlainSession& operator=(const PlainSession&) = delete;

    /// Runs it and waits; values come back as text.
    Answer run(const std::string& sql);
    /// Likewise, and they come back in their binary form.
    Answer run_binary(const std::string& sql);

    /// Sends a statement without waiting; it is prepared the first time. All that is sent before
    /// `finish` is one transaction.
    void send(const std::string& sql, const Values& values);
    /// Commits what was sent and waits: the answer to the first statement, as text.
    Answer finish();

  private:
    void check(const PGresult* result);

    PGconn* m_connection;
    std::vector<std::string> m_prepared;
    int m_sent = 0;
};

/// Of an answer in text.
std::int64_t integer_at(const PGresult* answer, int row, int column);
/// Of one in binary form.
std::int64_t binary_integer_at(const PGresult* answer, int row, int column);

}  // namespace pressings::bench
