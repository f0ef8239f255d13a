// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/streamdraft.h"

#include <QJsonArray>
#include <QJsonDocument>

/// Drafts for tests, from JSON.
namespace StreamDrafts {

/// `config` with `over` in its place; null takes a field away.
inline QJsonObject overlaid(QJsonObject config, const QByteArray &over)
{
    const QJsonObject fields = QJsonDocument::fromJson(over).object();
    for (auto field = fields.begin(); field != fields.end(); ++field) {
        if (field.value().isNull())
            config.remove(field.key());
        else
            config.insert(field.key(), field.value());
    }
    return config;
}

/// A new one over a stream "t" with the subjects "t.>".
inline StreamDraft made(const QByteArray &over)
{
    const QString name = QStringLiteral("t");
    StreamDraft draft = StreamDraft::of(QStringLiteral("default"), name, {QStringLiteral("t.>")});
    draft.config = overlaid(draft.config, over);
    return draft;
}

inline StreamDraft changed(const Stream &seen, const QByteArray &over)
{
    return {seen.id.account, overlaid(seen.config, over), seen};
}

} // namespace StreamDrafts
