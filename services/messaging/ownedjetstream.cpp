// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/ownedjetstream.h"

#include "services/messaging/nackresources.h"

OwnedJetStream::OwnedJetStream(JetStreamSource &source, NackResources &nack, QString nameSpace, QObject *parent)
    : JetStreamSource(parent)
    , m_source(source)
    , m_nack(nack)
    , m_nameSpace(std::move(nameSpace))
    , m_owners(nack.resources(), m_nameSpace)
{
    connect(&source, &JetStreamSource::changed, this, &OwnedJetStream::changed);
    connect(&source, &JetStreamSource::broke, this, &OwnedJetStream::broke);
    connect(&source, &JetStreamSource::partRead, this, [this](QList<Stream> part) {
        m_owners.mark(part);
        Q_EMIT partRead(part);
    });
    connect(&nack, &NackResources::changed, this, [this] {
        m_owners = NackOwners(m_nack.resources(), m_nameSpace);
        Q_EMIT changed();
    });
}

Access OwnedJetStream::ownersAccess() const
{
    return m_nack.access();
}

Flow<QList<Stream>> OwnedJetStream::streams()
{
    auto found = co_await m_source.streams();
    if (found)
        m_owners.mark(*found);
    co_return found;
}

Flow<QList<Consumer>> OwnedJetStream::consumers(StreamId stream)
{
    auto found = co_await m_source.consumers(stream);
    if (found)
        m_owners.mark(*found);
    co_return found;
}
