#include "domain/changes.hpp"

#include <unordered_map>
#include <utility>

namespace pressings {

namespace {

/// The facts of a thing as paths and texts, in the order they are told.
class Facts {
  public:
    /// An empty value is none.
    void add(const std::string& path, const std::string& value) {
        if (value.empty()) return;
        m_index.emplace(path, m_list.size());
        m_list.emplace_back(path, value);
    }
    void add(const std::string& path, const std::optional<std::string>& value) {
        if (value) add(path, *value);
    }
    void add(const std::string& path, const std::optional<PartialDate>& value) {
        if (value) add(path, value->to_string());
    }
    void add(const std::string& path, const std::optional<Mbid>& value) {
        if (value) add(path, value->to_string());
    }
    void add(const std::string& path, const std::optional<std::int64_t>& value) {
        if (value) add(path, std::to_string(*value));
    }
    void add(const std::string& path, const std::optional<int>& value) {
        if (value) add(path, std::to_string(*value));
    }
    void add(const std::string& path, const std::optional<bool>& value) {
        if (value) add(path, std::string{*value ? "true" : "false"});
    }

    const std::vector<std::pair<std::string, std::string>>& list() const { return m_list; }

    std::optional<std::string> find(const std::string& path) const {
        const auto found = m_index.find(path);
        if (found == m_index.end()) return std::nullopt;
        return m_list[found->second].second;
    }

