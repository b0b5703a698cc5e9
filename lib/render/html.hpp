#pragma once

#include <string>
#include <string_view>

#include "domain/mbid.hpp"

namespace pressings::render {

/// Text from outside, fit for HTML: between tags, and in an attribute's quotes. & < > " ' become
/// references; control characters, those that turn the reading direction, and bytes that are not
/// UTF-8 become visible, as for a terminal (escape_controls).
std::string escape_html(std::string_view text);

/// What MusicBrainz has a page of.
enum class Entity { release_group, release };

/// An address on musicbrainz.org; of an MBID alone, so nothing else can get into it.
std::string musicbrainz_url(Entity entity, const Mbid& mbid);

/// A page of HTML as it grows. What is put in as text is escaped; what is put in as markup is ours.
class HtmlPage {
  public:
    /// Begins a page up to <main>. `root` is the way to the report's first page ("", "../").
    HtmlPage(std::string_view title, std::string_view root);

    /// As it is: our own tags.
    HtmlPage& markup(std::string_view tags);
    /// Escaped, and isolated from the reading direction of what stands beside it.
    HtmlPage& text(std::string_view outside);
    /// A row of a description list, left out if there is nothing to say.
    void fact(std::string_view name, std::string_view outside);
    /// The same with markup of ours as its value.
    void fact_markup(std::string_view name, std::string_view tags);

    /// Ends the page and gives it. `footer` is escaped; empty: none.
    std::string finish(std::string_view footer = {});

  private:
    std::string m_html;
};

}  // namespace pressings::render
