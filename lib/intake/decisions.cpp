#include "intake/decisions.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <string_view>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "intake/sheet.hpp"
#include "intake/told_album.hpp"

namespace pressings::intake {

namespace {

using What = std::variant<TakeDecision, SearchDecision, SkipDecision>;

template <std::size_t Size>
bool is_one_of(const std::array<std::string_view, Size>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::variant<What, Refusal> take(const std::string& reference) {
    auto read = read_mbid_reference(reference);
    if (auto* const refusal = std::get_if<Refusal>(&read)) return std::move(*refusal);
    return TakeDecision{std::get<Mbid>(read)};
}

std::variant<What, Refusal> search(const SheetRow& row) {
    ToldAlbum told;
    told.artist = row.text("artist");
    told.title = row.text("title");
    if (const auto year = row.text("year"); !year.empty()) told.year = year;
    auto read = make_album(told, {});
    if (auto* const refusal = std::get_if<Refusal>(&read)) return std::move(*refusal);
    return SearchDecision{std::move(std::get<AlbumRequest>(read))};
}

std::variant<What, Refusal> read_decision(const SheetRow& row) {
    constexpr std::array<std::string_view, 6> k_yes{"x", "y", "yes", "1", "true", "ok"};
    constexpr std::array<std::string_view, 5> k_no{"skip", "n", "no", "0", "false"};
    const std::string text = row.text("decision");
    const std::string word = ascii_lower(text);
    if (is_one_of(k_no, word)) return SkipDecision{};
    if (word == "search") return search(row);
    if (!is_one_of(k_yes, word)) {
        constexpr std::size_t k_shortest_reference = 30;
        auto taken = take(text);
        const bool is_reference = text.size() >= k_shortest_reference;
        if (is_reference || std::holds_alternative<What>(taken)) return taken;
        return Refusal{"bad_decision",
                       fmt::format("{} is no decision; write x for the candidate of this line, an "
                                   "MBID or a URL, search, or skip",
                                   quote(text))};
    }
    if (row.text("mbid").empty()) {
        return Refusal{"bad_decision", "this line has no candidate; write an MBID or a URL"};
    }
    return take(row.text("mbid"));
}

std::optional<std::int64_t> album_of(const SheetRow& row) {
    const std::string text = row.text("album");
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    const bool is_id = error == std::errc{} && end == text.data() + text.size() && id > 0;
    return is_id ? std::optional{id} : std::nullopt;
}

/// Whether two decisions about an album are the same.
bool is_same(const What& a, const What& b) {
    if (a.index() != b.index()) return false;
    if (const auto* const one = std::get_if<TakeDecision>(&a)) {
        return one->mbid == std::get<TakeDecision>(b).mbid;
    }
    if (const auto* const one = std::get_if<SearchDecision>(&a)) {
        const AlbumRequest& words = std::get<SearchDecision>(b).words;
        return one->words.album.title == words.album.title && one->words.year == words.year &&
               credit_text(one->words.album.artist_credit) ==
                   credit_text(words.album.artist_credit);
    }
    return true;
}

/// Gathers decisions, one an album.
class Gathering {
  public:
    void add(const SheetRow& row) {
        const auto album = album_of(row);
        if (album) m_albums.insert(*album);
        if (row.text("decision").empty()) return;
        if (!row.is_whole) {
            return refuse(row.line, "bad_row", "it has another number of cells than the header");
        }
        if (!album) return refuse(row.line, "bad_album", "the column album has no id of an album");
        auto read = read_decision(row);
        if (auto* const refusal = std::get_if<Refusal>(&read)) {
            m_decided.insert(*album);
            m_result.refused.push_back({row.line, std::move(*refusal)});
            return;
        }
        decide(*album, row, std::move(std::get<What>(read)));
    }

    Decisions finish() {
        std::erase_if(m_result.decisions, [&](const AlbumDecision& decision) {
            return m_disputed.contains(decision.album_id);
        });
        m_result.undecided = static_cast<std::int64_t>(m_albums.size() - m_decided.size());
        std::sort(m_result.refused.begin(), m_result.refused.end(),
                  [](const auto& a, const auto& b) { return a.line < b.line; });
        return std::move(m_result);
    }

  private:
    void refuse(std::int64_t line, const char* code, const std::string& message) {
        m_result.refused.push_back({line, {code, message}});
    }

    void decide(std::int64_t album, const SheetRow& row, What what) {
        m_decided.insert(album);
        const auto [place, is_new] = m_places.try_emplace(album, m_result.decisions.size());
        if (is_new) {
            m_result.decisions.push_back(
                {row.line, album, row.text("looked_for"), std::move(what)});
            return;
        }
        const AlbumDecision& known = m_result.decisions[place->second];
        if (is_same(known.what, what)) return;
        const auto say = [&](std::int64_t line, std::int64_t other) {
            refuse(line, "two_decisions",
                   fmt::format("line {} decides otherwise about album {}", other, album));
        };
        say(row.line, known.line);
        if (m_disputed.insert(album).second) say(known.line, row.line);
    }

    Decisions m_result;
    std::map<std::int64_t, std::size_t> m_places;  ///< of albums in the decisions
    std::set<std::int64_t> m_albums;
    std::set<std::int64_t> m_decided;
    std::set<std::int64_t> m_disputed;
};

}  // namespace

Decisions read_decisions(const std::string& path) {
    const Sheet sheet = read_sheet(path);
    for (const char* column : {"decision", "album"}) {
        if (std::find(sheet.columns.begin(), sheet.columns.end(), column) != sheet.columns.end()) {
            continue;
        }
        throw Error(
            fmt::format("{} has no column {}; it is no list that `album-import "
                        "--candidates` wrote",
                        escape_controls(path), column));
    }
    Gathering gathering;
    for (const SheetRow& row : sheet.rows)
        gathering.add(row);
    return gathering.finish();
}

}  // namespace pressings::intake
