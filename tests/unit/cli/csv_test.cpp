#include "cli/csv.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include "support/temporary_folder.hpp"

using namespace pressings;
using namespace pressings::test;
using cli::csv_cell;
using cli::disarm_formulas;

namespace {

std::string written(cli::Formulas formulas, const std::vector<std::vector<std::string>>& rows) {
    const TemporaryFolder folder;
    const int file = ::open(folder.file("csv").c_str(), O_WRONLY | O_CREAT, 0600);
    cli::Output output{file, "csv"};
    cli::CsvWriter csv{output, formulas};
    for (const auto& row : rows)
        csv.row(row);
    output.flush();
    ::close(file);
    return folder.read("csv");
}

}  // namespace

TEST_CASE("A cell is in quotes where it must be, and nowhere else") {
    CHECK(csv_cell("") == "");
    CHECK(csv_cell("In Rainbows") == "In Rainbows");
    CHECK(csv_cell("12\" Vinyl") == "\"12\"\" Vinyl\"");
    CHECK(csv_cell("Crosby, Stills & Nash") == "\"Crosby, Stills & Nash\"");
    CHECK(csv_cell("two\nlines") == "\"two\nlines\"");
    CHECK(csv_cell("two\r\nlines") == "\"two\r\nlines\"");
    CHECK(csv_cell(" blank") == "\" blank\"");
    CHECK(csv_cell("blank ") == "\"blank \"");
    CHECK(csv_cell("\"") == "\"\"\"\"");
    CHECK(csv_cell("三毒史; 狂気") == "三毒史; 狂気");
}

TEST_CASE("What would be a formula gets an apostrophe in front") {
    CHECK(disarm_formulas("=1+1") == "'=1+1");
    CHECK(disarm_formulas("+") == "'+");
    CHECK(disarm_formulas("-2") == "'-2");
    CHECK(disarm_formulas("@SUM(A1)") == "'@SUM(A1)");
    CHECK(disarm_formulas("\t=1") == "'\t'=1");
    CHECK(disarm_formulas("\r=1") == "'\r'=1");
    CHECK(disarm_formulas("\n=1") == "'\n'=1");
    CHECK(disarm_formulas("＝1") == "'＝1");
    CHECK(disarm_formulas("＋1") == "'＋1");
    CHECK(disarm_formulas("－1") == "'－1");
    CHECK(disarm_formulas("＠x") == "'＠x");
}

TEST_CASE("Blanks and quotes do not hide a formula, nor does a separator of other programs") {
    CHECK(disarm_formulas("  =1") == "  '=1");
    CHECK(disarm_formulas("\"=1") == "\"'=1");
    CHECK(disarm_formulas("\uFEFF\u00A0=1") == "\uFEFF\u00A0'=1");
    CHECK(disarm_formulas("a;=1") == "a;'=1");
    CHECK(disarm_formulas("a; =1; b") == "a; '=1; b");
    CHECK(disarm_formulas("a|=1") == "a|'=1");
    CHECK(disarm_formulas("a\t=1") == "a\t'=1");
    CHECK(disarm_formulas("a\n=1") == "a\n'=1");
}

TEST_CASE("What is no formula stays as it is") {
    for (const char* text : {"", "A", "a=b", "1-2", "Re: -", "x@y.org", "1973-03-01", "æ³o & h³æ",
                             "'=1", "5099902987927", "A;B|C"}) {
        CHECK(disarm_formulas(text) == text);
    }
}

TEST_CASE("Rows end with CR LF, and formulas are left alone unless it is said") {
    CHECK(written(cli::Formulas::keep, {{"title", "artist"}, {"+", "=x, y"}}) ==
          "title,artist\r\n+,\"=x, y\"\r\n");
    CHECK(written(cli::Formulas::disarm, {{"title", "artist"}, {"+", "=x, y"}}) ==
          "title,artist\r\n'+,\"'=x, y\"\r\n");
    CHECK(written(cli::Formulas::keep, {{"", ""}, {"a"}}) == ",\r\na\r\n");
}
