// Rows of Discogs' export of a collection, behind its header.
#include "base/error.hpp"
#include "fuzz/records.hpp"
#include "fuzz/target.hpp"
#include "intake/readers.hpp"
#include "intake/told_identifiers.hpp"

namespace pressings::fuzz {

namespace {

constexpr std::string_view k_header =
    "Catalog#,Artist,Title,Label,Format,Rating,Released,release_id,CollectionFolder,Date Added,"
    "Collection Media Condition,Collection Sleeve Condition,Collection Notes\r\n";

void take_names(const std::string& text) {
    const std::string name = intake::without_discogs_numbers(text);
    require(name.size() <= text.size(), "a name without its number is no longer");
    for (const std::string& label : intake::split_discogs_list(text))
        require(!label.empty() && label.size() <= text.size(), "a label has a name");
}

}  // namespace

void take(std::string_view input) {
    take_names(std::string{input});
    const std::string export_of = std::string{k_header} + std::string{input};
    const InputFile file{export_of};
    auto text = std::make_unique<intake::TextInput>(file.path(), 4 + number_from(input, 60));
    const auto reader = intake::make_delimited_reader(std::move(text), ',', {});
    const ReadBatch batch = read_all(*reader, export_of.size());
    require(batch.error.empty() || batch.records.size() <= input.size(), "and ends");
}

}  // namespace pressings::fuzz
