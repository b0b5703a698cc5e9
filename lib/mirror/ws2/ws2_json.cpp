#include "mirror/ws2/ws2_json.hpp"

#include <sstream>

#include <fmt/format.h>
#include <simdjson.h>

#include "base/error.hpp"
#include "base/json_parser.hpp"

namespace pressings::mirror {

namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

const Inc k_known_inc{"aliases", "annotation", "artist-credits", "discids",
                      "genres",  "isrcs",      "labels",         "media",
                      "ratings", "recordings", "release-groups", "tags"};

struct Rule {
    std::string_view key;
    std::string_view inc;
};

/// Which key comes only when it is asked for, wherever it stands.
constexpr Rule k_rules[] = {
    {"aliases", "aliases"},
    {"annotation", "annotation"},
    {"artist-credit", "artist-credits"},
    {"data-tracks", "recordings"},
    {"discs", "discids"},
    {"genres", "genres"},
    {"isrcs", "isrcs"},
    {"label-info", "labels"},
    {"pregap", "recordings"},
    {"rating", "ratings"},
    {"release-group", "release-groups"},
    {"tags", "tags"},
    {"track-offset", "recordings"},
    {"tracks", "recordings"},
};

bool has(const Inc& inc, std::string_view word) {
    return inc.find(word) != inc.end();
}

bool is_relationship(std::string_view word) {
    return word.size() > 5 && word.ends_with("-rels");
}

bool is_asked_for(std::string_view key, const Inc& inc) {
    if (key == "media") return has(inc, "media") || has(inc, "recordings") || has(inc, "discids");
    if (key == "relations") {
        for (const std::string& word : inc) {
            if (is_relationship(word)) return true;
        }
        return false;
    }
    for (const Rule& rule : k_rules) {
        if (rule.key == key) return has(inc, rule.inc);
    }
    return true;
}

/// Relationships of parts of a document need an `inc` of their own.
bool has_relations(std::string_view part, const Inc& inc) {
    if (part.empty()) return true;
    if (part == "recording") return has(inc, "recording-level-rels");
    return part == "release-group" && has(inc, "release-group-level-rels");
}

/// Whether it is to a kind of thing that was asked for.
bool is_asked_for(const element& relation, const Inc& inc) {
    std::string_view target;
    if (relation.at_key("target-type").get(target) != simdjson::SUCCESS) return true;
    return has(inc, std::string{target} + "-rels");
}

/// `part` is the key under which the value stands, "" at the top.
void write(const element& value, std::string_view part, const Inc& inc, std::string& text);

void write_object(const simdjson::dom::object& object, std::string_view part, const Inc& inc,
                  std::string& text) {
    text += '{';
    bool is_first = true;
    for (const auto member : object) {
        if (!is_asked_for(member.key, inc)) continue;
        if (member.key == "relations" && !has_relations(part, inc)) continue;
        if (!is_first) text += ',';
        is_first = false;
        text += json_string(member.key) + ':';
        write(member.value, member.key, inc, text);
    }
    text += '}';
}

void write_list(const simdjson::dom::array& list, std::string_view part, const Inc& inc,
                std::string& text) {
    text += '[';
    bool is_first = true;
    for (const element item : list) {
        if (part == "relations" && !is_asked_for(item, inc)) continue;
        if (!is_first) text += ',';
        is_first = false;
        write(item, part, inc, text);
    }
    text += ']';
}

// Documents are no deeper than the parser goes, so this is not either.
void write(const element& value, std::string_view part, const Inc& inc, std::string& text) {
    if (value.type() == element_type::OBJECT) {
        write_object(value.get_object().value_unsafe(), part, inc, text);
    } else if (value.type() == element_type::ARRAY) {
        write_list(value.get_array().value_unsafe(), part, inc, text);
    } else {
        text += simdjson::minify(value);
    }
}

/// A document, parsed.
class Parsed {
  public:
    explicit Parsed(const std::string& json) {
        if (m_parser.parse(json).get(m_root) == simdjson::SUCCESS && m_root.is_object()) return;
        throw Error("the mirror has a document that is no JSON object; load it again");
    }
    const element& root() const { return m_root; }

  private:
    JsonParser m_parser{simdjson::DEFAULT_MAX_DEPTH};
    element m_root;
};

std::string text_of(const element& object, std::string_view key) {
    std::string_view text;
    if (object.at_key(key).get(text) != simdjson::SUCCESS) return {};
    return std::string{text};
}

template <typename Visit>
void each(const element& object, std::string_view key, Visit visit) {
    simdjson::dom::array list;
    if (object.at_key(key).get(list) != simdjson::SUCCESS) return;
    for (const element item : list)
        visit(item);
}

}  // namespace

Inc parse_inc(std::string_view text) {
    Inc inc;
    std::istringstream words{std::string{text}};
    for (std::string word; words >> word;)
        inc.insert(word);
    return inc;
}

std::optional<std::string> wrong_inc(const Inc& inc) {
    for (const std::string& word : inc) {
        if (!has(k_known_inc, word) && !is_relationship(word)) return word;
    }
    if (has(inc, "isrcs") && !has(inc, "recordings")) return "isrcs";
    return std::nullopt;
}

std::string filter_by_inc(const std::string& json, const Inc& inc) {
    const Parsed parsed{json};
    std::string text;
    text.reserve(json.size());
    write(parsed.root(), "", inc, text);
    return text;
}

CutKey cut_key(const std::string& json) {
    const Parsed parsed{json};
    const element& release = parsed.root();
    const std::string date = text_of(release, "date");
    const std::string country = text_of(release, "country");
    const std::string barcode = text_of(release, "barcode");
    CutKey key;
    key.order = {date.empty(),    date,    country.empty(),       country,
                 barcode.empty(), barcode, text_of(release, "id")};
    each(release, "media", [&](const element& medium) {
        each(medium, "tracks", [&](const element&) { ++key.tracks; });
    });
    return key;
}

std::vector<std::string> credited_artists(const std::string& group_json) {
    const Parsed parsed{group_json};
    std::vector<std::string> artists;
    each(parsed.root(), "artist-credit", [&](const element& credit) {
        element artist;
        if (credit.at_key("artist").get(artist) != simdjson::SUCCESS) return;
        artists.push_back(simdjson::minify(artist));
    });
    return artists;
}

std::string json_string(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            quoted += '\\';
            quoted += c;
        } else if (byte < 0x20) {
            quoted += fmt::format("\\u{:04x}", byte);
        } else {
            quoted += c;
        }
    }
    return quoted + '"';
}

}  // namespace pressings::mirror
