// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class SecretString;

/// `usual`, and, where `password` stands otherwise in a URL than it is, that some clients can't read it there.
QString passwordHint(const SecretString &password, const QString &usual);
