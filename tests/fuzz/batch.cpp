// A batch of one format, PRESSINGS_FUZZ_FORMAT: ndjson, json, csv, tsv or mbid.
#include "base/error.hpp"
#include "fuzz/records.hpp"
#include "fuzz/target.hpp"
#include "intake/readers.hpp"

namespace pressings::fuzz {

namespace {

constexpr intake::Format k_format = intake::Format::PRESSINGS_FUZZ_FORMAT;

std::unique_ptr<intake::RecordReader> make_reader(std::unique_ptr<intake::TextInput> input,
                                                  char comma) {
    switch (k_format) {
        case intake::Format::automatic:
        case intake::Format::ndjson:
            return intake::make_ndjson_reader(std::move(input), {});
        case intake::Format::json:
            return intake::make_json_reader(std::move(input), {});
        case intake::Format::csv:
            return intake::make_delimited_reader(std::move(input), comma, {});
        case intake::Format::tsv:
            return intake::make_delimited_reader(std::move(input), '\t', {});
        case intake::Format::mbid:
            return intake::make_mbid_reader(std::move(input), {});
    }
    std::abort();
}

ReadBatch read(const std::string& path, std::size_t block_bytes, char comma,
               std::size_t input_bytes) {
    try {
        auto text = std::make_unique<intake::TextInput>(path, block_bytes);
        return read_all(*make_reader(std::move(text), comma), input_bytes);
    } catch (const Error& error) {
        require_safe_message(error.what());
        return {{}, error.what()};
    }
}

}  // namespace

/// Whatever the blocks are that the input comes in, the records are the same.
void take(std::string_view input) {
    constexpr std::size_t k_most_unpacked = std::size_t{1} << 22U;
    const InputFile file{input};
    const char comma = number_from(input, 4) == 0 ? ';' : ',';
    const std::size_t bound = std::max(input.size(), k_most_unpacked);
    const ReadBatch batch = read(file.path(), intake::TextInput::k_usual_block_bytes, comma, bound);
    const std::size_t little = 4 + number_from(input, 60 + input.size() / 16);
    require(read(file.path(), little, comma, bound) == batch, "blocks of any size read the same");
}

}  // namespace pressings::fuzz
