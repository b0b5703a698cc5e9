#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Numbers in names, however they are written: "2", "²", "II", "two", "Blueprint2".
namespace pressings {

/// The words of a name (see NameWords) with each number in figures: "II" and "two" as "2",
/// "second" as "2nd", "twenty one" as "21", "01" as "1", "blueprint2" as two words; "number" and
/// "#" in front of one are left out. One letter is a Roman number only behind other words.
std::vector<std::string> with_figures(const std::vector<std::string>& words);

/// Whether a word, as with_figures gives it, is a number: "2", "2nd".
bool is_figure(std::string_view word);

/// The ways in which the number may be written of which these are the figures: "2", "ii", "two".
std::vector<std::string> spellings_of(std::string_view figure);

}  // namespace pressings
