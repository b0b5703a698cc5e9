#include "domain/title_forms.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "base/name_words.hpp"
#include "base/spelling.hpp"
#include "base/text.hpp"
#include "domain/name_match.hpp"
#include "domain/numerals.hpp"
#include "domain/subtitles.hpp"
#include "domain/title_marks.hpp"

namespace pressings {

namespace {

constexpr std::size_t k_most_forms = 16;

/// Gathers titles, each once.
class Forms {
  public:
    explicit Forms(const std::string& title) : m_title(title) {}

    void add(std::string_view form) {
        const std::string text{trim(form)};
        const bool is_known =
            text == m_title || std::find(m_forms.begin(), m_forms.end(), text) != m_forms.end();
        if (!text.empty() && !is_known && m_forms.size() < k_most_forms) m_forms.push_back(text);
    }

    std::vector<std::string> take() { return std::move(m_forms); }

  private:
    const std::string& m_title;
    std::vector<std::string> m_forms;
};

std::string joined(const std::vector<std::string>& words) {
    return fmt::format("{}", fmt::join(words, " "));
}

/// A title with a number, with that written in the other ways; joined to the word before it, as
/// "²" is; and left out, for an index may have it in a way of its own.
void add_numbers(Forms& forms, std::string_view title) {
    const auto words = with_figures(words_of(title).readings[0]);
    const auto at = std::find_if(words.begin(), words.end(), is_figure);
    if (at == words.end()) return;
    const auto place = static_cast<std::size_t>(at - words.begin());
    for (std::string& spelling : spellings_of(*at)) {
        auto other = words;
        other[place] = std::move(spelling);
        forms.add(joined(other));
    }
    if (place > 0) {
        auto other = words;
        other[place - 1] += other[place];
        other.erase(other.begin() + static_cast<std::ptrdiff_t>(place));
        forms.add(joined(other));
    }
    auto rest = words;
    std::erase_if(rest, is_figure);
    forms.add(joined(rest));
}

}  // namespace

std::optional<std::string> title_behind_artist(const NamedAlbum& named) {
    const std::string artist = plain_letters(credit_text(named.artist_credit));
    const std::string letters = plain_letters(named.title);
    for (const char* sign : {" - ", ": "}) {
        const std::string beginning = artist + sign;
        if (!artist.empty() && letters.size() > beginning.size() &&
            letters.starts_with(beginning)) {
            return letters.substr(beginning.size());
        }
    }
    return std::nullopt;
}

bool is_titled_in_full(const NamedAlbum& named, const OfferedAlbum& offered) {
    return ToldTitle{named.title}.closeness_to(offered, Reading::whole).has_value();
}

std::vector<std::string> looser_titles(const NamedAlbum& named) {
    Forms forms{named.title};
    const auto marked = without_marks(named.title);
    const std::string bare = marked ? marked->name : named.title;
    forms.add(bare);
    if (const auto behind = title_behind_artist(named)) forms.add(*behind);
    const std::string plain = plain_spelling(named.title);
    const auto bracket = plain.find_last_of("([");
    if (bracket != std::string::npos && bracket > 0) forms.add(plain.substr(0, bracket));
    for (const PartedTitle& parted : parted_titles(bare)) {
        forms.add(parted.main);
        forms.add(parted.subtitle);
    }
    add_numbers(forms, bare);
    return forms.take();
}

}  // namespace pressings
