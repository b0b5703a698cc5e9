#include "domain/plain_number.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace pressings {

namespace {

std::string without_gaps(std::string text) {
    text.erase(
        std::remove_if(text.begin(), text.end(), [](char c) { return c == ' ' || c == '-'; }),
        text.end());
    return text;
}

}  // namespace

std::string plain_barcode(std::string_view barcode) {
    std::string plain = without_gaps(std::string{barcode});
    return plain.erase(0, std::min(plain.find_first_not_of('0'), plain.size()));
}

std::string plain_catalog_number(std::string_view number) {
    return without_gaps(fold(number));
}

}  // namespace pressings
