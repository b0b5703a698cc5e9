#include "store/sql/upkeep/copy_note.hpp"

#include <fmt/format.h>

namespace pressings::store::sql {

namespace {

constexpr std::string_view k_make =
    "CREATE TABLE unfinished_copy (source TEXT NOT NULL, writer INTEGER NOT NULL)";
constexpr std::string_view k_write = "INSERT INTO unfinished_copy (source, writer) VALUES (?1, 1)";
constexpr std::string_view k_take_over = "UPDATE unfinished_copy SET writer = writer + 1";
constexpr std::string_view k_change_source = "UPDATE unfinished_copy SET source = ?1";
constexpr std::string_view k_writer = "SELECT writer FROM unfinished_copy";
constexpr std::string_view k_source = "SELECT source FROM unfinished_copy";
constexpr std::string_view k_remove = "DROP TABLE unfinished_copy";

}  // namespace

void refuse_unfinished_copy(const std::string& name) {
    throw StoreError(
        fmt::format("{} holds a copy of a catalogue that is not whole: type the `release-catalog "
                    "copy` that made it again, and it goes on",
                    name));
}

void CopyNote::write(const std::string& source) {
    Connection& connection = m_target.connection();
    connection.query(k_make).run();
    connection.query(k_write).bind(source).run();
    m_target.set_unfinished(true);
    m_writer = writer();
}

void CopyNote::take_over() {
    m_target.connection().query(k_take_over).run();
    m_writer = writer();
}

void CopyNote::change_source(const std::string& source) {
    m_target.connection().query(k_change_source).bind(source).run();
}

void CopyNote::require_ours() {
    if (m_target.is_unfinished() && writer() == m_writer) return;
    throw StoreError(fmt::format("another `release-catalog copy` has taken over the copy to {}",
                                 m_target.name()));
}

void CopyNote::remove() {
    m_target.connection().query(k_remove).run();
    m_target.set_unfinished(false);
}

std::string CopyNote::source() {
    Query row = m_target.connection().query(k_source);
    return row.step() ? row.text(0) : "";
}

std::int64_t CopyNote::writer() {
    return m_target.connection().integer(k_writer);
}

}  // namespace pressings::store::sql
