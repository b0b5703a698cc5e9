// The main of a fuzz target where there is no libFuzzer: takes each file named, and each file in
// the folders named, once.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_of(const std::vector<std::string>& names) {
    std::vector<fs::path> files;
    for (const std::string& name : names) {
        if (!fs::is_directory(name)) {
            files.emplace_back(name);
            continue;
        }
        for (const auto& entry : fs::recursive_directory_iterator{name}) {
            if (entry.is_regular_file()) files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// In exactly as much memory as it takes, so that reading beyond it is noticed.
std::vector<std::uint8_t> content_of(const fs::path& path) {
    std::ifstream file{path, std::ios::binary};
    std::vector<std::uint8_t> content{std::istreambuf_iterator<char>{file}, {}};
    content.shrink_to_fit();
    return content;
}

}  // namespace

int main(int argc, char** argv) {
    const auto files = files_of({argv + 1, argv + argc});
    for (const fs::path& path : files) {
        std::fprintf(stderr, "%s\n", path.c_str());
        const auto content = content_of(path);
        LLVMFuzzerTestOneInput(content.data(), content.size());
    }
    std::printf("%zu inputs taken\n", files.size());
    return files.empty() ? 2 : 0;
}
