// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QString>

#include <chrono>
#include <memory>
#include <utility>

/// Headers of what is sent, names with their values.
using NatsHeaders = QList<std::pair<QByteArray, QByteArray>>;

/// One message, as it is sent or as it came.
struct NatsMessage {
    QByteArray subject;
    QByteArray replyTo; ///< where it is to be answered; empty: nowhere
    QByteArray payload;
    int status = 0; ///< of what came without a payload ("NATS/1.0 408 …"); 0: none
    QString statusText = {};
    NatsHeaders headers = {}; ///< of what came otherwise, by name; those of one name as they came

    bool operator==(const NatsMessage &) const = default;
};

/// What comes on an inbox of its own, for as long as it lives; copied off the library's threads. GUI thread.
class NatsSubscription {
public:
    virtual ~NatsSubscription() = default;

    virtual QString subject() const = 0;
    /// All that has come and was not taken so far, in order; waits for the first. Errors: Timeout, Offline (the
    /// connection broke meanwhile: what came then is lost, and nothing more will come), Local (more came than may
    /// wait). One question at a time.
    virtual Pending<QList<NatsMessage>> next(std::chrono::milliseconds timeout) = 0;
};

/// The seam to a NATS server as one user of one account: request and reply, and what goes on for longer. GUI thread.
///
/// Errors: Offline (not connected), Timeout (no reply: for a mutation the outcome is unknown), NotReady (nobody listens
/// on the subject: JetStream is off or has no leader), Unauthorized, Invalid (payload over the server's limit).
class JetStreamTransport : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    virtual Pending<QByteArray> request(const QString &subject, const QByteArray &payload,
        std::chrono::milliseconds timeout = std::chrono::seconds(6)) = 0;
    /// The same with headers, in which no control character may stand.
    virtual Pending<QByteArray> requestWithHeaders(const QString &subject, const NatsHeaders &headers,
        const QByteArray &payload, std::chrono::milliseconds timeout = std::chrono::seconds(6)) = 0;
    /// `mostBytes` may wait there untaken.
    virtual Pending<std::shared_ptr<NatsSubscription>> subscribe(qint64 mostBytes) = 0;
    /// Sends them in order, whoever waits for it; whether they arrived nobody says.
    virtual Pending<void> publish(const QList<NatsMessage> &messages) = 0;
};
