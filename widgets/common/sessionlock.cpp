// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/sessionlock.h"

#include <QCoreApplication>
#include <QPointer>

#if defined(PENNANT_HAS_DBUS)
#include <QDBusConnection>
#endif

SessionLock &SessionLock::instance()
{
    static QPointer<SessionLock> lock;
    if (!lock)
        lock = new SessionLock(qApp);
    return *lock;
}

SessionLock::SessionLock(QObject *parent)
    : QObject(parent)
{
#if defined(PENNANT_HAS_DBUS)
    // Of any path: the object of one's own session is another with each login, and who locks another session of this
    // person hides a password too early at worst.
    const QString logind = QStringLiteral("org.freedesktop.login1");
    QDBusConnection system = QDBusConnection::systemBus();
    system.connect(logind, {}, logind + QStringLiteral(".Session"), QStringLiteral("Lock"), this, SLOT(noteLock()));
    system.connect(logind, {}, logind + QStringLiteral(".Manager"), QStringLiteral("PrepareForSleep"), this,
        SLOT(noteChange(bool)));
    QDBusConnection session = QDBusConnection::sessionBus();
    for (const char *saver : {"org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"})
        session.connect(QLatin1String(saver), {}, QLatin1String(saver), QStringLiteral("ActiveChanged"), this,
            SLOT(noteChange(bool)));
#endif
}

void SessionLock::noteChange(bool isBeginning)
{
    if (isBeginning)
        Q_EMIT locked();
}
