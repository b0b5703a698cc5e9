#include "store/postgresql/engine/array_text.hpp"

namespace pressings::store::postgresql {

void ArrayText::element(std::string_view written) {
    if (!m_elements.empty()) m_elements += ',';
    m_elements += written;
}

void ArrayText::add_text(std::string_view value) {
    element("\"");
    for (const char sign : value) {
        if (sign == '"' || sign == '\\') m_elements += '\\';
        m_elements += sign;
    }
    m_elements += '"';
}

void ArrayText::add_bytes(std::span<const std::uint8_t> value) {
    constexpr char k_digits[] = "0123456789abcdef";
    element(R"("\\x)");
    for (const std::uint8_t byte : value) {
        m_elements += k_digits[byte >> 4];
        m_elements += k_digits[byte & 0xF];
    }
    m_elements += '"';
}

}  // namespace pressings::store::postgresql
