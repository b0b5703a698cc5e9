// Makes dumps in MusicBrainz's form, as large as wanted, of the genuine releases.
//   make-dump FOLDER RELEASES [SEED]
#include <cstdint>
#include <exception>
#include <filesystem>
#include <iostream>
#include <string>

#include "support/multiplied_releases.hpp"

int main(int argc, char** argv) {
    if (argc < 3 || argc > 4) {
        std::cerr << "usage: make-dump FOLDER RELEASES [SEED]\n";
        return 2;
    }
    try {
        const std::string folder = argv[1];
        const std::uint64_t seed = argc > 3 ? std::stoull(argv[3]) : 1;
        const pressings::test::MultipliedReleases releases{std::stoul(argv[2]), seed};
        std::filesystem::create_directories(folder);
        write_dump_folder(folder, releases);
        std::cout << releases.size() << " releases of " << releases.groups() << " groups in "
                  << folder << '\n';
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "make-dump: " << error.what() << '\n';
        return 3;
    }
}
