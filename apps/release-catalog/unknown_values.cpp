// What is said of filters that can find nothing.
#include <algorithm>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "cli/log.hpp"
#include "terms.hpp"

namespace pressings {

using store::CatalogueReader;
using store::Facet;

namespace {

/// The nearest of `present`, but for those of another length altogether: there may be many.
std::string nearest(const std::string& value, const std::vector<std::string>& present) {
    const std::string wanted = fold(value);
    const std::size_t slack = wanted.size() / 3 + 1;
    std::vector<std::string> folded;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < present.size(); ++i) {
        std::string name = fold(present[i]);
        if (name.size() + slack < wanted.size() || wanted.size() + slack < name.size()) continue;
        folded.push_back(std::move(name));
        places.push_back(i);
    }
    const std::vector<std::string_view> names{folded.begin(), folded.end()};
    const auto near = closest(wanted, names);
    if (near.empty()) return "";
    const auto at = std::find(names.begin(), names.end(), near) - names.begin();
    return present[places[static_cast<std::size_t>(at)]];
}

/// The nearest that there is, or all there is if that is not much.
std::string advice(const std::string& value, const std::vector<std::string>& present) {
    constexpr std::size_t k_few = 12;
    const std::string near = nearest(value, present);
    if (!near.empty()) return fmt::format("; the nearest that there is: {}", escape_controls(near));
    if (present.empty() || present.size() > k_few) return "";
    return "; there are: " + escape_controls(fmt::format("{}", fmt::join(present, ", ")));
}

class Warner {
  public:
    explicit Warner(CatalogueReader& catalogue) : m_catalogue(catalogue) {}

    /// `missing`: "no release has the status".
    void check(Facet facet, const char* missing, const std::optional<std::string>& value) {
        if (!value || m_catalogue.has_value(facet, *value)) return;
        cli::log(cli::LogLevel::warning, fmt::format("{} {}{}", missing, quote(*value),
                                                     advice(*value, m_catalogue.values(facet))));
    }

    template <typename Values>
    void check_all(Facet facet, const char* missing, const Values& values) {
        for (const auto& value : values)
            check(facet, missing, value);
    }

  private:
    CatalogueReader& m_catalogue;
};

}  // namespace

void warn_of_unknown_values(const store::Terms& terms, CatalogueReader& catalogue) {
    Warner warner{catalogue};
    for (const PlainFormat format : terms.formats)
        warner.check(Facet::format, "no release has the format", std::string{to_string(format)});
    warner.check_all(Facet::country, "no release is of the country", terms.countries);
    warner.check_all(Facet::status, "no release has the status", terms.statuses);
    warner.check_all(Facet::type, "no album has the type", terms.types);
    warner.check_all(Facet::label, "no release is on the label", terms.labels);
}

}  // namespace pressings
