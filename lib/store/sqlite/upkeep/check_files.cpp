#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "store/sqlite/upkeep/check_parts.hpp"

namespace pressings::store::sqlite {

namespace {

namespace fs = std::filesystem;

/// What tools of ours keep beside the database.
constexpr std::array k_own_suffixes{"-wal", "-shm", "-rate", "-deaths"};

/// What others leave there, and what it is.
struct KnownFile {
    const char* suffix;
    const char* what;
    const char* remedy;
};

constexpr KnownFile k_known_files[] = {
    {"-journal", "SQLite's journal of a database that is not in WAL mode, and so of another one",
     "no tool of ours reads it; move it away"},
    {"-lock", "from a version that kept its locks there, which those of this one do not heed",
     "when no tool of that version runs any more, delete it"},
};

CheckResult::Fault fault_of(const std::string& file, const std::string& suffix) {
    for (const KnownFile& known : k_known_files) {
        if (suffix != known.suffix) continue;
        return {fmt::format("beside the database lies {}: {}", escape_controls(file), known.what),
                known.remedy};
    }
    return {fmt::format("beside the database lies {}, which no tool of ours made",
                        escape_controls(file)),
            "if it is yours, give it a name that does not begin with the database's; SQLite and "
            "others take files with such names for a part of it"};
}

std::vector<std::string> foreign_suffixes(const fs::path& database) {
    const std::string name = database.filename().string();
    std::error_code ignored;
    std::vector<std::string> suffixes;
    constexpr std::size_t k_most = 20;
    const fs::path folder = database.has_parent_path() ? database.parent_path() : ".";
    for (const auto& entry : fs::directory_iterator{folder, ignored}) {
        const std::string other = entry.path().filename().string();
        if (!other.starts_with(name + "-") || suffixes.size() == k_most) continue;
        const std::string suffix = other.substr(name.size());
        const bool is_own =
            std::find(k_own_suffixes.begin(), k_own_suffixes.end(), suffix) != k_own_suffixes.end();
        if (!is_own) suffixes.push_back(suffix);
    }
    std::sort(suffixes.begin(), suffixes.end());
    return suffixes;
}

std::uint32_t big_endian(const std::array<char, 32>& bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t byte = at; byte < at + 4; ++byte)
        value = value << 8U | static_cast<std::uint8_t>(bytes[byte]);
    return value;
}

/// Whether the log, if there is anything in it, can be this database's
/// (https://sqlite.org/fileformat2.html#walformat): SQLite passes over one that cannot.
bool is_own_log(const std::string& path, std::int64_t page_size) {
    constexpr std::uint32_t k_magic = 0x377f0682;  // and the same with the lowest bit set
    std::array<char, 32> header{};
    std::ifstream log{path, std::ios::binary};
    if (!log.read(header.data(), header.size())) return true;
    const bool is_log = (big_endian(header, 0) & ~1U) == k_magic;
    return is_log && std::int64_t{big_endian(header, 8)} == page_size;
}

}  // namespace

void check_files(Connection& connection, CheckResult& report) {
    for (const std::string& suffix : foreign_suffixes(connection.path()))
        report.faults.push_back(fault_of(connection.path() + suffix, suffix));
    const std::string log = connection.path() + "-wal";
    if (is_own_log(log, connection.integer("PRAGMA page_size"))) return;
    report.faults.push_back(
        {fmt::format("{} is no log of this database; SQLite passes over it", escape_controls(log)),
         "stop the workers and move it away; if the database came from a copy, copy it again with "
         "`release-worker backup FILE`"});
}

}  // namespace pressings::store::sqlite
