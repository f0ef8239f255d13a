// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/rawnats.h"

#include <QJsonObject>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <functional>
#include <memory>

/// One nats-server of any release on this machine's loopback, alone or in a cluster, without users.
class PlainServer final {
public:
    /// Those in the folder that PENNANT_NATS_SERVERS names: nats-server-2.10.26 and others.
    static void eachRelease(const std::function<void(const QString &program, const QString &release)> &use);

    /// Starts it, with `more` arguments.
    explicit PlainServer(const QString &program, const QStringList &more = {});
    ~PlainServer();
    /// Waits until it is up and a client has logged in.
    bool open();

    quint16 port() const { return m_port; }
    bool isOpen() const { return m_client && m_client->isOpen(); }
    /// Of its JetStream API: "STREAM.INFO.orders".
    QJsonObject ask(const QByteArray &request, const QJsonObject &body = {});
    /// "CREATE" or "UPDATE" of the stream that `config` names.
    QJsonObject askStream(const char *verb, const QJsonObject &config);
    /// "create" or "update" of a consumer.
    QJsonObject askConsumer(const char *action, const QString &stream, const QJsonObject &config);
    /// The stream that `config` names.
    void remove(const QJsonObject &config);

private:
    QTemporaryDir m_folder;
    quint16 m_port;
    QProcess m_process;
    std::unique_ptr<RawNats> m_client;
};
