#include "domain/catalogue.hpp"

namespace pressings {

std::string credit_text(const ArtistCredit& credit) {
    std::string text;
    for (const CreditedArtist& artist : credit) {
        text += artist.name;
        text += artist.join_phrase;
    }
    return text;
}

}  // namespace pressings
