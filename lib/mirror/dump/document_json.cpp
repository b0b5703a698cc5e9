#include "mirror/dump/document_json.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <simdjson.h>

#include "base/boxed_json.hpp"
#include "base/json_parser.hpp"
#include "base/text.hpp"

namespace pressings::mirror {

namespace {

using simdjson::dom::element;

constexpr std::size_t k_deepest = 128;  // a genuine document with all its relations has about 20

std::optional<element> member(const element& object, std::string_view key) {
    element found;
    if (object.at_key(key).get(found) != simdjson::SUCCESS || found.is_null()) return std::nullopt;
    return found;
}

std::string_view text(const element& object, std::string_view key) {
    std::string_view found;
    if (const auto value = member(object, key)) {
        if (value->get(found) != simdjson::SUCCESS) return {};
    }
    return found;
}

Mbid required_mbid(const element& object, std::string_view key, std::string_view path) {
    const auto mbid = Mbid::parse(text(object, key));
    if (!mbid || *mbid == Mbid{}) throw OddDocument(fmt::format("has no MBID as {}", path));
    return *mbid;
}

template <typename Visit>
void each(const element& object, std::string_view key, Visit visit) {
    simdjson::dom::array items;
    const auto list = member(object, key);
    if (!list || list->get(items) != simdjson::SUCCESS) return;
    for (const element item : items)
        visit(item);
}

void add_line(std::string& lines, std::string_view name) {
    if (!name.empty()) lines += fold(name) + '\n';
}

void add_artist(GroupNames& names, const element& artist) {
    add_line(names.artists, text(artist, "name"));
    add_line(names.artists, text(artist, "sort-name"));
    each(artist, "aliases",
         [&](const element& alias) { add_line(names.artists, text(alias, "name")); });
    const auto mbid = Mbid::parse(text(artist, "id"));
    const auto& credited = names.credited;
    if (mbid && std::find(credited.begin(), credited.end(), *mbid) == credited.end()) {
        names.credited.push_back(*mbid);
    }
}

GroupNames names_of(const element& group) {
    GroupNames names;
    add_line(names.titles, text(group, "title"));
    each(group, "aliases",
         [&](const element& alias) { add_line(names.titles, text(alias, "name")); });
    std::string credit;
    each(group, "artist-credit", [&](const element& credited) {
        credit += std::string{text(credited, "name")} + std::string{text(credited, "joinphrase")};
        if (const auto artist = member(credited, "artist")) add_artist(names, *artist);
    });
    add_line(names.artists, credit);
    return names;
}

/// Keys as they are found in a document; what is no identifier is passed over.
class Identifiers {
  public:
    void add(IdentifierKind kind, std::string_view text) {
        if (text.empty()) return;
        const Identifier identifier{kind, std::string{text}};
        if (!comparable(identifier).empty()) m_keys.insert(identifier_key(identifier));
    }
    void add_url(std::string_view url) {
        if (url.find("discogs.com") == std::string_view::npos) return;
        if (const auto identifier = read_discogs_reference(url)) {
            m_keys.insert(identifier_key(*identifier));
        }
    }
    std::vector<std::string> take() && { return {m_keys.begin(), m_keys.end()}; }

