#include "store/postgresql/engine/dialect.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

#include "store/postgresql/statements/own_statements.hpp"

namespace pressings::store::postgresql {

namespace {

struct Words {
    std::string_view shared;
    std::string_view own;
};

/// Where a word begins, and outside of quotes.
constexpr std::array k_words{
    Words{"instr(", "strpos("},
    // In the order of the key, in which SQLite has them.
    Words{"char(30)) FROM album_identifiers",
          "chr(30) ORDER BY i.kind, i.value) FROM album_identifiers"},
    Words{"char(", "chr("},
    Words{"group_concat(", "string_agg("},
    // A list is read before the table, whatever the server believes of its length.
    Words{"IN (SELECT value + 0 FROM json_each((",
          "= ANY (ARRAY(SELECT value::bigint FROM json_array_elements_text("},
    Words{"json_each(", "json_array_elements_text("},
    // With what was not added up yet.
    Words{"FROM totals", "FROM current_totals"},
    Words{"FROM release_counts", "FROM current_release_counts"},
    Words{"FROM work ", "FROM current_work "},
};

constexpr std::string_view k_index_hint = "INDEXED BY ";

/// Those whose ids the database gives out: the id of a new row is asked for.
constexpr std::array<std::string_view, 9> k_tables_with_ids{"albums",  "artists",  "artist_credits",
                                                            "labels",  "releases", "jobs",
                                                            "workers", "changes",  "watches"};

bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool is_figure(char c) {
    return c >= '0' && c <= '9';
}

/// Goes through a statement once.
class Translation {
  public:
    explicit Translation(std::string_view sql) : m_sql(sql) {}

    std::string text() {
        while (m_at < m_sql.size())
            step();
        return std::move(m_text);
    }

  private:
    void step() {
        const char c = m_sql[m_at];
        if (c == '?') return put_parameter();
        if (put_null_test_last() || put_words()) return;
        if (c == '\'' || c == '"') return copy_quoted(c);
        m_text += c;
        ++m_at;
    }

    std::string_view rest() const { return m_sql.substr(m_at); }

    bool is_word_start() const { return m_at == 0 || !is_word(m_sql[m_at - 1]); }

    bool put_words() {
        if (!is_word_start()) return false;
        if (rest().starts_with(k_index_hint)) {
            m_at = std::min(m_sql.find(' ', m_at + k_index_hint.size()), m_sql.size() - 1) + 1;
            return true;
        }
        for (const Words& words : k_words) {
            if (!rest().starts_with(words.shared)) continue;
            m_text += words.own;
            m_at += words.shared.size();
            return true;
        }
        return false;
    }

    void copy_quoted(char quote) {
        const std::size_t end = std::min(m_sql.find(quote, m_at + 1), m_sql.size() - 1) + 1;
        m_text += m_sql.substr(m_at, end - m_at);
        m_at = end;
    }

    void put_parameter() {
        std::size_t end = ++m_at;
        while (end < m_sql.size() && is_figure(m_sql[end]))
            ++end;
        const std::string_view figures = m_sql.substr(m_at, end - m_at);
        const int number = figures.empty() ? m_most + 1 : std::stoi(std::string{figures});
        m_most = std::max(m_most, number);
        m_text += fmt::format("${}", number);
        m_at = end;
    }

    /// "(?1 IS NULL OR x = ?1)" the other way round: PostgreSQL takes the type of a parameter from
    /// where it stands first.
    bool put_null_test_last() {
        constexpr std::string_view k_test = " IS NULL OR ";
        if (!rest().starts_with("(?")) return false;
        const std::size_t test = m_sql.find(k_test, m_at);
        const std::size_t end = m_sql.find(')', m_at);
        if (test == std::string_view::npos || end == std::string_view::npos) return false;
        const std::string_view parameter = m_sql.substr(m_at + 1, test - m_at - 1);
        if (!std::all_of(parameter.begin() + 1, parameter.end(), is_figure)) return false;
        const std::size_t from = test + k_test.size();
        const std::string_view comparison = m_sql.substr(from, end - from);
        if (!comparison.ends_with(fmt::format(" = {}", parameter))) return false;
        const std::string turned = fmt::format("({} OR {} IS NULL)", comparison, parameter);
        m_text += Translation{turned}.text();
        m_at = end + 1;
        return true;
    }

    std::string_view m_sql;
    std::string m_text;
    std::size_t m_at = 0;
    int m_most = 0;  ///< the highest number of a parameter so far
};

bool makes_an_id(std::string_view sql) {
    constexpr std::string_view k_insert = "INSERT INTO ";
    if (!sql.starts_with(k_insert)) return false;
    const std::string_view table =
        sql.substr(k_insert.size(), sql.find(' ', k_insert.size()) - k_insert.size());
    const auto has = [sql](std::string_view words) {
        return sql.find(words) != std::string_view::npos;
    };
    return std::find(k_tables_with_ids.begin(), k_tables_with_ids.end(), table) !=
               k_tables_with_ids.end() &&
           has(" VALUES (") && !has(" RETURNING ") && !has(" ON CONFLICT") && !has(", id) VALUES");
}

}  // namespace

std::string translated(std::string_view sql) {
    if (const auto own = own_statement(sql)) return std::string{*own};
    std::string text = Translation{sql}.text();
    if (makes_an_id(sql)) text += " RETURNING id";
    return text;
}

}  // namespace pressings::store::postgresql
