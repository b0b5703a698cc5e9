#include "source/json/field_table.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "source/json/fields_text.hpp"

namespace pressings::source {

namespace {

using Row = std::vector<std::string>;
using Places = std::multimap<std::string, std::string>;

/// What stands between the first two backticks; nothing where there are none.
std::string quoted(const std::string& cell) {
    const auto start = cell.find('`');
    if (start == std::string::npos) return "";
    return cell.substr(start + 1, cell.find('`', start + 1) - start - 1);
}

Row cells(const std::string& line) {
    Row row;
    for (std::size_t at = 1; at < line.size();) {
        const auto end = std::min(line.find('|', at), line.size());
        row.push_back(quoted(line.substr(at, end - at)));
        at = end + 1;
    }
    return row;
}

/// The rows of each section that say something, by the title of the section.
std::map<std::string, std::vector<Row>> read_sections() {
    std::istringstream file{k_fields_text};
    std::map<std::string, std::vector<Row>> sections;
    std::string title;
    for (std::string line; std::getline(file, line);) {
        if (line.rfind("## ", 0) == 0) title = line.substr(3);
        if (line.rfind("| `", 0) == 0) sections[title].push_back(cells(line));
    }
    return sections;
}

std::vector<std::string> expand(const std::string& path, const Places& places) {
    const auto start = path.find('{');
    if (start == std::string::npos) return {path};
    const auto end = path.find('}', start) + 1;
    const auto [first, last] = places.equal_range(path.substr(start, end - start));
    if (first == last) throw std::runtime_error("no place is called so: " + path);
    std::vector<std::string> paths;
    for (auto place = first; place != last; ++place) {
        for (std::string& each :
             expand(path.substr(0, start) + place->second + path.substr(end), places)) {
            paths.push_back(std::move(each));
        }
    }
    return paths;
}

/// Whether `path` is `above` or lies in it.
bool is_in(const std::string& path, const std::string& above) {
    if (path.rfind(above, 0) != 0) return false;
    return path.size() == above.size() || path[above.size()] == '.' || path[above.size()] == '[';
}

FieldTable read_field_table() {
    const auto sections = read_sections();
    Places places;
    for (const Row& row : sections.at("Short names for places"))
        places.emplace(row.at(0), row.at(1));
    FieldTable table;
    for (const Row& row : sections.at("Around the releases"))
        table.of_page.insert(row.at(0));
    for (const Row& row : sections.at("Kept")) {
        for (const std::string& path : expand(row.at(0), places)) {
            table.kept[path] = {row.at(1), row.at(2)};
        }
    }
    for (const Row& row : sections.at("Left out")) {
        for (std::string& path : expand(row.at(0), places))
            table.left_out.push_back(std::move(path));
    }
    return table;
}

}  // namespace

bool FieldTable::knows(const std::string& path) const {
    return std::any_of(kept.begin(), kept.end(),
                       [&](const auto& row) { return is_in(row.first, path); }) ||
           std::any_of(left_out.begin(), left_out.end(),
                       [&](const std::string& above) { return is_in(path, above); });
}

const FieldTable& field_table() {
    static const FieldTable table = read_field_table();
    return table;
}

}  // namespace pressings::source
