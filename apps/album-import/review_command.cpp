// Open albums one after the other, on a terminal.
#include <charconv>
#include <iostream>

#include <fmt/format.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "browser.hpp"
#include "cli/log.hpp"
#include "cli/run_main.hpp"
#include "cli/wrap.hpp"
#include "domain/candidate_difference.hpp"
#include "settling.hpp"

namespace pressings {

namespace {

constexpr const char* k_help =
    "  NUMBER        it is this one\n"
    "  m MBID|URL    it is this release group, or the one of this release\n"
    "  s, or Enter   skip it\n"
    "  f             have it looked for by other words\n"
    "  o [NUMBER]    open a candidate, or a search, in a browser\n"
    "  q             stop here; what was decided is kept";

/// What is done with an album, or with all.
enum class Next { album, same, end };

class Review {
  public:
    Review(const ImportRequest& request, store::Store& store, cli::Output& output)
        : m_request(request), m_store(store), m_output(output) {}

    int run() {
        const auto albums = open_albums(m_store);
        if (albums.empty())
            say("No album is open: each was told for certain, or not asked for yet.");
        for (const OpenAlbum& album : albums) {
            ++m_number;
            show(album, albums.size());
            Next next = Next::same;
            while (next == Next::same)
                next = decide(album);
            if (next == Next::end) break;
        }
        if (albums.empty()) return cli::k_done;
        const auto left = albums.size() - m_settled - m_searched;
        say(fmt::format("{} settled, {} to be looked for again, {} left open{}", m_settled,
                        m_searched, left, left > 0 ? "; --review goes on with these" : ""));
        if (m_settled + m_searched > 0) {
            say(fmt::format("next: release-worker run{}", cli::typed_database(m_request.common)));
        }
        return cli::k_done;
    }

  private:
    void say(const std::string& text) {
        cli::write_wrapped(m_output, cli::screen_of(m_request.common), text, 4);
        m_output.flush();
    }

    void show(const OpenAlbum& album, std::size_t count) {
        m_output.line("");
        say(fmt::format("{} of {}: album {}, {}", m_number, count, album.album_id,
                        described(album.named)));
        if (album.candidates.empty()) say("  nothing like it was found");
        for (std::size_t i = 0; i < album.candidates.size(); ++i)
            show(i + 1, album, album.candidates[i]);
    }

    void show(std::size_t number, const OpenAlbum& album, const Candidate& candidate) {
        const auto& date = candidate.first_release_date;
        const std::string note =
            candidate.disambiguation ? fmt::format(" ({})", *candidate.disambiguation) : "";
        say(escape_controls(fmt::format("{:>3}  {}{}, {}, {}, {}", number, candidate.title, note,
                                        candidate.artist, date ? date->to_string() : "no date",
                                        candidate.primary_type.value_or("no type"))));
        say("     " + difference(album.named, candidate));
    }

    /// What is typed, without blanks; nothing at the end of the input.
    std::optional<std::string> ask(const std::string& prompt) {
        m_output.write(prompt);
        m_output.flush();
        std::string line;
        if (!std::getline(std::cin, line)) return std::nullopt;
        return std::string{trim(line)};
    }

    Next decide(const OpenAlbum& album) {
        const auto typed = ask("number, s, f, o, m, q or ? > ");
        if (!typed || *typed == "q") return Next::end;
        if (typed->empty() || *typed == "s") return Next::album;
        if (*typed == "f") return search_again(album);
        if (*typed == "?") return tell(k_help);
        if ((*typed)[0] == 'o') return open(album, std::string{trim(typed->substr(1))});
        if (typed->starts_with("m ")) return settle(album, std::string{trim(typed->substr(2))});
        if (const Candidate* const chosen = candidate(album, *typed)) {
            return identify(album, chosen->mbid);
        }
        return tell(fmt::format("{} is none of these; ? tells what can be typed", quote(*typed)));
    }

    Next tell(const std::string& text) {
        m_output.line(text);
        return Next::same;
    }

    static const Candidate* candidate(const OpenAlbum& album, const std::string& typed) {
        std::size_t number = 0;
        const auto [end, error] =
            std::from_chars(typed.data(), typed.data() + typed.size(), number);
        const bool is_one = error == std::errc{} && end == typed.data() + typed.size() &&
                            number >= 1 && number <= album.candidates.size();
        return is_one ? &album.candidates[number - 1] : nullptr;
    }

