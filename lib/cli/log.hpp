#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace pressings::cli {

enum class LogLevel { error, warning, info, debug };
enum class LogFormat { text, json };

/// Sets up the log on stderr. `least` is the least important level that is shown.
void set_up_log(std::string_view tool, LogFormat format, LogLevel least);

/// One line for people: "album-import: warning: …". With the json format one object a line, in
/// which `fields` stand beside time, level, tool and message.
void log(LogLevel level, std::string_view message);
void log(LogLevel level, std::string_view message, const nlohmann::ordered_json& fields);

/// The same for an error when there is no memory left: allocates nothing. The message is ASCII
/// without quotes or backslashes.
void log_without_memory(std::string_view message) noexcept;

}  // namespace pressings::cli
