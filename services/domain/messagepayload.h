// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

// How a payload, any bytes at all, is shown to people. Nothing in it is carried out or hidden: what is no text, or
// would turn the direction of what stands around it, is shown as a sign.

enum class PayloadFace { Text, Json, Hex };

/// What a payload looks like: an object or array of JSON, other text, or neither. Of a large one only the beginning is
/// looked at, and it is never JSON.
PayloadFace likelyFaceOf(const QByteArray &payload);

/// A payload in one of its faces, as far as there is room for it.
struct PayloadText {
    QString text;
    qsizetype shown = 0; ///< bytes of the payload that `text` shows
    bool isAsAsked = true; ///< false: it is no JSON, and stands there as text

    bool operator==(const PayloadText &) const = default;
};

/// Text of at most 64 KiB of the payload, hexadecimal of 16 KiB. JSON keeps its order, its numbers and what stands in
/// its strings; only the space between is ours. A payload above 1 MiB is not taken for JSON. For the background: it may
/// take some milliseconds.
PayloadText payloadText(const QByteArray &payload, PayloadFace face);

/// The beginning as one line of at most `most` characters, for a list.
QString payloadPreview(const QByteArray &payload, int most = 160);
