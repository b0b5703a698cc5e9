#include "mirror/file/packing.hpp"

#include <map>

#include <fmt/format.h>
#include <zdict.h>
#include <zstd.h>

#include "base/error.hpp"
#include "mirror/dump/dump_reader.hpp"

namespace pressings::mirror {

namespace {

/// Packs to 9 parts of 10 of what level 3 does, and half as fast again; slower levels are slower
/// than xz unpacks.
constexpr int k_level = 1;
constexpr std::size_t k_dictionary_bytes = std::size_t{112} * 1024;
constexpr std::size_t k_fewest_samples = 16;

template <auto Free>
struct Frees {
    template <typename Handle>
    void operator()(Handle* handle) const {
        Free(handle);
    }
};

std::size_t checked(std::size_t result, const char* what) {
    if (ZSTD_isError(result) == 0) return result;
    throw Error(fmt::format("cannot {} a document: {}", what, ZSTD_getErrorName(result)));
}

}  // namespace

std::string train_dictionary(std::span<const std::string_view> samples) {
    if (samples.size() < k_fewest_samples) return {};
    std::string all;
    std::vector<std::size_t> sizes;
    for (const std::string_view sample : samples) {
        all += sample;
        sizes.push_back(sample.size());
    }
    std::string dictionary(k_dictionary_bytes, '\0');
    const std::size_t size =
        ZDICT_trainFromBuffer(dictionary.data(), dictionary.size(), all.data(), sizes.data(),
                              static_cast<unsigned>(sizes.size()));
    // Samples that are too small or too much alike teach nothing.
    if (ZDICT_isError(size) != 0) return {};
    dictionary.resize(size);
    return dictionary;
}

struct Packer::State {
    std::unique_ptr<ZSTD_CCtx, Frees<ZSTD_freeCCtx>> context{ZSTD_createCCtx()};
    std::unique_ptr<ZSTD_CDict, Frees<ZSTD_freeCDict>> dictionary;
    std::vector<std::uint8_t> packed;
};

Packer::Packer(std::string_view dictionary) : m_state(std::make_unique<State>()) {
    ZSTD_CCtx* const context = m_state->context.get();
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, k_level);
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    if (dictionary.empty()) return;
    m_state->dictionary.reset(ZSTD_createCDict(dictionary.data(), dictionary.size(), k_level));
    checked(ZSTD_CCtx_refCDict(context, m_state->dictionary.get()), "pack");
}

Packer::~Packer() = default;
Packer::Packer(Packer&&) noexcept = default;

Bytes Packer::pack(std::string_view json) {
    auto& packed = m_state->packed;
    const std::size_t bound = ZSTD_compressBound(json.size());
    if (packed.size() < bound) packed.resize(bound);
    const std::size_t size = checked(ZSTD_compress2(m_state->context.get(), packed.data(),
                                                    packed.size(), json.data(), json.size()),
                                     "pack");
    return Bytes{packed.data(), size};
}

struct Unpacker::State {
    using Dictionary = std::unique_ptr<ZSTD_DDict, Frees<ZSTD_freeDDict>>;
    std::unique_ptr<ZSTD_DCtx, Frees<ZSTD_freeDCtx>> context{ZSTD_createDCtx()};
    std::map<unsigned, Dictionary> dictionaries;
};

Unpacker::Unpacker() : m_state(std::make_unique<State>()) {}
Unpacker::~Unpacker() = default;

void Unpacker::add_dictionary(Bytes dictionary) {
    State::Dictionary made{ZSTD_createDDict(dictionary.data(), dictionary.size())};
    if (!made) throw Error("the mirror has a dictionary that is none; load it again");
    const unsigned id = ZSTD_getDictID_fromDDict(made.get());
    m_state->dictionaries[id] = std::move(made);
}

std::string Unpacker::unpack(Bytes packed) {
    const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
    if (size > DumpReader::k_longest_line) {  // errors and "unknown" are greater
        throw Error("the mirror has a document that is damaged; load it again");
    }
    std::string json(static_cast<std::size_t>(size), '\0');
    const unsigned id = ZSTD_getDictID_fromFrame(packed.data(), packed.size());
    const auto found = m_state->dictionaries.find(id);
    ZSTD_DCtx* const context = m_state->context.get();
    const ZSTD_DDict* const dictionary =
        id == 0 || found == m_state->dictionaries.end() ? nullptr : found->second.get();
    const std::size_t unpacked =
        dictionary != nullptr
            ? ZSTD_decompress_usingDDict(context, json.data(), json.size(), packed.data(),
                                         packed.size(), dictionary)
            : ZSTD_decompressDCtx(context, json.data(), json.size(), packed.data(), packed.size());
    if (checked(unpacked, "unpack") != json.size()) {
        throw Error("the mirror has a document that is cut off; load it again");
    }
    return json;
}

}  // namespace pressings::mirror
