#include "mirror/ws2/identifier_answers.hpp"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "mirror/dump/document_json.hpp"
#include "mirror/ws2/ws2_json.hpp"

namespace pressings::mirror {

namespace {

constexpr std::size_t k_most_found = 500;
constexpr std::size_t k_most_urls = 100;

/// What a search asks for: one identifier, or releases by their MBIDs.
struct Question {
    std::optional<Identifier> identifier;
    std::vector<Mbid> releases;
};

/// Takes the phrase that `text` begins with, without its quotes and escapes.
std::optional<std::string> take_phrase(std::string_view& text) {
    if (!text.starts_with('"')) return std::nullopt;
    std::string phrase;
    for (std::size_t at = 1; at < text.size(); ++at) {
        if (text[at] == '"') {
            text.remove_prefix(at + 1);
            return phrase;
        }
        if (text[at] == '\\' && at + 1 < text.size()) ++at;
        phrase += text[at];
    }
    return std::nullopt;
}

bool take(std::string_view& text, std::string_view word) {
    if (!text.starts_with(word)) return false;
    text.remove_prefix(word.size());
    return true;
}

/// " AND (label:\"A\" OR label:\"B\")", or nothing.
bool take_labels(std::string_view text, Identifier& catno) {
    if (text.empty()) return true;
    if (!take(text, " AND (")) return false;
    do {
        if (!take(text, "label:")) return false;
        auto label = take_phrase(text);
        if (!label) return false;
        catno.labels.push_back(std::move(*label));
    } while (take(text, " OR "));
    return text == ")";
}

std::optional<Question> read_mbids(std::string_view list) {
    Question question;
    if (take(list, "(") && list.ends_with(')')) list.remove_suffix(1);
    while (!list.empty()) {
        const auto end = std::min(list.find(" OR "), list.size());
        const auto mbid = Mbid::parse(trim(list.substr(0, end)));
        if (!mbid || question.releases.size() == k_most_found) return std::nullopt;
        question.releases.push_back(*mbid);
        list.remove_prefix(std::min(end + 4, list.size()));
    }
    return question;
}

std::optional<Question> read_question(std::string_view query) {
    if (take(query, "reid:")) return read_mbids(query);
    for (const auto kind : {IdentifierKind::barcode, IdentifierKind::catno}) {
        if (!take(query, fmt::format("{}:", to_string(kind)))) continue;
        auto phrase = take_phrase(query);
        if (!phrase) return std::nullopt;
        Identifier identifier{kind, std::move(*phrase)};
        const bool is_whole =
            kind == IdentifierKind::catno ? take_labels(query, identifier) : query.empty();
        return is_whole ? std::optional{Question{identifier, {}}} : std::nullopt;
    }
    return std::nullopt;
}

bool is_of_labels(const std::string& json, const Identifier& identifier) {
    if (identifier.labels.empty()) return true;
    const auto labels = label_names(json);
    return std::any_of(labels.begin(), labels.end(), [&](const std::string& name) {
        return std::any_of(identifier.labels.begin(), identifier.labels.end(),
                           [&](const std::string& told) { return is_same_label(told, name); });
    });
}

std::vector<std::string> found_by(const Mirror& mirror, const Question& question) {
    std::vector<std::string> found;
    for (const Mbid& release : question.releases) {
        if (auto json = mirror.release(release)) found.push_back(std::move(*json));
    }
    if (!question.identifier) return found;
    found = mirror.releases_with(identifier_key(*question.identifier), k_most_found);
    std::erase_if(
        found, [&](const std::string& json) { return !is_of_labels(json, *question.identifier); });
    return found;
}

std::size_t number(const Ws2Parameters& parameters, const std::string& name,
                   std::size_t otherwise) {
    const auto found = parameters.find(name);
    if (found == parameters.end()) return otherwise;
    const std::string& text = found->second;
    std::size_t value = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

/// The page of them that is asked for, each as `inc` has it.
std::string page_of(const std::vector<std::string>& found, const Inc& inc,
                    const Ws2Parameters& parameters, std::size_t highest) {
    const std::size_t offset = number(parameters, "offset", 0);
    const std::size_t limit = std::min(number(parameters, "limit", 25), highest);
    std::vector<std::string> page;
    for (std::size_t at = offset; at < found.size() && page.size() < limit; ++at)
        page.push_back(filter_by_inc(found[at], inc));
    return fmt::format("[{}]", fmt::join(page, ","));
}

std::optional<Ws2Answer> search_releases(const Mirror& mirror, const Ws2Parameters& parameters) {
    const auto question = read_question(parameters.find("query")->second);
    if (!question) return std::nullopt;
    const auto found = found_by(mirror, *question);
    return Ws2Answer{200, fmt::format(R"({{"count":{},"offset":{},"releases":{}}})", found.size(),
                                      number(parameters, "offset", 0),
                                      page_of(found, {"labels", "artist-credits", "release-groups"},
                                              parameters, 100))};
}

Ws2Answer look_up_disc(const Mirror& mirror, std::string_view id, const Ws2Parameters& parameters) {
    const auto read = read_identifier(IdentifierKind::disc_id, id);
    const auto* disc = std::get_if<Identifier>(&read);
    if (disc == nullptr) return ws2_error(400, "Invalid discid.");
    const auto asked = parameters.find("inc");
    Inc inc = parse_inc(asked == parameters.end() ? "" : asked->second);
    inc.insert({"media", "discids"});
    const auto found = mirror.releases_with(identifier_key(*disc), k_most_found);
    if (found.empty()) return ws2_error(404, "Not Found");
    return {200, fmt::format(R"({{"id":{},"releases":{}}})", json_string(disc->value),
                             page_of(found, inc, parameters, 25))};
}

/// What the URL is linked with; nothing if no document has it.
std::optional<std::string> linked(const Mirror& mirror, const std::string& url) {
    const auto identifier = read_discogs_reference(url);
    if (!identifier) return std::nullopt;
    std::vector<std::string> relations;
    const auto add = [&](const std::vector<std::string>& found, std::string_view type) {
        for (const std::string& json : found) {
            relations.push_back(fmt::format(R"({{"type":"discogs","target-type":"{0}","{0}":{1}}})",
                                            type, filter_by_inc(json, {})));
        }
    };
    add(mirror.releases_with(identifier_key(*identifier), k_most_found), "release");
    add(mirror.groups_with(identifier_key(*identifier), k_most_found), "release_group");
    if (relations.empty()) return std::nullopt;
    return fmt::format(R"({{"resource":{},"relations":[{}]}})", json_string(url),
                       fmt::join(relations, ","));
}

Ws2Answer look_up_urls(const Mirror& mirror, const Ws2Parameters& parameters) {
    const auto [first, last] = parameters.equal_range("resource");
    std::vector<std::string> urls;
    std::size_t asked = 0;
    for (auto url = first; url != last && asked < k_most_urls; ++url, ++asked) {
        if (auto json = linked(mirror, url->second)) urls.push_back(std::move(*json));
    }
    if (asked == 1) return urls.empty() ? ws2_error(404, "Not Found") : Ws2Answer{200, urls[0]};
    return {200, fmt::format(R"({{"url-count":{},"url-offset":0,"urls":[{}]}})", urls.size(),
                             fmt::join(urls, ","))};
}

}  // namespace

std::optional<Ws2Answer> answer_identified(const Mirror& mirror, std::string_view path,
                                           const Ws2Parameters& parameters) {
    constexpr std::string_view k_disc = "/ws/2/discid/";
    if (path == "/ws/2/release" && parameters.count("query") != 0) {
        return search_releases(mirror, parameters);
    }
    if (path.starts_with(k_disc))
        return look_up_disc(mirror, path.substr(k_disc.size()), parameters);
    if (path == "/ws/2/url" && parameters.count("resource") != 0) {
        return look_up_urls(mirror, parameters);
    }
    return std::nullopt;
}

}  // namespace pressings::mirror
