// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <sys/types.h>

/// The Secret Service of this session, a gnome-keyring, for tests that do to it what a desktop does. By D-Bus of their
/// own, not by what is tested.
namespace Keyring {

bool lock();
/// By its password, without a window that asks for it.
bool unlock();
bool isLocked();
/// Of the daemon; starts one where none runs.
pid_t process();
/// What `secret-tool`, another program, finds stored under the program's name and `key`, decoded.
QByteArray stored(const QString &key);
/// The same of whatever item of the program's there is; of several, one of them.
QByteArray storedByProgram();

} // namespace Keyring
