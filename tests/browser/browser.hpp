#pragma once

#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "support/child.hpp"
#include "support/temporary_folder.hpp"

namespace pressings::test {

/// Chromium without a window, driven through chromedriver's WebDriver
/// (https://www.w3.org/TR/webdriver2/).
class Browser {
  public:
    /// Whether both are installed.
    static bool is_there();

    Browser();
    ~Browser();
    Browser(const Browser&) = delete;
    Browser& operator=(const Browser&) = delete;

    void open(const std::string& address);
    std::string address();
    void back();
    /// What a script returns; its arguments are `arguments[0]` and so on.
    nlohmann::json run(const std::string& script,
                       const nlohmann::json& arguments = nlohmann::json::array());
    /// The text that is seen of the first element that fits; "" if there is none.
    std::string text(const std::string& selector);
    int count(const std::string& selector);
    /// As a person does it: the element must be there to be seen.
    void click(const std::string& selector);
    void type(const std::string& selector, const std::string& keys);
    /// To whatever has the keyboard.
    void press(const std::string& keys);

    enum class Scheme { light, dark };
    void show_as(int width, Scheme scheme);
    void allow_scripts(bool allowed);
    /// Errors and warnings on the console, and files that were not there, since the last call.
    std::vector<std::string> complaints();
    /// What a screen reader is told of: role and name of everything that has a name.
    std::vector<std::pair<std::string, std::string>> spoken();

  private:
    nlohmann::json ask(const std::string& method, const std::string& path,
                       const nlohmann::json& body = nullptr);
    nlohmann::json in_session(const std::string& method, const std::string& path,
                              const nlohmann::json& body = nullptr);
    nlohmann::json command(const std::string& name, const nlohmann::json& parameters);
    std::string element(const std::string& selector);

    TemporaryFolder m_folder;
    Child m_driver;
    int m_port = 0;
    std::string m_session;
};

}  // namespace pressings::test
