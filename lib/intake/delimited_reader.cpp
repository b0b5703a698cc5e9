#include <algorithm>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "intake/columns.hpp"
#include "intake/readers.hpp"

namespace pressings::intake {

namespace {

/// A row, and the text it was read from.
struct Row {
    enum class End { whole, bad_quote, too_long };
    std::int64_t line = 0;
    std::string text;
    std::vector<std::string> fields;
    End end = End::whole;
};

/// After so many bytes read again, no quote may hold a line end any more: a file full of quotes
/// that are never closed would otherwise take for ever.
constexpr std::size_t k_patience = std::size_t{16} << 20U;

bool has_lines(const Row& row) {
    return row.text.find('\n') < row.text.size() - 1;
}

/// Splits text into rows and fields as RFC 4180 says.
class RowReader {
  public:
    RowReader(std::unique_ptr<TextInput> input, char separator)
        : m_input(std::move(input)), m_separator(separator), m_quotes(separator != '\t') {}

    std::optional<Row> next() {
        if (m_input->peek() < 0) return std::nullopt;
        Row row;
        row.line = m_input->line();
        bool more = true;
        while (more && row.end == Row::End::whole)
            more = read_field(row);
        if (row.end != Row::End::whole) pass_over(row);
        return row;
    }

    /// Keeps the first line of a row that has more: a quote that is never closed, or closed by the
    /// next one that comes along, has swallowed the others, and they are read again.
    void give_back(Row& row) {
        const auto line_end = row.text.find('\n');
        const auto others = std::string_view{row.text}.substr(line_end + 1);
        m_given_back += others.size();
        m_input->put_back(others, row.line + 1);
        row.text.resize(line_end);
        row.end = Row::End::bad_quote;
    }

    const std::string& name() const { return m_input->name(); }
    void stop() { m_input->stop(); }

  private:
    int take(Row& row) {
        const int c = m_input->get();
        if (c < 0) return c;
        row.text += static_cast<char>(c);
        if (row.text.size() > k_max_record_bytes && c != '\n') row.end = Row::End::too_long;
        return c;
    }

    /// Whether another field follows in this row.
    bool read_field(Row& row) {
        std::string& field = row.fields.emplace_back();
        const bool quoted = m_quotes && m_input->peek() == '"';
        if (quoted) read_quoted(row, field);
        while (row.end == Row::End::whole) {
            const int c = take(row);
            if (c == m_separator) return true;
            if (c < 0 || c == '\n') break;
            if (quoted && c != ' ' && c != '\t' && c != '\r') row.end = Row::End::bad_quote;
            field += static_cast<char>(c);
        }
        if (field.ends_with('\r')) field.pop_back();
        return false;
    }

    /// From the quote that opens a field to the one that closes it; two of them stand for one.
    void read_quoted(Row& row, std::string& field) {
        take(row);
        while (row.end == Row::End::whole) {
            const int c = take(row);
            if (c == '"' && m_input->peek() != '"') return;
            if (c < 0 || (c == '\n' && m_given_back > k_patience)) {
                row.end = Row::End::bad_quote;
                return;
            }
            if (c == '"') take(row);
            field += static_cast<char>(c);
        }
    }

    /// What is left of the line of a row that is given up.
    void pass_over(Row& row) {
        if (row.text.find('\n') != std::string::npos) {
            give_back(row);
            return;
        }
        for (int c = m_input->get(); c >= 0 && c != '\n'; c = m_input->get()) {
            if (row.text.size() < k_max_record_bytes) row.text += static_cast<char>(c);
        }
    }

    std::unique_ptr<TextInput> m_input;
    char m_separator;
    bool m_quotes;
    std::size_t m_given_back = 0;
};

bool is_blank(const Row& row) {
    return row.end != Row::End::too_long && trim(row.text).empty();
}

std::string_view without_line_end(std::string_view text) {
    if (text.ends_with('\n')) text.remove_suffix(1);
    if (text.ends_with('\r')) text.remove_suffix(1);
    return text;
}

/// Of a row that is not whole.
Refusal refuse_row(const Row& row) {
    if (row.end == Row::End::too_long) return too_long();
    return {"bad_row", "a quote is never closed, or stands undoubled in a field"};
}

class DelimitedReader final : public RecordReader {
  public:
    DelimitedReader(std::unique_ptr<TextInput> input, char separator,
                    const RecordDefaults& defaults)
        : m_rows(std::move(input), separator), m_defaults(defaults) {
        read_header();
    }

    std::optional<Record> next() override {
        while (auto row = m_rows.next()) {
            if (is_blank(*row)) continue;
            if (!m_columns.may_have(row->fields.size()) && has_lines(*row)) m_rows.give_back(*row);
            return make_record(row->line, without_line_end(row->text), read(*row));
        }
        return std::nullopt;
    }
    std::vector<std::string> unused() const override { return m_columns.unused(); }
    void stop() override { m_rows.stop(); }

  private:
    void read_header() {
        auto row = m_rows.next();
        while (row && is_blank(*row))
            row = m_rows.next();
        if (!row) throw Error(fmt::format("{} is empty", m_rows.name()));
        if (row->end != Row::End::whole) {
            throw Error(fmt::format("{}:{}: the header line cannot be read: {}", m_rows.name(),
                                    row->line, refuse_row(*row).message));
        }
        refuse_other_export(*row);
        m_columns = Columns{row->fields};
        if (m_columns.name_albums()) return;
        throw Error(fmt::format(
            "{}:{}: the header line must name the column mbid, or artist and title, or barcode, "
            "catno, disc_id, discogs_release or discogs_master; it is \"{}\"",
            m_rows.name(), row->line, escape_controls(shorten(trim(row->text), 200))));
    }

    /// Of releases or tracks, whose names would be taken for those of albums.
    void refuse_other_export(const Row& header) const {
        const auto has = [&](const char* name) {
            return std::find(header.fields.begin(), header.fields.end(), name) !=
                   header.fields.end();
        };
        const char* entity = has("medium_position") ? "track" : "release";
        if (!has("release_id") || !(has("medium_position") || has("no_barcode"))) return;
        throw Error(
            fmt::format("{}:{}: {}", m_rows.name(), header.line, refuse_export(entity).message));
    }

    ReadAlbum read(const Row& row) {
        if (row.end != Row::End::whole) return refuse_row(row);
        if (!m_columns.may_have(row.fields.size())) {
            return Refusal{"bad_row", fmt::format("it has {} fields, the header has {}",
                                                  row.fields.size(), m_columns.size())};
        }
        return make_album(m_columns.read(row.fields), m_defaults);
    }

    RowReader m_rows;
    RecordDefaults m_defaults;
    Columns m_columns;
};

}  // namespace

std::unique_ptr<RecordReader> make_delimited_reader(std::unique_ptr<TextInput> input,
                                                    char separator,
                                                    const RecordDefaults& defaults) {
    return std::make_unique<DelimitedReader>(std::move(input), separator, defaults);
}

}  // namespace pressings::intake