    Next open(const OpenAlbum& album, const std::string& typed) {
        const Candidate* const chosen = candidate(album, typed);
        if (!typed.empty() && chosen == nullptr) {
            return tell(fmt::format("there is no candidate {}", quote(typed)));
        }
        const std::string words = album.named.title + ' ' + credit_text(album.named.artist_credit);
        const std::string url =
            chosen != nullptr ? "https://musicbrainz.org/release-group/" + chosen->mbid.to_string()
                              : "https://musicbrainz.org/search?type=release_group&query=" +
                                    percent_encoded(words);
        m_output.line(url);
        m_output.flush();
        if (!open_in_browser(url)) tell("no browser could be started; set BROWSER to yours");
        return Next::same;
    }

    Next settle(const OpenAlbum& album, const std::string& typed) {
        const auto read = intake::read_mbid_reference(typed);
        if (const auto* const refusal = std::get_if<intake::Refusal>(&read)) {
            return tell(escape_controls(refusal->message));
        }
        return identify(album, std::get<Mbid>(read));
    }

    /// Somebody else may have settled it while it was looked at.
    Next identify(const OpenAlbum& album, const Mbid& mbid) {
        if (!looked_for(m_store, album.album_id)) return somebody_was_faster(album);
        const auto added =
            m_store.albums().identify_album(album.album_id, mbid, m_request.identify);
        if (added.error) return tell(*added.error);
        ++m_settled;
        say(fmt::format("album {} is {}; its job waits", added.album_id.value_or(album.album_id),
                        mbid.to_string()));
        return Next::album;
    }

    Next somebody_was_faster(const OpenAlbum& album) {
        say(fmt::format("album {} was settled meanwhile", album.album_id));
        ++m_settled;
        return Next::album;
    }

    Next search_again(const OpenAlbum& album) {
        const std::string artist = credit_text(album.named.artist_credit);
        const std::string year = album.named.year ? std::to_string(*album.named.year) : "";
        const auto ask_for = [&](const char* what, const std::string& before) {
            const auto typed = ask(fmt::format("{} [{}] > ", what, escape_controls(before)));
            return typed ? std::optional{typed->empty() ? before : *typed} : std::nullopt;
        };
        const auto new_artist = ask_for("artist", artist);
        const auto new_title = new_artist ? ask_for("title", album.named.title) : std::nullopt;
        const auto new_year = new_title ? ask_for("year, - for none", year) : std::nullopt;
        if (!new_year) return Next::end;
        return search_again(album, *new_artist, *new_title, *new_year == "-" ? "" : *new_year);
    }

    Next search_again(const OpenAlbum& album, const std::string& artist, const std::string& title,
                      const std::string& year) {
        int number = 0;
        const auto [end, error] = std::from_chars(year.data(), year.data() + year.size(), number);
        const bool is_year = error == std::errc{} && end == year.data() + year.size();
        if (!year.empty() && !is_year) return tell(fmt::format("{} is no year", quote(year)));
        const auto read = intake::make_named_album(
            artist, title, year.empty() ? std::nullopt : std::optional{number}, {});
        if (const auto* const refusal = std::get_if<intake::Refusal>(&read)) {
            return tell(escape_controls(refusal->message));
        }
        if (!looked_for(m_store, album.album_id)) return somebody_was_faster(album);
        const auto added = m_store.albums().search_again(
            album.album_id, std::get<AlbumRequest>(read), m_request.identify);
        if (added.error) return tell(*added.error);
        if (added.status == AddStatus::exists) return tell("these are the words that it has");
        ++m_searched;
        say(fmt::format("album {} will be looked for by these words; its job waits",
                        album.album_id));
        return Next::album;
    }

    const ImportRequest& m_request;
    store::Store& m_store;
    cli::Output& m_output;
    std::size_t m_number = 0;
    std::size_t m_settled = 0;
    std::size_t m_searched = 0;
};

}  // namespace

int review_command(const ImportRequest& request, cli::Output& output) {
    if (!cli::is_terminal(STDIN_FILENO) || !cli::is_terminal(STDOUT_FILENO)) {
        throw UsageError(
            "--review needs a terminal to ask on; --candidates FILE and --decisions FILE do it "
            "without");
    }
    const auto store = cli::open_store(request.common);
    return Review{request, *store, output}.run();
}

}  // namespace pressings
