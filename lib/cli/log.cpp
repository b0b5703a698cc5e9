#include "cli/log.hpp"

#include <array>
#include <ctime>
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "base/text.hpp"
#include "base/time.hpp"
#include "cli/output.hpp"

namespace pressings::cli {

namespace {

struct LogSetting {
    std::string tool = "pressings";
    LogFormat format = LogFormat::text;
    std::shared_ptr<spdlog::logger> logger;
};

LogSetting& setting() {
    static LogSetting current;
    return current;
}

spdlog::level::level_enum spdlog_level(LogLevel level) {
    switch (level) {
        case LogLevel::error:
            return spdlog::level::err;
        case LogLevel::warning:
            return spdlog::level::warn;
        case LogLevel::info:
            return spdlog::level::info;
        case LogLevel::debug:
            return spdlog::level::debug;
    }
    return spdlog::level::info;
}

std::string_view name_of(LogLevel level) {
    switch (level) {
        case LogLevel::error:
            return "error";
        case LogLevel::warning:
            return "warning";
        case LogLevel::info:
            return "info";
        case LogLevel::debug:
            return "debug";
    }
    return "info";
}

std::string as_text(LogLevel level, std::string_view message) {
    std::string line = setting().tool + ": ";
    if (level == LogLevel::error || level == LogLevel::warning) {
        line += name_of(level);
        line += ": ";
    }
    return line + escape_controls(message);
}

std::string as_json(LogLevel level, std::string_view message,
                    const nlohmann::ordered_json& fields) {
    nlohmann::ordered_json line{{"time", format_time(system_clock().now_ms())},
                                {"level", name_of(level)},
                                {"tool", setting().tool},
                                {"message", message}};
    for (const auto& [key, value] : fields.items())
        line[key] = value;
    return json_text(line);
}

}  // namespace

void set_up_log(std::string_view tool, LogFormat format, LogLevel least) {
    LogSetting& current = setting();
    current.tool = std::string{tool};
    current.format = format;
    current.logger = std::make_shared<spdlog::logger>(
        current.tool, std::make_shared<spdlog::sinks::stderr_sink_mt>());
    current.logger->set_pattern("%v");
    current.logger->set_level(spdlog_level(least));
    current.logger->flush_on(spdlog::level::debug);
}

void log(LogLevel level, std::string_view message) {
    log(level, message, nlohmann::ordered_json::object());
}

void log(LogLevel level, std::string_view message, const nlohmann::ordered_json& fields) {
    const LogSetting& current = setting();
    if (!current.logger) set_up_log(current.tool, LogFormat::text, LogLevel::info);
    if (!current.logger->should_log(spdlog_level(level))) return;
    current.logger->log(spdlog_level(level), "{}",
                        current.format == LogFormat::json ? as_json(level, message, fields)
                                                          : as_text(level, message));
}

void log_without_memory(std::string_view message) noexcept {
    const Millis now_ms = system_clock().now_ms();
    const std::time_t seconds = now_ms / 1000;
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    std::array<char, 32> time{};
    std::strftime(time.data(), time.size(), "%Y-%m-%dT%H:%M:%S", &parts);
    std::array<char, 512> line{};
    constexpr auto k_json = R"({{"time":"{}.{:03}Z","level":"error","tool":"{}","message":"{}"}})";
    const auto written = setting().format == LogFormat::json
                             ? fmt::format_to_n(line.data(), line.size() - 1, k_json, time.data(),
                                                now_ms % 1000, setting().tool, message)
                             : fmt::format_to_n(line.data(), line.size() - 1, "{}: error: {}",
                                                setting().tool, message);
    *written.out = '\n';
    const auto size = static_cast<std::size_t>(written.out - line.data()) + 1;
    [[maybe_unused]] const ssize_t said = ::write(STDERR_FILENO, line.data(), size);
}

}  // namespace pressings::cli