  private:
    std::set<std::string> m_keys;
};

std::vector<std::string> identifiers_of(const element& document) {
    Identifiers found;
    found.add(IdentifierKind::barcode, text(document, "barcode"));
    each(document, "label-info", [&](const element& info) {
        found.add(IdentifierKind::catno, text(info, "catalog-number"));
    });
    each(document, "media", [&](const element& medium) {
        each(medium, "discs",
             [&](const element& disc) { found.add(IdentifierKind::disc_id, text(disc, "id")); });
    });
    each(document, "relations", [&](const element& relation) {
        if (const auto url = member(relation, "url")) found.add_url(text(*url, "resource"));
    });
    return std::move(found).take();
}

std::optional<GroupNames> other_names_of(const element& release) {
    const auto group = member(release, "release-group");
    const auto title = text(release, "title");
    const auto of_group = group && group->is_object() ? text(*group, "title") : std::string_view{};
    if (title.empty() || title == of_group || fold(title) == fold(of_group)) return std::nullopt;
    return names_of(release);
}

DocumentKeys keys_of(const element& document) {
    if (!document.is_object()) throw OddDocument("is no JSON object");
    DocumentKeys keys;
    keys.mbid = required_mbid(document, "id", "id");
    if (const auto group = member(document, "release-group")) {
        if (!group->is_object()) throw OddDocument("has a release-group that is none");
        keys.release_group = required_mbid(*group, "id", "release-group.id");
        return keys;
    }
    element ignored;
    if (document.at_key("first-release-date").get(ignored) != simdjson::SUCCESS &&
        document.at_key("primary-type").get(ignored) != simdjson::SUCCESS) {
        throw OddDocument("is neither a release with its release-group nor a release group");
    }
    keys.kind = DumpKind::release_group;
    keys.release_group = keys.mbid;
    return keys;
}

}  // namespace

struct DocumentParser::State {
    JsonParser parser{k_deepest};
    std::optional<element> root;

    simdjson::error_code keep(const simdjson::simdjson_result<element>& parsed) {
        root.reset();
        if (parsed.error() == simdjson::SUCCESS) root = parsed.value_unsafe();
        return parsed.error();
    }

    static void check(simdjson::error_code error) {
        if (error == simdjson::SUCCESS) return;
        throw DumpError(fmt::format("is no JSON: {}", simdjson::error_message(error)));
    }

    /// Gives the document with values that no parser can hold in boxes; nothing if it has none.
    std::optional<std::string> parse(std::string_view padded_json) {
        const auto error = keep(parser.parse_padded(padded_json));
        if (error == simdjson::SUCCESS) return std::nullopt;
        auto boxed = box_unreadable_values(padded_json);
        if (!boxed) check(error);
        check(keep(parser.parse(*boxed)));
        return boxed;
    }
};

DocumentParser::DocumentParser() : m_state(std::make_unique<State>()) {}
DocumentParser::~DocumentParser() = default;

DocumentKeys DocumentParser::keys(std::string_view json) {
    auto boxed = m_state->parse(json);
    DocumentKeys keys = keys_of(*m_state->root);
    keys.boxed = std::move(boxed);
    return keys;
}

GroupNames DocumentParser::names() const {
    return names_of(*m_state->root);
}

std::optional<GroupNames> DocumentParser::other_names() const {
    return other_names_of(*m_state->root);
}

std::vector<std::string> DocumentParser::identifiers() const {
    return identifiers_of(*m_state->root);
}

std::vector<std::string> DocumentParser::identifiers_in(const std::string& json) {
    m_state->check(m_state->keep(m_state->parser.parse(json)));
    return identifiers_of(*m_state->root);
}

std::string identifier_key(const Identifier& identifier) {
    return std::string{to_string(identifier.kind)} + ':' + comparable(identifier);
}

GroupNames DocumentParser::names_in(const std::string& json) {
    m_state->check(m_state->keep(m_state->parser.parse(json)));
    return names_of(*m_state->root);
}

std::vector<std::string> label_names(const std::string& json) {
    JsonParser parser{k_deepest};
    element root;
    std::vector<std::string> names;
    if (parser.parse(json).get(root) != simdjson::SUCCESS) return names;
    each(root, "label-info", [&](const element& info) {
        const auto label = member(info, "label");
        if (label) names.emplace_back(text(*label, "name"));
    });
    return names;
}

std::optional<std::string> member_text(const std::string& json, std::string_view key) {
    JsonParser parser{k_deepest};
    element root;
    if (parser.parse(json).get(root) != simdjson::SUCCESS || !root.is_object()) {
        throw Error("a document of the mirror is no JSON object");
    }
    const auto found = member(root, key);
    return found ? std::optional{simdjson::minify(*found)} : std::nullopt;
}

}  // namespace pressings::mirror
