#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/Error.hpp>
#include <CLI/Validators.hpp>

/// Checks of options' values, for CLI11's check(). Each says in one sentence what would do.
namespace pressings::cli {

/// One of these words; the nearest is named.
CLI::Validator one_of(std::vector<std::string_view> words);

/// A whole number from `least` to `most`, in plain decimal digits.
CLI::Validator integer_between(std::int64_t least, std::int64_t most);

/// The same of a number that need not be whole.
CLI::Validator number_between(double least, double most);

/// 500ms, 30s, 5m, 12h or 30d.
CLI::Validator duration();

/// The same, of `least` or more; it is written like "100ms".
CLI::Validator duration_from(std::string_view least);

/// What `fault` finds nothing wrong with: it gives that in words, or nothing.
CLI::Validator without_fault(std::function<std::string(const std::string&)> fault);

/// What can be the name of a queue.
CLI::Validator queue_name();

}  // namespace pressings::cli
