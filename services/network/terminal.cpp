// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/terminal.h"

#include <unistd.h>

TerminalState terminalState()
{
    if (!::isatty(STDIN_FILENO))
        return TerminalState::None;
    // Of a terminal that controls others there is no such group, and nobody is stopped.
    const pid_t foreground = ::tcgetpgrp(STDIN_FILENO);
    return foreground < 0 || foreground == ::getpgrp() ? TerminalState::Ours : TerminalState::Background;
}

TerminalSettings::TerminalSettings()
{
    termios before{};
    if (::tcgetattr(STDIN_FILENO, &before) == 0)
        m_before = before;
}

TerminalSettings::~TerminalSettings()
{
    if (m_before && terminalState() == TerminalState::Ours)
        ::tcsetattr(STDIN_FILENO, TCSANOW, &*m_before);
}
