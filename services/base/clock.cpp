// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/clock.h"

#include <QTimer>

QDateTime SystemClock::now() const
{
    return QDateTime::currentDateTimeUtc();
}

std::chrono::milliseconds SystemClock::monotonic() const
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

Pending<void> SystemClock::sleep(std::chrono::milliseconds duration)
{
    return Pending<void>::ask([duration](Pending<void>::Answer answer) -> std::function<void()> {
        auto timer = new QTimer;
        timer->setSingleShot(true);
        QObject::connect(timer, &QTimer::timeout, timer, [timer, answer] {
            timer->deleteLater();
            answer({});
        });
        timer->start(duration);
        return [timer] { timer->deleteLater(); };
    });
}
