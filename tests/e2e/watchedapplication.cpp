// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/watchedapplication.h"

#include <QEvent>
#include <QMetaEnum>
#include <QScopedValueRollback>

#include <ctime>
#include <utility>

namespace {

constexpr double frame = 16; // milliseconds

double milliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

} // namespace

bool WatchedApplication::notify(QObject *receiver, QEvent *event)
{
    if (m_depth > 0)
        return QApplication::notify(receiver, event);
    const QScopedValueRollback depth(m_depth, 1);
    // either may be gone afterwards
    const QMetaObject *kind = receiver->metaObject();
    const int type = event->type();
    const double begin = milliseconds();
    const bool isHandled = QApplication::notify(receiver, event);
    note(milliseconds() - begin, kind, type);
    return isHandled;
}

void WatchedApplication::note(double milliseconds, const QMetaObject *receiver, int eventType)
{
    m_handlers.overFrame += milliseconds > frame ? 1 : 0;
    if (milliseconds <= m_handlers.longest)
        return;
    m_handlers.longest = milliseconds;
    m_handlers.longestOf = QStringLiteral("%1, %2").arg(
        QLatin1String(receiver->className()), QLatin1String(QMetaEnum::fromType<QEvent::Type>().valueToKey(eventType)));
}

WatchedApplication::Handlers WatchedApplication::takeHandlers()
{
    return std::exchange(m_handlers, {});
}
