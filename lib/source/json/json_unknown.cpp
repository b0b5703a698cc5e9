#include "source/json/json_unknown.hpp"

#include <simdjson.h>

#include "base/json_parser.hpp"
#include "base/text.hpp"
#include "source/json/field_table.hpp"

namespace pressings::source {

namespace {

namespace dom = simdjson::dom;

/// As deep as the reader of releases goes.
constexpr std::size_t k_deepest = 64;
constexpr std::size_t k_most_fields = 1'000;
constexpr std::size_t k_longest_key = 100;
constexpr std::size_t k_longest_example = 100;

bool has(const dom::object& object, std::string_view key) {
    return object[key].error() == simdjson::SUCCESS;
}

}  // namespace

/// Through one answer.
class UnknownFields::Walk {
  public:
    explicit Walk(UnknownFields& fields) : m_fields(fields) {}

    void answer(const dom::object& root) {
        if (has(root, "release-count")) {
            page(root);
        } else {
            object(root, has(root, "primary-type") ? "release-group" : "");
        }
    }

  private:
    void page(const dom::object& root) {
        for (const auto& [key, value] : root) {
            const std::string name = shorten(key, k_longest_key);
            if (!field_table().of_page.contains(name)) note("page." + name, value);
        }
        dom::array releases;
        if (root["releases"].get(releases) != simdjson::SUCCESS) return;
        for (const dom::element release : releases)
            value(release, "");
    }

    void object(const dom::object& fields, const std::string& above) {
        for (const auto& [key, inner] : fields) {
            const std::string name = shorten(key, k_longest_key);
            const std::string path = above.empty() ? name : above + "." + name;
            if (is_known(path)) {
                value(inner, path);
            } else {
                note(path, inner);
            }
        }
    }

    void value(const dom::element& inner, const std::string& path) {
        dom::object fields;
        dom::array entries;
        if (inner.get(fields) == simdjson::SUCCESS) {
            object(fields, path);
        } else if (inner.get(entries) == simdjson::SUCCESS) {
            for (const dom::element entry : entries)
                value(entry, path + "[]");
        }
    }

    bool is_known(const std::string& path) {
        const auto [found, is_new] = m_fields.m_known.try_emplace(path, false);
        if (is_new) found->second = field_table().knows(path);
        return found->second;
    }

    void note(const std::string& path, const dom::element& inner) {
        auto& fields = m_fields.m_fields;
        if (fields.size() >= k_most_fields && !fields.contains(path)) return;
        Field& field = fields[path];
        if (field.times++ > 0) return;
        field.path = path;
        field.example = shorten(simdjson::minify(inner), k_longest_example);
    }

    UnknownFields& m_fields;
};

void UnknownFields::take(std::string_view answer) {
    JsonParser parser{k_deepest};
    dom::object root;
    if (parser.parse(answer).get(root) == simdjson::SUCCESS) Walk{*this}.answer(root);
}

std::vector<UnknownFields::Field> UnknownFields::found() const {
    std::vector<Field> all;
    for (const auto& [path, field] : m_fields)
        all.push_back(field);
    return all;
}

}  // namespace pressings::source
