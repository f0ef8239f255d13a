// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"
#include "services/base/secretstring.h"

#include <QList>
#include <QString>

/// One value of the `auth-provider.config` of a kubeconfig's user.
struct ProviderValue {
    QString key; ///< "id-token"
    SecretString before; ///< empty: nothing is there, or nothing is in it
    SecretString now;
};

/// Puts other tokens in the place of those that the user `user` has in the kubeconfig `path`, as kubectl does when a
/// provider hands them out, or adds them where there were none; every other byte of the file, comments among them,
/// stays as it is, and what can't be read back is not written. Keeps to kubectl's lock (`path`.lock). Does nothing at
/// all where one of them is not there as `before` says: somebody else was faster, and theirs count (a Conflict). A lock
/// is never taken from anybody: who made it, how long ago and what to do is said. Any thread but the GUI's.
Result<void> replaceProviderValues(const QString &path, const QString &user, const QList<ProviderValue> &values);
