// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"
#include "services/base/secretstring.h"

#include <QByteArray>

/// bcrypt (`$2b$`) as nats-server checks it, by libxcrypt. `salt` is 16 bytes; the same inputs give the same hash, so
/// that a configuration can be written again without changing. Cost 4 to 31; cost 5 takes 2 ms, each step doubles it:
/// not on the GUI thread. Errors: Local where the library refuses. Any thread.
Result<QByteArray> bcryptHash(const SecretString &password, int cost, const QByteArray &salt);

/// Whether `hash`, of bcrypt, is that of `password`. As slow as its cost wants. Any thread.
bool bcryptMatches(const SecretString &password, const QByteArray &hash);

/// The cost that fits a password: the server checks every login and every reload with it, one after the other. 5 for
/// what looks as if generatePassword() made it (22 characters and more, letters and digits only, capitals, small
/// letters and digits among them), else 8: a person may have thought of it.
int bcryptCostFor(const SecretString &password);
