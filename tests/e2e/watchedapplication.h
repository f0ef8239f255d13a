// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>

/// Measures how long any one handler keeps the GUI thread: CPU time of the thread, so that what runs beside it does not
/// count, of the outermost events.
class WatchedApplication final : public QApplication {
public:
    using QApplication::QApplication;

    bool notify(QObject *receiver, QEvent *event) override;

    struct Handlers {
        double longest = 0; ///< milliseconds
        QString longestOf; ///< class of the receiver, and the event's type
        int overFrame = 0; ///< how many took longer than 16 ms
    };
    /// Of all since the last call.
    Handlers takeHandlers();

private:
    void note(double milliseconds, const QMetaObject *receiver, int eventType);

    Handlers m_handlers;
    int m_depth = 0;
};
