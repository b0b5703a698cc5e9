#pragma once

#include "domain/catalogue.hpp"
#include "domain/oddity.hpp"

/// What everything that was read from MusicBrainz promises, whatever was sent.
namespace pressings::fuzz {

void require_whole(const Album& release_group);
void require_whole(const Release& release);
void require_whole(const Oddity& oddity);

}  // namespace pressings::fuzz
