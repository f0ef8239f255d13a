// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/secretstring.h"
#include "services/nats/jetstreamtransport.h"

#include <memory>

/// One connection to a NATS server by cnats. The library's threads stay behind it: everything arrives in the GUI
/// thread, and nothing here waits. Reconnects by itself to the same address with a short wait; a PING watchdog notices
/// a connection that died without a word. At most four requests are out at once; more wait in line. What may take long,
/// and comes in numbers (messages of a stream, the beginning of a backup or restore), has a line of its own, so that it
/// holds up nothing else; so has what is published, one after another, for which nobody is waited.
class NatsConnection final : public JetStreamTransport {
    Q_OBJECT

public:
    enum class State { Connecting, Connected, Disconnected, Closed };

    struct Options {
        QString host = QStringLiteral("127.0.0.1");
        quint16 port = 4222;
        QString username;
        SecretString password;
        QString inboxPrefix; ///< "_INBOX_ADM": must match the user's subscribe permission; empty: the library's own
        QString clientName = QStringLiteral("pennant");
    };

    explicit NatsConnection(Options options, QObject *parent = nullptr);
    /// Closes without waiting on the GUI thread.
    ~NatsConnection() override;

    /// Begins to connect, and goes on until it works or the server refuses the credentials; `stateChanged` tells how it
    /// goes. Once in a connection's life: Closed is final.
    void open();
    State state() const;
    /// Why it is not connected: Unauthorized for refused credentials (then Closed), Offline otherwise.
    const std::optional<Error> &lastError() const;

    Pending<QByteArray> request(
        const QString &subject, const QByteArray &payload, std::chrono::milliseconds timeout) override;
    Pending<QByteArray> requestWithHeaders(const QString &subject, const NatsHeaders &headers,
        const QByteArray &payload, std::chrono::milliseconds timeout) override;
    Pending<std::shared_ptr<NatsSubscription>> subscribe(qint64 mostBytes) override;
    Pending<void> publish(const QList<NatsMessage> &messages) override;

    /// `what` goes once this connection was destroyed and the library no longer uses its address: until then it may
    /// connect there again.
    void keepUntilEnded(std::unique_ptr<QObject> what);

    /// Waits until every connection of the past has ended, then ends the library and its threads. To be called once,
    /// after the last connection was destroyed and before the application object is.
    static void shutDown();

Q_SIGNALS:
    void stateChanged();

private:
    class Private;
    std::shared_ptr<Private> d;
};
