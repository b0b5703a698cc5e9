#pragma once

#include <string_view>

#include "render/album_text.hpp"

namespace pressings::render {

/// "CD" where `to_string` says "cd".
std::string_view format_name(PlainFormat format);

/// Artist and title; type and date; MBID; how many editions, and how far the import is. Each on a
/// line, or on several if the screen is narrow.
void print_header(const WholeAlbum& album, const cli::Screen& screen, cli::Output& output);

}  // namespace pressings::render
