// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/logs/logcolors.h"

#include "models/logbuffer.h"
#include "widgets/common/look.h"

namespace {

Tone toneOf(LogSeverity severity)
{
    switch (severity) {
    case LogSeverity::Warning:
        return Tone::Warning;
    case LogSeverity::Error:
    case LogSeverity::Fatal:
        return Tone::Bad;
    default:
        return Tone::Neutral;
    }
}

} // namespace

LogColors colorsOf(QByteArrayView line, bool isMarker, const LogLineLayout &layout)
{
    LogColors colors;
    colors.text = Look::color(Look::Text);
    if (isMarker) {
        colors.ground = Look::color(Look::AccentGround);
        colors.text = Look::color(Look::Accent);
        return colors;
    }
    const LogMark mark = markOf(line);
    if (mark.severity == LogSeverity::Unknown)
        return colors;
    const Tone tone = toneOf(mark.severity);
    if (tone != Tone::Neutral)
        colors.ground = Look::toneGround(tone);
    const bool isLoud = tone != Tone::Neutral;
    const qsizetype column = layout.columnOfByte(mark.position);
    colors.spans = {{0, column, Look::color(Look::SoftText), false},
        {column, logMarkLength, isLoud ? Look::toneColor(tone) : Look::color(Look::SoftText), isLoud}};
    return colors;
}
