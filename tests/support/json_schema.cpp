#include "support/json_schema.hpp"

#include <fstream>
#include <map>
#include <stdexcept>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>
#pragma GCC diagnostic pop

namespace pressings::test {

namespace {

const valijson::Schema& schema_of(const std::string& name) {
    static std::map<std::string, valijson::Schema> schemas;
    const auto [entry, is_new] = schemas.try_emplace(name);
    if (is_new) {
        std::ifstream file{std::string{PRESSINGS_SOURCE_DIR} + "/schema/json/" + name + ".json"};
        if (!file) throw std::runtime_error("there is no schema " + name);
        const auto document = nlohmann::json::parse(file);
        valijson::SchemaParser parser{valijson::SchemaParser::kDraft7};
        parser.populateSchema(valijson::adapters::NlohmannJsonAdapter{document}, entry->second);
    }
    return entry->second;
}

}  // namespace

std::vector<std::string> schema_faults(const std::string& name, const nlohmann::json& document) {
    valijson::Validator validator;
    valijson::ValidationResults results;
    validator.validate(schema_of(name), valijson::adapters::NlohmannJsonAdapter{document},
                       &results);
    std::vector<std::string> faults;
    valijson::ValidationResults::Error error;
    while (results.popError(error)) {
        std::string fault;
        for (const std::string& step : error.context)
            fault += step;
        faults.push_back(fault + ": " + error.description);
    }
    return faults;
}

}  // namespace pressings::test
