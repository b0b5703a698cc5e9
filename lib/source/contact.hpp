#pragma once

#include <string>
#include <string_view>

/// Whom a service can write to about what we do
/// (https://musicbrainz.org/doc/MusicBrainz_API/Rate_Limiting).
namespace pressings::source {

/// What is wrong with `contact`, in words; nothing of a mail address or a URL that can stand in a
/// User-Agent. Whether anybody reads there is not looked up.
std::string contact_fault(std::string_view contact);

/// Whether a contact is only an example: its host is one of those that are kept free for examples
/// and tests (RFC 2606), such as example.org.
bool is_example(std::string_view contact);

}  // namespace pressings::source
