#include "intake/told_identifiers.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace pressings::intake {

namespace {

constexpr std::size_t k_most_catnos = 10;
constexpr std::size_t k_most_labels = 20;

std::string_view code_of(IdentifierKind kind) {
    if (kind == IdentifierKind::barcode) return "bad_barcode";
    return kind == IdentifierKind::disc_id ? "bad_disc_id" : "bad_field";
}

bool has_controls(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

std::optional<Refusal> take(IdentifierKind kind, std::string_view text, AlbumRequest& request) {
    if (trim(text).empty()) return std::nullopt;
    auto read = read_identifier(kind, text);
    if (const auto* bad = std::get_if<BadIdentifier>(&read)) {
        return Refusal{std::string{code_of(kind)},
                       fmt::format("{}: {}", to_string(kind), bad->message)};
    }
    auto& known = request.identifiers;
    auto& identifier = std::get<Identifier>(read);
    const bool is_new = std::none_of(known.begin(), known.end(), [&](const Identifier& one) {
        return one.kind == identifier.kind && comparable(one) == comparable(identifier);
    });
    if (is_new) known.push_back(std::move(identifier));
    return std::nullopt;
}

/// Labels of which something is told.
std::vector<std::string> told_labels(const ToldAlbum& told) {
    std::vector<std::string> labels;
    for (const std::string& label : told.labels) {
        if (const auto name = trim(label); !name.empty()) labels.emplace_back(name);
    }
    return labels;
}

std::optional<Refusal> refuse_lists(const ToldAlbum& told) {
    if (told.catnos.size() > k_most_catnos) {
        return Refusal{"bad_field", fmt::format("catno: more than {}", k_most_catnos)};
    }
    if (told.labels.size() > k_most_labels) {
        return Refusal{"bad_field", fmt::format("label: more than {}", k_most_labels)};
    }
    for (const auto* list : {&told.catnos, &told.labels}) {
        if (std::none_of(list->begin(), list->end(), has_controls)) continue;
        return Refusal{"bad_field", fmt::format("{}: there are control characters in it",
                                                list == &told.catnos ? "catno" : "label")};
    }
    return std::nullopt;
}

std::optional<Refusal> take_catnos(const ToldAlbum& told, AlbumRequest& request) {
    const auto labels = told_labels(told);
    for (const std::string& catno : told.catnos) {
        if (is_no_catno(catno)) continue;
        if (auto refusal = take(IdentifierKind::catno, catno, request)) return refusal;
    }
    for (Identifier& identifier : request.identifiers) {
        if (identifier.kind == IdentifierKind::catno) identifier.labels = labels;
    }
    return std::nullopt;
}

}  // namespace

std::optional<Refusal> take_identifiers(const ToldAlbum& told, AlbumRequest& request) {
    if (auto refusal = refuse_lists(told)) return refusal;
    const std::pair<IdentifierKind, const std::optional<std::string>*> fields[] = {
        {IdentifierKind::discogs_master, &told.discogs_master},
        {IdentifierKind::discogs_release, &told.discogs_release},
        {IdentifierKind::disc_id, &told.disc_id},
        {IdentifierKind::barcode, &told.barcode}};
    for (const auto& [kind, text] : fields) {
        if (!*text) continue;
        if (auto refusal = take(kind, **text, request)) return refusal;
    }
    if (auto refusal = take_catnos(told, request)) return refusal;
    std::stable_sort(request.identifiers.begin(), request.identifiers.end(),
                     [](const Identifier& a, const Identifier& b) { return a.kind < b.kind; });
    return std::nullopt;
}

std::string without_discogs_numbers(std::string_view name) {
    std::string clean;
    while (!name.empty()) {
        const auto figures = name.starts_with(" (") ? name.find_first_not_of("0123456789", 2) : 0;
        const bool is_number =
            figures != std::string_view::npos && figures > 2 && name[figures] == ')' &&
            (figures + 1 == name.size() || name[figures + 1] == ',' || name[figures + 1] == ' ');
        if (!is_number) clean += name.front();
        name.remove_prefix(is_number ? figures + 1 : 1);
    }
    return clean;
}

std::vector<std::string> split_discogs_list(std::string_view list) {
    std::vector<std::string> names;
    while (!list.empty()) {
        const auto end = std::min(list.find(", "), list.size());
        std::string name = without_discogs_numbers(trim(list.substr(0, end)));
        const bool is_new = std::find(names.begin(), names.end(), name) == names.end();
        if (!name.empty() && is_new) names.push_back(std::move(name));
        list.remove_prefix(std::min(end + 2, list.size()));
    }
    return names;
}

std::vector<std::string> discogs_catnos(std::string_view list) {
    auto catnos = split_discogs_list(list);
    std::erase_if(catnos, [](const std::string& catno) {
        const auto read = read_identifier(IdentifierKind::catno, catno);
        return has_controls(catno) || std::holds_alternative<BadIdentifier>(read);
    });
    catnos.resize(std::min(catnos.size(), k_most_catnos));
    return catnos;
}

std::vector<std::string> discogs_labels(std::string_view list) {
    auto labels = split_discogs_list(list);
    std::erase_if(labels, [](const std::string& label) { return has_controls(label); });
    labels.resize(std::min(labels.size(), k_most_labels));
    return labels;
}

}  // namespace pressings::intake
