#include "browser/browser.hpp"

#include <filesystem>
#include <regex>
#include <stdexcept>

#include <httplib.h>

#include "support/eventually.hpp"

namespace pressings::test {

using Json = nlohmann::json;

namespace {

constexpr const char* k_driver = "/usr/bin/chromedriver";
constexpr const char* k_chromium = "/usr/bin/chromium";

Json capabilities(const std::string& profile) {
    // Root, as in a container, may not have Chromium's sandbox.
    const Json arguments{"--headless=new",          "--no-sandbox",
                         "--disable-gpu",           "--no-first-run",
                         "--disable-dev-shm-usage", "--user-data-dir=" + profile};
    return {{"capabilities",
             {{"alwaysMatch",
               {{"browserName", "chrome"},
                {"goog:loggingPrefs", {{"browser", "ALL"}}},
                {"goog:chromeOptions", {{"binary", k_chromium}, {"args", arguments}}}}}}}};
}

/// The port that it has chosen, once it says so.
int port_of(const TemporaryFolder& folder) {
    std::smatch found;
    std::string said;
    const std::regex sentence{R"(started successfully on port (\d+))"};
    const bool is_up = eventually([&] {
        said = folder.read("driver.log");
        return std::regex_search(said, found, sentence);
    });
    if (!is_up) throw std::runtime_error("chromedriver did not start: " + said);
    return std::stoi(found[1]);
}

}  // namespace

bool Browser::is_there() {
    return std::filesystem::exists(k_driver) && std::filesystem::exists(k_chromium);
}

Browser::Browser()
    : m_driver({k_driver, "--port=0"}, m_folder.file("driver.log")), m_port(port_of(m_folder)) {
    m_session = ask("POST", "/session", capabilities(m_folder.file("profile")))["sessionId"];
}

Browser::~Browser() {
    try {
        in_session("DELETE", "");
    } catch (const std::exception&) {
        // It ends with its driver.
    }
}

Json Browser::ask(const std::string& method, const std::string& path, const Json& body) {
    httplib::Client client{"127.0.0.1", m_port};
    client.set_read_timeout(60);
    httplib::Request request;
    request.method = method;
    request.path = path;
    request.body = body.is_null() ? "" : body.dump();
    request.set_header("Content-Type", "application/json");
    const auto answer = client.send(request);
    if (!answer) throw std::runtime_error("chromedriver does not answer " + path);
    Json value = Json::parse(answer->body)["value"];
    if (answer->status != 200) throw std::runtime_error(path + ": " + value["message"].dump());
    return value;
}

Json Browser::in_session(const std::string& method, const std::string& path, const Json& body) {
    return ask(method, "/session/" + m_session + path, body);
}

Json Browser::command(const std::string& name, const Json& parameters) {
    return in_session("POST", "/goog/cdp/execute", {{"cmd", name}, {"params", parameters}});
}

void Browser::open(const std::string& address) {
    // Another fragment of the same page would not load it.
    in_session("POST", "/url", {{"url", "about:blank"}});
    in_session("POST", "/url", {{"url", address}});
}

std::string Browser::address() {
    return in_session("GET", "/url");
}

void Browser::back() {
    in_session("POST", "/back", Json::object());
}

Json Browser::run(const std::string& script, const Json& arguments) {
    return in_session("POST", "/execute/sync", {{"script", script}, {"args", arguments}});
}

std::string Browser::text(const std::string& selector) {
    return run("return document.querySelector(arguments[0])?.innerText ?? ''", {selector});
}

int Browser::count(const std::string& selector) {
    return run("return document.querySelectorAll(arguments[0]).length", {selector});
}

std::string Browser::element(const std::string& selector) {
    return in_session("POST", "/element", {{"using", "css selector"}, {"value", selector}})
        .begin()
        .value();
}

void Browser::click(const std::string& selector) {
    in_session("POST", "/element/" + element(selector) + "/click", Json::object());
}

void Browser::type(const std::string& selector, const std::string& keys) {
    in_session("POST", "/element/" + element(selector) + "/value", {{"text", keys}});
}

void Browser::press(const std::string& keys) {
    const std::string active = in_session("GET", "/element/active").begin().value();
    in_session("POST", "/element/" + active + "/value", {{"text", keys}});
}

void Browser::show_as(int width, Scheme scheme) {
    command("Emulation.setDeviceMetricsOverride",
            {{"width", width}, {"height", 900}, {"deviceScaleFactor", 1}, {"mobile", false}});
    const char* name = scheme == Scheme::dark ? "dark" : "light";
    const Json feature{{"name", "prefers-color-scheme"}, {"value", name}};
    command("Emulation.setEmulatedMedia", {{"features", Json::array({feature})}});
}

void Browser::allow_scripts(bool allowed) {
    command("Emulation.setScriptExecutionDisabled", {{"value", !allowed}});
}

std::vector<std::string> Browser::complaints() {
    std::vector<std::string> all;
    for (const Json& entry : in_session("POST", "/se/log", {{"type", "browser"}})) {
        if (entry["level"] == "SEVERE" || entry["level"] == "WARNING")
            all.push_back(entry["message"]);
    }
    return all;
}

std::vector<std::pair<std::string, std::string>> Browser::spoken() {
    std::vector<std::pair<std::string, std::string>> all;
    const Json tree = command("Accessibility.getFullAXTree", Json::object());
    for (const Json& node : tree["nodes"]) {
        if (node.value("ignored", false) || !node.contains("role")) continue;
        const Json name = node.value("name", Json::object()).value("value", Json{""});
        all.emplace_back(node["role"]["value"], name.is_string() ? name.get<std::string>() : "");
    }
    return all;
}

}  // namespace pressings::test
