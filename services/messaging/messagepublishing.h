// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/mutations.h"
#include "services/domain/access.h"
#include "services/domain/outgoingmessage.h"
#include "services/messaging/jetstreamchanges.h"
#include "services/messaging/jetstreamlink.h"

#include <QObject>

class AccountService;
class ClientSecrets;
class JetStreamSource;
class KubernetesTransport;
class RuntimeService;

/// Publishes to an account's streams as its clients do: the hidden users by which Pennant looks and administers can't.
/// The password is read from the account's Secret for each message, by a link that ends with it; whoever may not read
/// that Secret may not publish. GUI thread.
class MessagePublishing final : public QObject {
    Q_OBJECT

public:
    /// All but `links` must outlive it; without any, links are NatsLinks. `source` is where what became of a message
    /// is looked for.
    MessagePublishing(KubernetesTransport &transport, Clock &clock, RuntimeService &runtime, AccountService &accounts,
        ClientSecrets &secrets, JetStreamSource &source, JetStreamLinks links = {}, QObject *parent = nullptr);

    Access access(const Stream &stream);
    /// Owned by this: it runs on when nobody waits any more. Invalid with field errors as validate() of one. A Timeout
    /// says that the outcome is not known, also to whoever looked for the message again: by its Nats-Msg-Id it can be
    /// sent once more.
    Pending<PublishAck> publish(const Stream &stream, const OutgoingMessage &message);
    bool isAtRest() const { return m_mutations.isIdle(); }

Q_SIGNALS:
    void accessChanged();

private:
    Flow<PublishAck> send(StreamId stream, OutgoingMessage message);
    Flow<std::shared_ptr<JetStreamLink>> linkAsClient(QString account);
    Flow<std::optional<StreamMessage>> lastOn(StreamId stream, QString subject);

    Clock &m_clock;
    RuntimeService &m_runtime;
    AccountService &m_accounts;
    ClientSecrets &m_secrets;
    JetStreamSource &m_source;
    JetStreamLinks m_links;
    JetStreamChanges m_changes;
    Mutations m_mutations;
};
