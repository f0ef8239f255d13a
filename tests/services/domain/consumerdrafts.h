// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/assetfields.h"
#include "services/domain/consumerdraft.h"
#include "tests/services/domain/consumerconfigurations.h"
#include "tests/services/domain/streamdrafts.h"

#include <algorithm>
#include <span>

/// Drafts for tests, from JSON.
namespace ConsumerDrafts {

inline StreamId streamId()
{
    return {QStringLiteral("default"), QStringLiteral("t")};
}

/// A new one of the stream "t".
inline ConsumerDraft made(const QByteArray &over, const QString &name = QStringLiteral("c"))
{
    ConsumerDraft draft = ConsumerDraft::of(streamId(), name);
    draft.config = StreamDrafts::overlaid(draft.config, over);
    return draft;
}

inline ConsumerDraft changed(const Consumer &seen, const QByteArray &over)
{
    return {seen.id.stream, StreamDrafts::overlaid(seen.config, over), seen};
}

/// As a server has it that was asked for `config`, or answered it.
inline Stream stream(const QJsonObject &config)
{
    Stream result;
    result.id = {streamId().account, config.value(QLatin1String("name")).toString()};
    result.config = config;
    return result;
}
inline Consumer consumer(const QJsonObject &config)
{
    Consumer result;
    result.id = {streamId(), config.value(QLatin1String("durable_name")).toString()};
    result.config = config;
    return result;
}

/// What the server is too old for in `config`; 0 where it knows all of it.
inline ServerVersion needed(const QJsonObject &config)
{
    ServerVersion latest{2, 2, 0};
    const QStringList names = config.keys();
    for (const QString &name : names) {
        if (const AssetField *field = fieldNamed(consumerFields(), name))
            latest = std::max(latest, field->since);
    }
    if (config.value(QLatin1String("ack_policy")).toString() == QLatin1String("flow_control"))
        latest = std::max(latest, ServerVersion{2, 14, 0});
    if (config.value(QLatin1String("priority_policy")).toString() == QLatin1String("prioritized"))
        latest = std::max(latest, ServerVersion{2, 12, 0});
    return latest;
}

} // namespace ConsumerDrafts
