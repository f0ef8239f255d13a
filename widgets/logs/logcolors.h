// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/logs/loglinelayout.h"

#include <QByteArrayView>

/// How one line is told apart: what its severity says goes with NATS's own word, which is never hidden.
struct LogColors {
    QColor ground; ///< invalid: none
    QColor text;
    QList<LogSpan> spans;
};

LogColors colorsOf(QByteArrayView line, bool isMarker, const LogLineLayout &layout);
