#include "mirror/dump/dump_sums.hpp"

#include <filesystem>
#include <fstream>
#include <string_view>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"

namespace pressings::mirror {

namespace {

constexpr std::size_t k_digits = 64;

/// A line is "SUM  NAME" or "SUM *NAME" (sha256sum(1)).
std::optional<std::string> sum_of(std::string_view line, std::string_view file) {
    if (line.size() < k_digits + 2 || line[k_digits] != ' ') return std::nullopt;
    std::string_view name = trim(line.substr(k_digits));
    if (name.starts_with('*') || name.starts_with("./")) name.remove_prefix(name[0] == '*' ? 1 : 2);
    if (name != file) return std::nullopt;
    return ascii_lower(line.substr(0, k_digits));
}

}  // namespace

std::optional<std::string> published_sum(const std::string& path) {
    if (path == "-") return std::nullopt;
    const auto file = std::filesystem::absolute(path);
    const auto sums = file.parent_path() / "SHA256SUMS";
    std::error_code error;
    if (!std::filesystem::exists(sums, error)) return std::nullopt;
    std::ifstream lines{sums, std::ios::binary};
    std::optional<std::string> sum;
    const std::string name = file.filename().string();
    for (std::string line; !sum && std::getline(lines, line);)
        sum = sum_of(line, name);
    const bool is_sum = !sum || sum->find_first_not_of("0123456789abcdef") == std::string::npos;
    if (lines.bad() || !lines.is_open() || !is_sum) {
        throw Error(fmt::format("cannot read {}, which has the sum to check {} by",
                                escape_controls(sums.string()), escape_controls(name)));
    }
    return sum;
}

}  // namespace pressings::mirror
