// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

/// How often a secret stands in this process' memory, by tests/support/memoryscan.py, which looks from outside.
namespace MemoryScan {

struct Found {
    int utf8 = -1; ///< -1: it could not look
    int utf16 = -1;
    int base64 = -1;
    QString where;

    int all() const { return utf8 + utf16 + base64; }
};

/// `veiled`: each byte XORed with 0x5a, so that looking leaves no copy.
Found find(const QByteArray &veiled);
/// Veils or unveils.
QByteArray veil(QByteArray secret);
/// Whether this user may look.
bool isPossible();

} // namespace MemoryScan
