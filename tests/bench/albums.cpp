#include "bench/albums.hpp"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <stdexcept>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace pressings::bench {

namespace {

using Json = nlohmann::ordered_json;

/// SplitMix64 (https://prng.di.unimi.it/splitmix64.c): every input gives another output.
std::uint64_t mixed(std::uint64_t x) {
    x += 0x9e3779b97f4a7c15U;
    x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
    return x ^ (x >> 31U);
}

}  // namespace

Albums::Albums(const std::filesystem::path& folder) {
    for (const auto& file : std::filesystem::directory_iterator{folder}) {
        const Json release = Json::parse(std::ifstream{file.path()});
        if (!release.contains("release-group") || !release.contains("artist-credit")) continue;
        const Json& group = release["release-group"];
        const Json& artist = release["artist-credit"][0]["artist"];
        const Json type = group.value("primary-type", Json{});
        m_genuine.push_back({"", group.value("title", ""), artist.value("name", ""), "",
                             group.value("first-release-date", ""),
                             type.is_string() ? type.get<std::string>() : "Album"});
    }
    if (m_genuine.empty()) throw std::runtime_error("no releases in " + folder.string());
    std::sort(m_genuine.begin(), m_genuine.end(),
              [](const BenchAlbum& a, const BenchAlbum& b) { return a.title < b.title; });
}

BenchAlbum Albums::operator[](std::size_t n) const {
    const std::size_t artist = n / k_albums_an_artist;
    BenchAlbum album = m_genuine[n % m_genuine.size()];
    album.mbid = fresh_mbid(1, n);
    album.title = fmt::format("{} {}", album.title, n);
    album.artist = fmt::format("{} {}", m_genuine[artist % m_genuine.size()].artist, artist);
    album.artist_mbid = fresh_mbid(2, artist);
    if (album.date.size() < 4) album.date = "1999";
    return album;
}

std::string Albums::line(std::size_t n) const {
    const BenchAlbum album = (*this)[n];
    const Json record{{"mbid", album.mbid},
                      {"title", album.title},
                      {"artists", {{{"name", album.artist}, {"mbid", album.artist_mbid}}}},
                      {"first_release_date", album.date},
                      {"primary_type", album.type}};
    return record.dump() + "\n";
}

void Albums::write(const std::filesystem::path& file, std::size_t count) const {
    std::ofstream out{file, std::ios::binary};
    for (std::size_t n = 0; n < count; ++n)
        out << line(n);
    if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}

std::string fresh_mbid(unsigned kind, std::size_t n) {
    const std::uint64_t high = mixed(n * 8 + kind);
    const std::uint64_t low = mixed(high ^ kind);
    return fmt::format("{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}", high >> 32U, (high >> 16U) & 0xffffU,
                       high & 0xfffU, 0x8000U | ((low >> 48U) & 0x3fffU), low & 0xffffffffffffU);
}

std::string mbid_bytes(const std::string& mbid) {
    std::string bytes;
    for (std::size_t i = 0; i < mbid.size();) {
        if (mbid[i] == '-') {
            ++i;
            continue;
        }
        bytes += static_cast<char>(std::stoi(mbid.substr(i, 2), nullptr, 16));
        i += 2;
    }
    return bytes;
}

}  // namespace pressings::bench
