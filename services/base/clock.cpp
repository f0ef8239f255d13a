// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/clock.h"

#include <QTimer>

#include <ctime>

QDateTime SystemClock::now() const
{
    return QDateTime::currentDateTimeUtc();
}

std::chrono::milliseconds SystemClock::monotonic() const
{
#ifdef Q_OS_LINUX
    // steady_clock stands still while the machine sleeps
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    const auto sinceBoot = std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
#else
    const auto sinceBoot = std::chrono::steady_clock::now().time_since_epoch();
#endif
    return std::chrono::duration_cast<std::chrono::milliseconds>(sinceBoot);
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
