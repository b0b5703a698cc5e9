#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Writing questions in Lucene's query language
/// (https://lucene.apache.org/core/4_3_0/queryparser/org/apache/lucene/queryparser/classic/package-summary.html).
namespace pressings::source {

/// `text` as a phrase: no sign in it means anything but itself. A long one is cut between words.
std::string lucene_phrase(std::string_view text);

/// All of the words, in any order: "(\"a\" AND \"b\")"; the first few of many.
std::string lucene_words(const std::vector<std::string>& words);

/// Any of the words, or words that differ from them in a letter or two: "(beatels~2 OR abey~1)";
/// the first few of many.
std::string lucene_like(const std::vector<std::string>& words);

}  // namespace pressings::source
