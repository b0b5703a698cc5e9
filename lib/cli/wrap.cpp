#include "cli/wrap.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace pressings::cli {

std::string wrapped(std::string_view text, std::size_t columns, std::size_t indent) {
    if (columns == 0) return std::string{text};
    std::string lines;
    std::size_t at = 0;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(' ', start), text.size());
        const std::string_view word = text.substr(start, end - start);
        const std::size_t width = display_width(word);
        if (start > 0 && at > indent && at + 1 + width > columns) {
            lines.erase(lines.find_last_not_of(' ') + 1);
            lines += '\n' + std::string(indent, ' ');
            at = indent;
        } else if (start > 0) {
            lines += ' ';
            ++at;
        }
        lines += word;
        at += width;
        start = end + 1;
    }
    return lines;
}

void write_wrapped(Output& output, const Screen& screen, std::string_view text,
                   std::size_t indent) {
    output.line(wrapped(text, screen.columns, indent));
}

}  // namespace pressings::cli
