// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/messagesfixture.h"

#include <QJsonArray>
#include <QJsonDocument>

MessagesFixture::MessagesFixture()
    : messages(base.server(), id.name)
    , streams(base.runtime, *base.connections, base.clock)
    , secrets(base.cluster.cluster, base.clock, base.runtime)
    , publishing(
          base.cluster.cluster, base.clock, base.runtime, base.accounts, secrets, *base.connections, base.links())
    , service(base.runtime, *base.connections, streams, base.clock, &publishing)
{
    server().stand(
        QStringLiteral("$JS.API.STREAM.LIST"), [this](const QJsonObject &) -> Result<QByteArray> { return list(); });
}

QByteArray MessagesFixture::list() const
{
    QJsonObject info = messages.info();
    QJsonObject config = info[QStringLiteral("config")].toObject();
    for (auto field = m_config.begin(); field != m_config.end(); ++field)
        config[field.key()] = field.value();
    info[QStringLiteral("config")] = config;
    return QJsonDocument(JetStreamFixture::page("streams", {info}, 0)).toJson(QJsonDocument::Compact);
}

bool MessagesFixture::start()
{
    streams.refresh();
    return base.start() && base.passTimeUntil([this] { return stream() && service.publishAccess(*stream()).allowed; });
}

void MessagesFixture::configure(const QJsonObject &config)
{
    m_config = config;
    streams.refresh();
    base.passTimeUntil([this, &config] {
        for (const QString &key : config.keys()) {
            if (stream()->config.value(key) != config.value(key))
                return false;
        }
        return true;
    });
}

bool MessagesFixture::catchUp()
{
    streams.refresh();
    return base.passTimeUntil([this] {
        return stream() && stream()->messages == messages.messages().size()
            && (messages.messages().empty() || stream()->lastSequence >= messages.messages().rbegin()->first);
    });
}
