// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/kubernetes/kubernetestransport.h"

#include <QJsonDocument>
#include <QJsonObject>

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
