// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <termios.h>

/// The terminal that this program was started from, if any.
enum class TerminalState {
    None, ///< standard input is none
    Background, ///< there is one, but whoever read from it would be stopped, and this program with it
    Ours,
};
TerminalState terminalState();

/// How the terminal was set when this was made; so it is again when this goes, whatever whoever was run at it did to it
/// (one that is killed while it asks for a password leaves a terminal that shows nothing of what is typed).
class TerminalSettings final {
public:
    TerminalSettings();
    ~TerminalSettings();
    TerminalSettings(const TerminalSettings &) = delete;
    TerminalSettings &operator=(const TerminalSettings &) = delete;

private:
    std::optional<termios> m_before;
};
