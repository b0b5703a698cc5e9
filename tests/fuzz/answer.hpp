#pragma once

#include <optional>
#include <string_view>

#include "fuzz/target.hpp"
#include "source/release_source.hpp"

namespace pressings::fuzz {

/// What `parse` makes of an answer; nothing if it refuses it, as it may: with a SourceError, and no
/// other exception.
template <typename Parse>
auto read_answer(std::string_view json, Parse parse) -> std::optional<decltype(parse(json))> {
    try {
        return parse(json);
    } catch (const source::SourceError& error) {
        require(error.code == "bad_answer", "a bad answer is called one");
        require(error.kind == source::ErrorKind::transient, "and may be better next time");
        require_safe_message(error.what());
        return std::nullopt;
    }
}

}  // namespace pressings::fuzz
