#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace pressings::sql {

/// A prepared statement of an engine, which throws what errors of its own it has. Parameters count
/// from 1, columns from 0.
class Statement {
  public:
    virtual ~Statement() = default;

    /// Whether the engine may go on reading a value from where it is until the statement has run.
    enum class Lifetime { until_run, copy };

    virtual void bind_null(int index) = 0;
    virtual void bind_integer(int index, std::int64_t value) = 0;
    virtual void bind_text(int index, std::string_view value, Lifetime lifetime) = 0;
    virtual void bind_bytes(int index, std::span<const std::uint8_t> value, Lifetime lifetime) = 0;

    /// Says that rows will be wanted: an engine that is far away may begin with them, and go on
    /// with what is asked next before it has an answer. The first step waits for it.
    virtual void ask() {}
    /// Whether there is a row to read.
    virtual bool step() = 0;
    /// Runs a statement without rows: how many rows it changed.
    virtual int run() = 0;
    /// The same where nobody asks how many: an engine may put it off, with those that follow, until
    /// one that somebody waits for. What it fails of is thrown then.
    virtual void write() { run(); }
    /// Back to the start, to be run again; throws nothing.
    virtual void reset() = 0;
    /// Back to the start with nothing bound; throws nothing.
    virtual void clear() = 0;

    // Of the row that is read now.
    virtual bool is_null(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;  ///< 0 of NULL
    virtual double number(int column) const = 0;         ///< 0 of NULL
    /// Good until the next step; empty of NULL.
    virtual std::string_view text(int column) const = 0;
    virtual std::span<const std::uint8_t> bytes(int column) const = 0;
    virtual int columns() const = 0;
};

}  // namespace pressings::sql
