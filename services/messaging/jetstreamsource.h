// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/domain/access.h"
#include "services/domain/consumer.h"
#include "services/domain/serverversion.h"

#include <QObject>
#include <QStringList>

#include <chrono>
#include <memory>

class JetStreamApi;

/// Where streams and consumers are read from, and by which API they are changed. AccountConnections asks JetStream as
/// each account's management user; MonitoredJetStream reads the servers' monitoring ports. GUI thread.
class JetStreamSource : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// All streams of all accounts, in any order; or why not all of them can be read, where gap() does not say so.
    virtual Flow<QList<Stream>> streams() = 0;
    /// What the last streams() that were answered lack: a part that can't be read now, and stands as it was known.
    virtual std::optional<Error> gap() const { return {}; }
    /// Accounts that the last streams() left out: this person may not see them, or they were not read so far.
    virtual QStringList hiddenAccounts() const { return {}; }
    /// Of one of those. NotFound where the stream has gone meanwhile.
    virtual Flow<QList<Consumer>> consumers(StreamId stream) = 0;
    /// The API that reads what `account` has, waited for in the same way; else why there is none, for people.
    virtual Flow<std::shared_ptr<JetStreamApi>> reachToRead(QString account) = 0;
    /// Whether there can be such a one at all.
    virtual Access readAccess() const { return Access::yes(); }
    /// The API that changes what `account` has, waited for while it is on its way; else why there is none. Forbidden
    /// where the server would refuse any change.
    virtual Flow<std::shared_ptr<JetStreamApi>> reachToChange(QString account) = 0;
    /// Whether it is known what other tools keep of it. While it is not, nothing that is there is deleted: the reason.
    virtual Access ownersAccess() const { return Access::yes(); }
    /// The oldest release among its servers; nothing: not known.
    virtual std::optional<ServerVersion> server() const { return std::nullopt; }
    /// How often it bears to be read.
    virtual std::chrono::milliseconds readEvery() const { return std::chrono::seconds(2); }

Q_SIGNALS:
    /// While streams() is under way: those that were just read, of one account, where there will be more.
    void partRead(const QList<Stream> &part);
    /// What could not be read before perhaps can be now, or the reverse; or ownersAccess() is another.
    void changed();
    /// What is being read may never be answered: whom it was asked of has gone.
    void broke();
};
