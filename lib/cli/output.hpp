#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json_fwd.hpp>

namespace pressings::cli {

class Pager;

/// Standard output, which gets the answer and nothing else, or a file that stands in for it.
/// Buffered; what could not be written is an Error (a full disk), or OutputClosed (`| head`).
class Output {
  public:
    /// Standard output.
    Output();
    /// An open file; `name` is for messages, made safe. It is not closed here.
    Output(int descriptor, std::string name);
    /// Nowhere but in memory, for `take`.
    static Output in_memory() { return Output{k_memory, "memory"}; }
    ~Output();
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    void write(std::string_view text);
    void line(std::string_view text);
    /// One JSON document on a line of its own.
    void json_line(const nlohmann::ordered_json& document);
    /// Must be called before the tool ends.
    void flush();

    /// What is more than a screen of so many lines is shown by this program (see Pager). Nothing
    /// that must be seen at once may be written after that.
    void page_with(std::string command, std::size_t screen_lines);
    /// Waits for the pager to end, if there is one. Error if it could not be run.
    void finish_paging();
    bool is_paged() const { return m_pager != nullptr; }

    /// What was written into memory; it is empty again.
    std::string take() { return std::exchange(m_buffer, {}); }

    /// Whether people read it as it comes: then text from outside must be made safe.
    bool is_terminal() const;

  private:
    static constexpr int k_memory = -1;

    /// Whether it is too early to say that a pager is wanted: less than a screen was written.
    bool may_be_paged() const;
    void start_pager();
    void write_out();

    int m_descriptor;
    std::string m_name;
    std::string m_buffer;
    std::string m_pager_command;  ///< empty: none is wanted, or no more
    std::size_t m_screen_lines = 0;
    std::unique_ptr<Pager> m_pager;
};

/// A document in one line, safe for a terminal; what is no UTF-8 in it is replaced.
std::string json_text(const nlohmann::ordered_json& document);

enum class ColorChoice { automatic, always, never };

/// What is written for people is written for this.
struct Screen {
    std::size_t columns = 0;  ///< of the terminal; 0: as wide as it gets
    bool color = false;
};

/// Whether to colour what goes to standard output: `choice`, NO_COLOR and TERM, and whether it is
/// a terminal.
bool wants_color(ColorChoice choice);

/// Columns of the terminal at `descriptor`; nothing to fit into (0) if it is none.
std::size_t terminal_columns(int descriptor = 1);
/// Its lines; 0 if it is none, or does not say.
std::size_t terminal_lines(int descriptor = 1);

bool is_terminal(int descriptor);

}  // namespace pressings::cli
