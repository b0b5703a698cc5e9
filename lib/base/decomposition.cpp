#include "base/decomposition.hpp"

#include <cstdint>

#ifdef PRESSINGS_LINK_IN
#include <unicode/udata.h>
#include <unicode/uversion.h>

#include "base/shared_library.hpp"
#include "base/sonames.hpp"

#define PRESSINGS_TEXT_OF(macro) #macro
#define PRESSINGS_TEXT(macro) PRESSINGS_TEXT_OF(macro)

/// An empty table of contents in place of ICU's data, which would make each tool 30 MB larger; as
/// ICU's own stubdata.cpp has it.
extern "C" {
struct alignas(16) IcuContents {
    std::uint16_t header_bytes = 32;
    std::uint8_t magic[2] = {0xDA, 0x27};
    UDataInfo info = {sizeof(UDataInfo), 0, U_IS_BIG_ENDIAN,      U_CHARSET_FAMILY,
                      sizeof(char16_t),  0, {'T', 'o', 'C', 'P'}, {1, 0, 0, 0},
                      {0, 0, 0, 0}};
    char padding[8] = {};
    std::uint32_t count = 0;
    std::uint32_t reserved = 0;
};
extern const IcuContents U_ICUDATA_ENTRY_POINT;
const IcuContents U_ICUDATA_ENTRY_POINT;
}
#endif

namespace pressings {

namespace {

#ifdef PRESSINGS_LINK_IN
void load_data() {
    const SharedLibrary library{soname::k_icudata};
    const char* data = nullptr;
    library.find(PRESSINGS_TEXT(U_ICUDATA_ENTRY_POINT), data);
    UErrorCode error = U_ZERO_ERROR;
    udata_setCommonData(data, &error);
}
#else
void load_data() {}
#endif

}  // namespace

const icu::Normalizer2& compatible_decomposition() {
    static const icu::Normalizer2* const k_instance = [] {
        load_data();
        UErrorCode error = U_ZERO_ERROR;
        return icu::Normalizer2::getNFKDInstance(error);
    }();
    return *k_instance;
}

}  // namespace pressings
