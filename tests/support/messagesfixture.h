// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/messaging/clientsecrets.h"
#include "services/messaging/messagepublishing.h"
#include "services/messaging/messageservice.h"
#include "services/messaging/streamservice.h"
#include "tests/support/fakemessages.h"
#include "tests/support/jetstreamfixture.h"

/// A runtime that is ready, with one stream whose messages are `messages`, and the services that look at them, publish
/// and delete.
class MessagesFixture final {
public:
    MessagesFixture();

    /// True when messages can be read and published.
    bool start();
    /// What the stream's configuration has beside its name and subjects, from now on.
    void configure(const QJsonObject &config);
    /// The table of streams has caught up with the messages.
    bool catchUp();
    std::optional<Stream> stream() const { return service.stream(id); }
    FakeJetStream &server() { return base.server(); }

    const StreamId id{QStringLiteral("default"), QStringLiteral("orders")};
    JetStreamFixture base;
    FakeMessages messages;
    StreamService streams;
    ClientSecrets secrets;
    MessagePublishing publishing;
    MessageService service;

private:
    QByteArray list() const;

    QJsonObject m_config;
};
