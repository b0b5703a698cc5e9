// The limit of an export of tracks: the same rows by SQLite's C API, and the same lines.
//   limit_export DATABASE
#include <string>
#include <unordered_map>

#include "bench/plain_sqlite.hpp"

using pressings::bench::check;

namespace {

/// A line in the making.
std::string line;

void append_text(const char* text) {
    if (text == nullptr) {
        line += "null";
        return;
    }
    line += '"';
    for (; *text != '\0'; ++text) {
        if (*text == '"' || *text == '\\') line += '\\';
        line += *text;
    }
    line += '"';
}

class Rows {
  public:
    Rows(sqlite3* database, const char* sql) : m_database(database) {
        check(database, sqlite3_prepare_v2(database, sql, -1, &m_statement, nullptr));
    }
    ~Rows() { sqlite3_finalize(m_statement); }
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;

    void of(sqlite3_int64 id) {
        sqlite3_reset(m_statement);
        sqlite3_bind_int64(m_statement, 1, id);
    }
    bool step() {
        const int code = sqlite3_step(m_statement);
        check(m_database, code);
        return code == SQLITE_ROW;
    }
    const char* text(int column) {
        return reinterpret_cast<const char*>(sqlite3_column_text(m_statement, column));
    }
    sqlite3_int64 integer(int column) { return sqlite3_column_int64(m_statement, column); }
    bool is_null(int column) { return sqlite3_column_type(m_statement, column) == SQLITE_NULL; }

    void append_text(int column) { ::append_text(text(column)); }
    void append_number(int column) {
        line += is_null(column) ? "null" : std::to_string(integer(column));
    }
    void append_mbid(int column) {
        if (is_null(column)) {
            line += "null";
            return;
        }
        const auto* bytes =
            static_cast<const unsigned char*>(sqlite3_column_blob(m_statement, column));
        line += '"';
        for (int i = 0; i < 16; ++i) {
            if (i == 4 || i == 6 || i == 8 || i == 10) line += '-';
            line += "0123456789abcdef"[bytes[i] >> 4];
            line += "0123456789abcdef"[bytes[i] & 15];
        }
        line += '"';
    }

  private:
    sqlite3* m_database;
    sqlite3_stmt* m_statement = nullptr;
};

struct Credit {
    std::string text;
    std::string names;
};

class Credits {
  public:
    explicit Credits(sqlite3* database)
        : m_rows(
              database,
              "SELECT n.name, n.join_phrase, a.mbid, coalesce(a.name, n.name), a.sort_name, "
              "a.disambiguation, a.type, a.country FROM artist_credit_names n LEFT JOIN artists a "
              "ON a.id = n.artist_id WHERE n.artist_credit_id = ? ORDER BY n.position") {}

    const Credit& of(sqlite3_int64 id) {
        const auto [entry, is_new] = m_known.try_emplace(id);
        if (is_new) entry->second = read(id);
        return entry->second;
    }

  private:
    Credit read(sqlite3_int64 id) {
        std::string kept;
        kept.swap(line);
        std::string text;
        m_rows.of(id);
        while (m_rows.step()) {
            text += m_rows.text(0);
            text += m_rows.text(1);
            line += line.empty() ? "{\"name\":" : ",{\"name\":";
            m_rows.append_text(0);
            line += ",\"join_phrase\":";
            m_rows.append_text(1);
            line += ",\"artist\":{\"mbid\":";
            m_rows.append_mbid(2);
            constexpr const char* k_names[] = {"name", "sort_name", "disambiguation", "type",
                                               "country"};
            for (int i = 0; i < 5; ++i) {
                line += ",\"";
                line += k_names[i];
                line += "\":";
                m_rows.append_text(3 + i);
            }
            line += "}}";
        }
        Credit credit;
        credit.names = "[" + line + "]";
        line.clear();
        append_text(id == 0 ? nullptr : text.c_str());
        credit.text = line;
        line.swap(kept);
        return credit;
    }

    Rows m_rows;
    std::unordered_map<sqlite3_int64, Credit> m_known;
};

void append_isrcs(const char* isrcs) {
    line += ",\"isrcs\":[";
    for (const char* c = isrcs; c != nullptr && *c != '\0'; ++c) {
        if (c == isrcs) line += '"';
        line += *c == ' ' ? "\",\"" : std::string(1, *c);
        if (c[1] == '\0') line += '"';
    }
    line += "]";
}

void append_recording(Rows& track, Credits& credits) {
    line += ",\"recording\":";
    if (track.is_null(10)) {
        line += "null}";
        return;
    }
    line += "{\"mbid\":";
    track.append_mbid(10);
    line += ",\"title\":";
    track.append_text(11);
    line += ",\"length_ms\":";
    track.append_number(12);
    line += ",\"video\":";
    line += track.is_null(13) ? "null" : track.integer(13) != 0 ? "true" : "false";
    line += ",\"disambiguation\":";
    track.append_text(14);
    line += ",\"first_release_date\":";
    track.append_text(15);
    append_isrcs(track.text(16));
    line += ",\"artist_credit\":" + credits.of(track.integer(17)).names + "}}";
}

void write_tracks(sqlite3* database) {
    Rows releases{database,
                  "SELECT r.id, r.album_id, a.mbid, r.mbid, r.title FROM releases r "
                  "JOIN albums a ON a.id = r.album_id WHERE r.removed_at IS NULL "
                  "ORDER BY r.album_id, r.date IS NULL, r.date, r.id"};
    Rows track{
        database,
        "SELECT m.position, m.format, m.title, t.position, t.number, t.kind, t.title, t.mbid, "
        "t.length_ms, t.artist_credit_id, t.recording_mbid, "
        "coalesce(t.recording_title, t.title), t.recording_length_ms, t.recording_video, "
        "t.recording_disambiguation, t.recording_first_release_date, t.recording_isrcs, "
        "t.recording_artist_credit_id FROM media m JOIN tracks t "
        "ON t.release_id = m.release_id AND t.medium_position = m.position "
        "WHERE m.release_id = ? ORDER BY m.position, t.position"};
    Credits credits{database};
    while (releases.step()) {
        line = "{\"album_id\":";
        releases.append_number(1);
        line += ",\"album_mbid\":";
        releases.append_mbid(2);
        line += ",\"release_id\":";
        releases.append_number(0);
        line += ",\"release_mbid\":";
        releases.append_mbid(3);
        line += ",\"release_title\":";
        releases.append_text(4);
        const std::string release = line;
        track.of(releases.integer(0));
        while (track.step()) {
            line = release;
            line += ",\"medium_position\":";
            track.append_number(0);
            line += ",\"medium_format\":";
            track.append_text(1);
            line += ",\"medium_title\":";
            track.append_text(2);
            line += ",\"position\":";
            track.append_number(3);
            line += ",\"number\":";
            track.append_text(4);
            line += ",\"kind\":";
            track.append_text(5);
            line += ",\"title\":";
            track.append_text(6);
            line += ",\"mbid\":";
            track.append_mbid(7);
            line += ",\"length_ms\":";
            track.append_number(8);
            const Credit& credit = credits.of(track.integer(9));
            line += ",\"artist\":" + credit.text + ",\"artist_credit\":" + credit.names;
            append_recording(track, credits);
            line += '\n';
            std::fwrite(line.data(), 1, line.size(), stdout);
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    sqlite3* database = nullptr;
    check(database, sqlite3_open_v2(argv[1], &database, SQLITE_OPEN_READONLY, nullptr));
    write_tracks(database);
    return std::fflush(stdout) == 0 ? 0 : 1;
}
