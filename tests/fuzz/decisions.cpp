// What somebody decided in a spreadsheet about albums that no search could settle.
#include "intake/decisions.hpp"

#include <set>

#include "base/error.hpp"
#include "fuzz/records.hpp"
#include "fuzz/target.hpp"
#include "intake/sheet.hpp"

namespace pressings::fuzz {

namespace {

template <typename Read>
auto read(const InputFile& file, Read read_file) -> std::optional<decltype(read_file(""))> {
    try {
        return read_file(file.path());
    } catch (const Error& error) {
        require_safe_message(error.what());
        return std::nullopt;
    }
}

void require_sheet(const intake::Sheet& sheet) {
    std::int64_t last_line = 1;
    for (const intake::SheetRow& row : sheet.rows) {
        require(row.line > last_line, "rows are in order, behind the header");
        last_line = row.line;
        require(row.cells.size() <= sheet.columns.size(), "a cell has a column");
    }
}

void require_decided(const intake::AlbumDecision& decision) {
    require(decision.line > 1 && decision.album_id > 0, "a decision is about an album");
    if (const auto* const search = std::get_if<intake::SearchDecision>(&decision.what)) {
        require(search->words.album.title && !search->words.album.artist_credit.empty(),
                "words to look for are an artist and a title");
        require_record({decision.line, "", search->words});
    }
}

void require_refused(const intake::RefusedDecision& refused) {
    require(refused.line > 1 && !refused.refusal.code.empty(), "a refusal tells of which line");
    require_safe_message(refused.refusal.message);
}

}  // namespace

void take(std::string_view input) {
    const InputFile file{input};
    const auto sheet = read(file, intake::read_sheet);
    if (sheet) require_sheet(*sheet);
    const auto decisions = read(file, intake::read_decisions);
    if (!decisions) return;
    require(sheet.has_value(), "decisions are a sheet");
    std::set<std::int64_t> albums;
    for (const intake::AlbumDecision& decision : decisions->decisions) {
        require_decided(decision);
        require(albums.insert(decision.album_id).second, "one decision an album");
    }
    for (const intake::RefusedDecision& refused : decisions->refused)
        require_refused(refused);
    require(decisions->undecided >= 0, "a count is not negative");
    const auto lines = decisions->decisions.size() + decisions->refused.size();
    require(lines <= 2 * sheet->rows.size(), "no more is decided than there are rows");
}

}  // namespace pressings::fuzz
