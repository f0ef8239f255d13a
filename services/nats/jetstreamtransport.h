// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"

#include <QByteArray>
#include <QObject>
#include <QString>

#include <chrono>

/// The seam to a NATS server as one user of one account: request and reply. GUI thread.
///
/// Errors: Offline (not connected), Timeout (no reply: for a mutation the outcome is unknown), NotReady (nobody listens
/// on the subject: JetStream is off or has no leader), Unauthorized, Invalid (payload over the server's limit).
class JetStreamTransport : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    virtual Pending<QByteArray> request(const QString &subject, const QByteArray &payload,
        std::chrono::milliseconds timeout = std::chrono::seconds(6)) = 0;
};
