// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/messaging/jetstreamsource.h"

/// What another source reads and changes, of servers of an older release.
class OlderJetStream final : public JetStreamSource {
public:
    /// `source` must outlive it.
    OlderJetStream(JetStreamSource &source, ServerVersion server)
        : m_source(source)
        , m_server(server)
    {
    }

    void setServer(ServerVersion server) { m_server = server; }

    Flow<QList<Stream>> streams() override { return m_source.streams(); }
    Flow<QList<Consumer>> consumers(StreamId stream) override { return m_source.consumers(std::move(stream)); }
    Flow<std::shared_ptr<JetStreamApi>> reachToRead(QString account) override
    {
        return m_source.reachToRead(std::move(account));
    }
    Flow<std::shared_ptr<JetStreamApi>> reachToChange(QString account) override
    {
        return m_source.reachToChange(std::move(account));
    }
    std::optional<ServerVersion> server() const override { return m_server; }

private:
    JetStreamSource &m_source;
    ServerVersion m_server;
};
