#include "browser.hpp"

#include <cstdlib>
#include <vector>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text_list.hpp"

namespace pressings {

namespace {

/// $BROWSER is a list; its first entry is taken, with arguments, "%s" for the address.
std::vector<std::string> command_for(const std::string& url) {
    const char* const told = std::getenv("BROWSER");
    const std::string browsers = told != nullptr && *told != '\0' ? told : "xdg-open";
    std::vector<std::string> words;
    bool has_url = false;
    for (std::string& word : split_list(browsers.substr(0, browsers.find(':')), ' ')) {
        if (word.empty()) continue;
        if (word == "%s") word = url;
        has_url = has_url || word == url;
        words.push_back(std::move(word));
    }
    if (!has_url) words.push_back(url);
    return words;
}

}  // namespace

bool open_in_browser(const std::string& url) {
    auto words = command_for(url);
    std::vector<char*> arguments;
    for (std::string& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t child = -1;
    if (::posix_spawnp(&child, arguments[0], nullptr, nullptr, arguments.data(), environ) != 0) {
        return false;
    }
    int status = 0;
    return ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace pressings
