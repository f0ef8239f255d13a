// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/kubernetes/kubernetestransport.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <functional>
#include <optional>

/// An ApiStream that a test feeds.
class FakeStream final : public ApiStream {
    Q_OBJECT

public:
    explicit FakeStream(ApiRequest request)
        : m_request(std::move(request))
    {
    }

    const ApiRequest &request() const { return m_request; }

    void open() { Q_EMIT opened(); }
    void feed(const QByteArray &data) { Q_EMIT dataArrived(data); }
    /// One event of a watch.
    void feedEvent(const QString &type, const QJsonObject &object)
    {
        feed(QJsonDocument(QJsonObject{{QStringLiteral("type"), type}, {QStringLiteral("object"), object}})
                 .toJson(QJsonDocument::Compact)
            + '\n');
    }
    /// The server finished it properly.
    void finish() { Q_EMIT ended(std::nullopt); }
    void breakOff(const Error &error) { Q_EMIT ended(error); }

private:
    ApiRequest m_request;
};

/// A PodTunnel to an HTTP server that answers one request: `find` gives the body of a path, or nothing.
class ServedTunnel final : public PodTunnel {
    Q_OBJECT

public:
    using Find = std::function<std::optional<QByteArray>(const QString &path)>;

    explicit ServedTunnel(Find find)
        : m_find(std::move(find))
    {
        QMetaObject::invokeMethod(
            this, [this] { Q_EMIT opened(); }, Qt::QueuedConnection);
    }

    void write(const QByteArray &data) override
    {
        const auto body = m_find(QString::fromUtf8(data.split(' ').value(1)));
        const QByteArray answer = body
            ? "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(body->size()) + "\r\n\r\n" + *body
            : QByteArray("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        QMetaObject::invokeMethod(
            this, [this, answer] { Q_EMIT dataArrived(answer); }, Qt::QueuedConnection);
    }
    qint64 bytesToWrite() const override { return 0; }

private:
    Find m_find;
};

/// A PodTunnel whose other end is a test.
class FakeTunnel final : public PodTunnel {
    Q_OBJECT

public:
    void write(const QByteArray &data) override
    {
        written += data;
        if (isStuck)
            stuckBytes += data.size();
    }
    qint64 bytesToWrite() const override { return stuckBytes; }

    void open() { Q_EMIT opened(); }
    void feed(const QByteArray &data) { Q_EMIT dataArrived(data); }
    void finish(const std::optional<Error> &error = {}) { Q_EMIT closed(error); }
    /// What was held back leaves.
    void drain()
    {
        stuckBytes = 0;
        Q_EMIT bytesWritten();
    }

    QByteArray written;
    bool isStuck = false; ///< nothing that is written leaves until drain()
    qint64 stuckBytes = 0;
};
