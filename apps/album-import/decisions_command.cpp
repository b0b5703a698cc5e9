// What was decided in a spreadsheet, taken in.
#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/csv.hpp"
#include "cli/log.hpp"
#include "settling.hpp"

namespace pressings {

namespace {

using intake::AlbumDecision;
using intake::Refusal;
using Outcome = std::variant<store::AddedAlbum, Refusal>;

store::AddedAlbum already(std::int64_t album_id, const Mbid& mbid) {
    store::AddedAlbum added;
    added.status = AddStatus::exists;
    added.album_id = album_id;
    added.mbid = mbid;
    return added;
}

/// Does one decision after the other, each a transaction.
class Taking {
  public:
    Taking(const ImportRequest& request, store::Store& store)
        : m_request(request), m_store(store) {}

    /// Nothing if there is nothing to do.
    std::optional<Outcome> take(const AlbumDecision& decision) {
        if (const auto* const taken = std::get_if<intake::TakeDecision>(&decision.what)) {
            return identify(decision, taken->mbid);
        }
        if (const auto* const search = std::get_if<intake::SearchDecision>(&decision.what)) {
            return search_again(decision, search->words);
        }
        return std::nullopt;
    }

  private:
    Outcome identify(const AlbumDecision& decision, const Mbid& mbid) {
        const auto owner = m_store.catalogue().album_id(mbid);
        const auto record = m_store.catalogue().album(decision.album_id);
        // What an earlier run did is not done again; it may have made two albums one.
        const bool is_done =
            record ? owner == decision.album_id || record->album.mbid == mbid : owner.has_value();
        if (is_done) return already(owner.value_or(decision.album_id), mbid);
        if (auto refusal = refuse(decision)) return *refusal;
        return m_store.albums().identify_album(decision.album_id, mbid, m_request.identify);
    }

    Outcome search_again(const AlbumDecision& decision, const AlbumRequest& words) {
        const auto record = m_store.catalogue().album(decision.album_id);
        if (record && record->album.mbid) return already(decision.album_id, *record->album.mbid);
        const auto now = looked_for(m_store, decision.album_id);
        const bool is_done = now && now == described(named(words));
        if (!is_done) {
            if (auto refusal = refuse(decision)) return *refusal;
        }
        auto added = m_store.albums().search_again(decision.album_id, words, m_request.identify);
        if (added.error) return Refusal{"not_again", *added.error};
        return added;
    }

    static NamedAlbum named(const AlbumRequest& words) {
        NamedAlbum named;
        named.artist_credit = words.album.artist_credit;
        named.title = words.album.title.value_or("");
        named.year = words.year;
        return named;
    }

    /// The file may be of another catalogue, or older than what was done since.
    std::optional<Refusal> refuse(const AlbumDecision& decision) {
        const auto record = m_store.catalogue().album(decision.album_id);
        if (!record) {
            return Refusal{"no_such_album", fmt::format("there is no album {}", decision.album_id)};
        }
        if (record->album.mbid) {
            return Refusal{
                "identified",
                fmt::format("album {} is {} already; `album-import --album {} --mbid "
                            "MBID` changes that",
                            decision.album_id, record->album.mbid->to_string(), decision.album_id)};
        }
        const auto now = looked_for(m_store, decision.album_id);
        const std::string& told = decision.looked_for;
        if (told.empty() || !now || told == *now || told == cli::disarm_formulas(*now)) {
            return std::nullopt;
        }
        return Refusal{"other_album",
                       fmt::format("album {} is {} here and {} in the file; write the list anew "
                                   "with --candidates",
                                   decision.album_id, *now, escape_controls(shorten(told, 300)))};
    }

    const ImportRequest& m_request;
    store::Store& m_store;
};

}  // namespace

std::optional<intake::Decisions> open_decisions(const ImportRequest& request) {
    if (!request.decisions) return std::nullopt;
    try {
        return intake::read_decisions(*request.decisions);
    } catch (const UsageError&) {
        throw;
    } catch (const Error& error) {
        throw UsageError(error.what());
    }
}

void take_decisions(const ImportRequest& request, const intake::Decisions& decisions,
                    store::Store& store, ImportReport& report) {
    const auto refuse = [&](std::int64_t line, const Refusal& refusal) {
        const intake::Record record{line, "", refusal};
        report.add({record, nullptr, &refusal});
    };
    for (const intake::RefusedDecision& refused : decisions.refused)
        refuse(refused.line, refused.refusal);
    Taking taking{request, store};
    std::int64_t skipped = decisions.undecided;
    for (const AlbumDecision& decision : decisions.decisions) {
        const auto outcome = taking.take(decision);
        if (!outcome) {
            ++skipped;
        } else if (const auto* const refusal = std::get_if<Refusal>(&*outcome)) {
            refuse(decision.line, *refusal);
        } else {
            report.add(decision.line, std::get<store::AddedAlbum>(*outcome));
        }
    }
    if (skipped > 0) {
        cli::log(cli::LogLevel::info,
                 fmt::format("{} album{} left open", skipped, skipped == 1 ? " is" : "s are"));
    }
}

}  // namespace pressings
