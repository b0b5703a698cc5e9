#include "support/unusual_releases.hpp"

#include <string_view>

#include <fmt/format.h>

namespace pressings::test {

namespace {

/// ISO 3166-1.
constexpr std::string_view k_countries =
    "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCM"
    "CNCOCRCUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGY"
    "HKHMHNHRHTHUIDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMF"
    "MGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARE"
    "RORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUSUYUZ"
    "VAVCVEVGVIVNVUWFWSYEYTZAZMZW";

HeldRelease release_of(const HeldGroup& group, int number, const std::string& title,
                       const std::string& artist, const std::string& date) {
    HeldRelease release;
    release.number = number;
    release.group = group;
    release.title = title;
    release.artist = artist;
    release.barcode = fmt::format("{:012}", number);
    release.catalog_number = fmt::format("HELD {:03}", number);
    if (!date.empty()) release.events = {{date, "EG"}};
    return release;
}

HeldMedium disc(int position, int tracks) {
    HeldMedium medium{position, {}};
    for (int n = 1; n <= tracks; ++n)
        medium.tracks.push_back({n, std::to_string(n), fmt::format("Piece {}.{}", position, n)});
    return medium;
}

HeldMedium disc_of(int position, const std::vector<std::string>& titles) {
    HeldMedium medium{position, {}};
    for (const std::string& title : titles) {
        const int at = static_cast<int>(medium.tracks.size()) + 1;
        medium.tracks.push_back({at, std::to_string(at), title});
    }
    return medium;
}

}  // namespace

std::vector<HeldRelease> box_set() {
    const HeldGroup group{100, "Everything", "1999"};
    HeldRelease box = release_of(group, 101, "Everything (120 discs)", "Held Artist", "2006-11");
    for (int n = 1; n <= 120; ++n)
        box.media.push_back(disc(n, 12));
    std::vector<HeldRelease> all{box};
    for (int edition = 1; edition <= 5; ++edition) {
        all.push_back(release_of(group, 101 + edition, fmt::format("Everything {}", edition),
                                 "Held Artist", fmt::format("{}", 1998 + edition)));
        for (int n = 1; n <= 11; ++n)
            all.back().media.push_back(disc(n, 20));
    }
    return all;
}

std::vector<HeldRelease> sold_everywhere() {
    const HeldGroup group{200, "Everywhere", "2020-11-20"};
    HeldRelease sold = release_of(group, 201, "Everywhere", "Held Artist", "");
    for (std::size_t at = 0; at < k_countries.size(); at += 2)
        sold.events.push_back({"2020-11-20", std::string{k_countries.substr(at, 2)}});
    sold.events.back().date = "2020-12";
    sold.media = {disc(1, 10)};
    sold.media[0].format = "Digital Media";
    HeldRelease nowhere = release_of(group, 202, "Everywhere", "Held Artist", "");
    nowhere.media = {disc(1, 10)};
    return {sold, nowhere};
}

std::vector<HeldRelease> right_to_left() {
    const HeldGroup group{300, "إنت عمري", "1964"};
    HeldRelease arabic = release_of(group, 301, "إنت عمري\u200F (تسجيل حي)", "أم كلثوم", "1964");
    arabic.language = "ara";
    arabic.script = "Arab";
    arabic.disambiguation = "نسخة ٢";
    arabic.media = {disc_of(1, {"إنت عمري", "\u202Bأمل حياتي\u202C", "فكروني – 3",
                                "\u2067الأطلال\u2069 (Live)", "\u061Cألف ليلة وليلة"})};
    HeldRelease hebrew = release_of(group, 302, "\u202Eאתה חיי\u202C", "אום כולתום", "1999-02-03");
    hebrew.language = "heb";
    hebrew.script = "Hebr";
    hebrew.catalog_number = "\u200Fהד 12–34";
    hebrew.media = {
        disc_of(1, {"אתה חיי!", "שִׁיר א׳ \u200E(Side A)\u200E", "\u2066Latin\u2069 עברית"})};
    return {arabic, hebrew};
}

std::vector<HeldRelease> emoji_titles() {
    const HeldGroup group{400, "🌍🎸", "2019"};
    HeldRelease release =
        release_of(group, 401, "🌍🎸 👩🏽‍🚀",
                   "👨‍👩‍👧‍👦 & 𝕋𝕙𝕖 𝔹𝕒𝕟𝕕", "2019-04-01");
    release.language = "mul";
    release.script = "Zsye";
    release.media = {
        disc_of(1, {"👩🏽‍🚀", "🏳️‍🌈", "🇯🇵🇪🇬", "❤️‍🔥 (𝓁𝒾𝓋𝑒)",
                    "1️⃣ + 1️⃣", "𠀋𠮷野家", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"})};
    return {release};
}

std::vector<HeldRelease> with_gaps() {
    const HeldGroup group{500, "Holes", "1977"};
    HeldRelease release = release_of(group, 501, "Holes", "Held Artist", "1977");
    HeldMedium late{2, {}, "12\" Vinyl", "Second of what there was"};
    late.tracks = {{3, "A3", "Third"}, {4, "A4", "Fourth"}, {9, "B1", "Ninth", std::nullopt}};
    HeldMedium mixed{5, {}};
    mixed.tracks = {{0, "0", "Hidden"},
                    {1, "1", "First"},
                    {3, "3", "Third"},
                    {7, "7", "Video", 61'000, true},
                    {8, "8", "Film", std::nullopt, true}};
    HeldMedium data{7, {}, "Data CD"};
    data.tracks = {{2, "2", "Only data", std::nullopt, true}};
    release.media = {late, mixed, data, {9, {}, std::nullopt}};
    return {release};
}

std::vector<HeldRelease> called_off() {
    const HeldGroup group{600, "Called Off", "2001-09-11"};
    std::vector<HeldRelease> all;
    const auto add = [&](const char* status, const char* date) {
        const int number = 601 + static_cast<int>(all.size());
        all.push_back(release_of(group, number, "Called Off", "Held Artist", date));
        all.back().status = status;
        all.back().media = {disc(1, 8)};
    };
    add("Official", "2001-10-02");
    add("Withdrawn", "2001-09-11");
    add("Expunged", "2001-09-18");
    add("Cancelled", "2001-08-28");
    add("Cancelled", "");
    return all;
}

std::vector<HeldRelease> unusual_releases() {
    std::vector<HeldRelease> all;
    for (const auto& of_group :
         {box_set(), sold_everywhere(), right_to_left(), emoji_titles(), with_gaps(), called_off()})
        all.insert(all.end(), of_group.begin(), of_group.end());
    return all;
}

}  // namespace pressings::test
