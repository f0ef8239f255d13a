// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QStringList>
#include <QTcpServer>

#include <functional>

class QTcpSocket;

/// Speaks as much of NATS' protocol on this machine's loopback as a client needs to log in and to ask. For what a real
/// server can't be made to do on command: that it works at all is shown by the e2e_ tests.
/// https://docs.nats.io/reference/reference-protocols/nats-protocol
class FakeNatsServer final : public QObject {
    Q_OBJECT

public:
    FakeNatsServer();

    quint16 port() const { return m_server.serverPort(); }

    /// Whether this user may log in. Empty: everybody.
    std::function<bool(const QString &user, const QString &password)> isWelcome;
    /// What requests are answered with, by subject; others aren't.
    QHash<QByteArray, QByteArray> answers;
    /// Subjects that something came on, in order.
    QList<QByteArray> heard;
    /// Who tried to log in.
    QStringList logins;

private:
    struct Subscription {
        QByteArray subject;
        QByteArray id;
    };
    struct Connection {
        QByteArray unread;
        QList<Subscription> subscriptions;
    };

    void serve(QTcpSocket *socket);
    /// One line, with its payload; false where not all of it has come.
    bool takeLine(QTcpSocket *socket, Connection &connection);
    void logIn(QTcpSocket *socket, const QByteArray &options);
    void answer(QTcpSocket *socket, const Connection &connection, const QList<QByteArray> &words);

    QHash<QTcpSocket *, Connection> m_connections;
    QTcpServer m_server; ///< goes first: its sockets leave the list
};
