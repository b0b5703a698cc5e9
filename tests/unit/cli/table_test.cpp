#include "cli/table.hpp"

#include <sstream>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/text.hpp"
#include "support/temporary_folder.hpp"

using namespace pressings;
using namespace pressings::test;
using cli::Table;

namespace {

enum class Color { no, yes };

std::vector<std::string> lines_of(const Table& table, std::size_t columns,
                                  Color color = Color::no) {
    const TemporaryFolder folder;
    const int file = ::open(folder.file("out").c_str(), O_WRONLY | O_CREAT, 0600);
    cli::Output output{file, "out"};
    table.print(output, {columns, color == Color::yes});
    output.flush();
    ::close(file);
    std::istringstream text{folder.read("out")};
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);)
        lines.push_back(line);
    return lines;
}

Table albums() {
    Table table{{{"ID", Table::Align::right},
                 {"TITLE", Table::Align::left, true},
                 {"ARTIST", Table::Align::left, true}}};
    table.add_row({"7", "Lift Your Skinny Fists Like Antennas to Heaven!", "Godspeed You!"});
    table.add_row({"12345", "三毒史", "椎名林檎"});
    return table;
}

}  // namespace

TEST_CASE("A table is as wide as its widest cells, numbers to the right") {
    const auto lines = lines_of(albums(), 0);
    REQUIRE(lines.size() == 3);
    CHECK(lines[0] == "   ID  TITLE                                            ARTIST");
    CHECK(lines[1] == "    7  Lift Your Skinny Fists Like Antennas to Heaven!  Godspeed You!");
    CHECK(lines[2].starts_with("12345  三毒史 "));
}

TEST_CASE("On a terminal a table fits, to the column, as long as any column may give way") {
    for (const std::size_t columns : {70U, 69U, 68U, 60U, 40U, 30U, 26U}) {
        CAPTURE(columns);
        for (const std::string& line : lines_of(albums(), columns))
            CHECK(display_width(line) <= columns);
    }
    CHECK(lines_of(albums(), 69) == lines_of(albums(), 0));  // 5 + 2 + 47 + 2 + 13
    CHECK(lines_of(albums(), 68) != lines_of(albums(), 0));
    CHECK(lines_of(albums(), 10)[1].starts_with("    7  "));
}

TEST_CASE("What is outside text in a table reaches no terminal raw, and a short row is filled up") {
    Table table{{{"A"}, {"B"}}};
    table.add_row({"\x1b[2J"});
    const auto lines = lines_of(table, 0);
    CHECK(lines[1].find('\x1b') == std::string::npos);
    CHECK(lines_of(table, 0, Color::yes)[0] == "\x1b[1m" + lines[0] + "\x1b[0m");
}

TEST_CASE("A line across a table takes no part in its columns, and is shortened on a terminal") {
    Table table = albums();
    CHECK(table.natural_width() == 69);
    table.add_line(
        "A line that is longer than the whole of the table, however wide that one is now");
    table.add_line("BOLD", Table::Weight::bold);
    table.add_row({"8", "+", "Ed Sheeran"});
    CHECK(table.natural_width() == 69);
    const auto wide = lines_of(table, 0, Color::yes);
    REQUIRE(wide.size() == 6);
    CHECK(wide[3].ends_with(" is now"));
    CHECK(wide[4] == "\x1b[1mBOLD\x1b[0m");
    CHECK(wide[5].starts_with("    8  +  "));
    for (const std::string& line : lines_of(table, 40))
        CHECK(display_width(line) <= 40);
}
