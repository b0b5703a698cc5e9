// A batch as it may be packed, and of a format that has to be told from what is in it.
#include <string>
#include <vector>

#include "base/error.hpp"
#include "fuzz/records.hpp"
#include "fuzz/target.hpp"
#include "intake/packed_input.hpp"

namespace pressings::fuzz {

namespace {

constexpr std::size_t k_enough = std::size_t{1} << 20U;

/// What is in it, and the Error it ends in; no more than enough of it, for a few bytes can unpack
/// to any number.
std::string unpack(const std::string& path, std::size_t block_bytes) {
    std::string unpacked;
    try {
        intake::PackedInput input{path};
        std::vector<char> block(block_bytes);
        while (const std::size_t size = input.read(block, 1)) {
            require(size <= block.size(), "no more is read than there is room for");
            unpacked.append(block.data(), size);
            if (unpacked.size() >= k_enough) return unpacked.substr(0, k_enough);
        }
        require(input.read(block, 1) == 0, "the end is the end");
    } catch (const Error& error) {
        require_safe_message(error.what());
        return "refused";
    }
    return unpacked;
}

void take_records(const std::string& path) {
    try {
        const auto reader = intake::open_batch(path, intake::Format::automatic, {});
        for (int i = 0; i < 1000; ++i) {
            const auto record = reader->next();
            if (!record) break;
            require_record(*record);
        }
    } catch (const Error& error) {
        require_safe_message(error.what());
    }
}

}  // namespace

void take(std::string_view input) {
    const InputFile file{input};
    const std::string unpacked = unpack(file.path(), std::size_t{128} * 1024);
    require(unpack(file.path(), 1 + number_from(input, 5000)) == unpacked,
            "it unpacks the same however it is read");
    if (unpacked.size() < k_enough) take_records(file.path());
}

}  // namespace pressings::fuzz
