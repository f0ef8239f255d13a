// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

/// Tells when this desktop session is locked, its screen saver begins or the machine goes to sleep: what was revealed
/// has to go then. Listens from the first time that somebody asks for it; where there is no D-Bus, it never tells.
/// GUI thread.
class SessionLock final : public QObject {
    Q_OBJECT

public:
    /// One for the program.
    static SessionLock &instance();

Q_SIGNALS:
    void locked();

private:
    explicit SessionLock(QObject *parent);

private Q_SLOTS:
    void noteLock() { Q_EMIT locked(); }
    /// "ActiveChanged" of a screen saver, "PrepareForSleep" of logind: with `isBeginning` false it is over.
    void noteChange(bool isBeginning);
};