  private:
    std::vector<std::pair<std::string, std::string>> m_list;
    std::unordered_map<std::string, std::size_t> m_index;
};

std::string item(const std::string& list, std::size_t number) {
    return list + "[" + std::to_string(number) + "]";
}

void tell(Facts& facts, const std::string& path, const ArtistCredit& credit) {
    std::size_t number = 0;
    for (const CreditedArtist& credited : credit) {
        const std::string place = item(path, ++number);
        facts.add(place + ".name", credited.name);
        facts.add(place + ".join_phrase", credited.join_phrase);
        facts.add(place + ".artist.mbid", credited.artist.mbid);
    }
}

void tell(Facts& facts, const std::string& path, const ReleaseEvent& event) {
    facts.add(path, std::string{"listed"});  // even one that says nothing is an entry
    facts.add(path + ".date", event.date);
    facts.add(path + ".country", event.country);
    facts.add(path + ".area.mbid", event.area_mbid);
    facts.add(path + ".area.name", event.area_name);
}

void tell(Facts& facts, const std::string& path, const LabelInfo& info) {
    facts.add(path, std::string{"listed"});
    facts.add(path + ".catalog_number", info.catalog_number);
    if (!info.label) return;
    facts.add(path + ".label.name", info.label->name);
    facts.add(path + ".label.mbid", std::optional{info.label->mbid});
}

void tell(Facts& facts, const std::string& path, const Recording& recording) {
    facts.add(path + ".mbid", std::optional{recording.mbid});
    facts.add(path + ".title", recording.title);
    facts.add(path + ".length_ms", recording.length_ms);
    facts.add(path + ".video", recording.video);
    facts.add(path + ".disambiguation", recording.disambiguation);
    facts.add(path + ".first_release_date", recording.first_release_date);
    tell(facts, path + ".artist_credit", recording.artist_credit);
    std::size_t number = 0;
    for (const std::string& isrc : recording.isrcs)
        facts.add(item(path + ".isrcs", ++number), isrc);
}

void tell(Facts& facts, const std::string& path, const Track& track) {
    facts.add(path + ".kind", std::string{to_string(track.kind)});
    facts.add(path + ".number", track.number);
    facts.add(path + ".title", track.title);
    facts.add(path + ".mbid", track.mbid);
    facts.add(path + ".length_ms", track.length_ms);
    tell(facts, path + ".artist_credit", track.artist_credit);
    if (track.recording) tell(facts, path + ".recording", *track.recording);
}

void tell(Facts& facts, const std::string& path, const Alias& alias) {
    facts.add(path + ".name", alias.name);
    facts.add(path + ".sort_name", alias.sort_name);
    facts.add(path + ".locale", alias.locale);
    facts.add(path + ".type", alias.type);
    facts.add(path + ".primary", alias.primary);
    facts.add(path + ".begin", alias.begin);
    facts.add(path + ".end", alias.end);
    facts.add(path + ".ended", alias.ended);
}

void tell(Facts& facts, const std::string& path, const Genre& genre) {
    facts.add(path + ".name", genre.name);
    facts.add(path + ".mbid", genre.mbid);
    facts.add(path + ".count", genre.count);
}

void tell(Facts& facts, const std::string& path, const Disc& disc) {
    facts.add(path + ".id", disc.id);
    facts.add(path + ".sectors", disc.sectors);
    facts.add(path + ".offset_count", disc.offset_count);
    std::size_t number = 0;
    for (const int offset : disc.offsets)
        facts.add(item(path + ".offsets", ++number), std::to_string(offset));
}

void tell(Facts& facts, const std::string& path, const ReleaseUrl& url) {
    facts.add(path + ".type", url.type);
    facts.add(path + ".url", url.url);
    facts.add(path + ".begin", url.begin);
    facts.add(path + ".end", url.end);
    facts.add(path + ".ended", url.ended);
}

void tell(Facts& facts, const std::string& path, const CoverArt& art) {
    facts.add(path, std::string{"told"});
    facts.add(path + ".artwork", art.artwork);
    facts.add(path + ".front", art.front);
    facts.add(path + ".back", art.back);
    facts.add(path + ".count", art.count);
    facts.add(path + ".darkened", art.darkened);
}

/// A list that is told, though it may have nothing in it.
template <typename Item>
void tell(Facts& facts, const std::string& path, const std::optional<std::vector<Item>>& list) {
    if (!list) return;
    facts.add(path, std::string{"told"});
    std::size_t number = 0;
    for (const Item& entry : *list)
        tell(facts, item(path, ++number), entry);
}

void tell(Facts& facts, const std::string& path, const Medium& medium) {
    facts.add(path, std::string{"listed"});
    facts.add(path + ".mbid", medium.mbid);
    facts.add(path + ".format", medium.format);
    facts.add(path + ".title", medium.title);
    facts.add(path + ".track_count", medium.track_count);
    tell(facts, path + ".discs", medium.discs);
    if (!medium.tracks) return;
    facts.add(path + ".tracks", std::string{"listed"});
    for (const Track& track : *medium.tracks) {
        tell(facts, item(path + ".tracks", static_cast<std::size_t>(track.position)), track);
    }
}

Facts facts_of(const Release& release) {
    Facts facts;
    facts.add("title", release.title);
    tell(facts, "artist_credit", release.artist_credit);
    facts.add("status", release.status);
    facts.add("packaging", release.packaging);
    facts.add("quality", release.quality);
    facts.add("disambiguation", release.disambiguation);
    facts.add("language", release.language);
    facts.add("script", release.script);
    facts.add("barcode", release.barcode);
    if (release.barcode && release.barcode->empty()) facts.add("no_barcode", std::string{"true"});
    facts.add("asin", release.asin);
    facts.add("date", release.date);
    facts.add("country", release.country);
    std::size_t number = 0;
    for (const ReleaseEvent& event : release.events)
        tell(facts, item("release_events", ++number), event);
    number = 0;
    for (const LabelInfo& info : release.label_info)
        tell(facts, item("label_info", ++number), info);
    for (const Medium& medium : release.media) {
        tell(facts, item("media", static_cast<std::size_t>(medium.position)), medium);
    }
    if (release.cover_art) tell(facts, "cover_art", *release.cover_art);
    tell(facts, "urls", release.urls);
    number = 0;
    for (const Mbid& original : release.originals)
        facts.add(item("original_releases", ++number) + ".mbid", std::optional{original});
    tell(facts, "aliases", release.aliases);
    tell(facts, "genres", release.genres);
    return facts;
}

Facts facts_of(const Album& album) {
    Facts facts;
    facts.add("mbid", album.mbid);
    facts.add("title", album.title);
    tell(facts, "artist_credit", album.artist_credit);
    facts.add("first_release_date", album.first_release_date);
    facts.add("primary_type", album.primary_type);
    std::size_t number = 0;
    for (const std::string& type : album.secondary_types)
        facts.add(item("secondary_types", ++number), type);
    facts.add("disambiguation", album.disambiguation);
    tell(facts, "aliases", album.aliases);
    tell(facts, "genres", album.genres);
    return facts;
}

std::vector<FieldChange> changes_between(const Facts& before, const Facts& after) {
    std::vector<FieldChange> changes;
    for (const auto& [path, value] : after.list()) {
        const auto earlier = before.find(path);
        if (earlier != value) changes.push_back({path, earlier, value});
    }
    for (const auto& [path, value] : before.list()) {
        if (!after.find(path)) changes.push_back({path, value, std::nullopt});
    }
    return changes;
}

constexpr std::pair<ChangeKind, std::string_view> k_kind_names[] = {
    {ChangeKind::created, "created"}, {ChangeKind::updated, "updated"},
    {ChangeKind::removed, "removed"}, {ChangeKind::returned, "returned"},
    {ChangeKind::moved, "moved"},     {ChangeKind::merged, "merged"}};

}  // namespace

std::vector<FieldChange> changes_between(const Release& before, const Release& after) {
    return changes_between(facts_of(before), facts_of(after));
}

std::vector<FieldChange> changes_between(const Album& before, const Album& after) {
    return changes_between(facts_of(before), facts_of(after));
}

std::string_view to_string(ChangeKind kind) {
    for (const auto& [known, name] : k_kind_names) {
        if (known == kind) return name;
    }
    return "updated";
}

std::optional<ChangeKind> parse_change_kind(std::string_view name) {
    for (const auto& [kind, known] : k_kind_names) {
        if (known == name) return kind;
    }
    return std::nullopt;
}

}  // namespace pressings
