// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>

/// A stream or consumer as a resource of NACK (`jetstream.nats.io/v1beta2`), which has names and units of its own:
/// durations are texts of Go's. https://github.com/nats-io/nack/blob/main/docs/api.md
struct NackResource {
    QJsonObject document;
    QStringList missing; ///< fields of the JetStream API that no such resource can hold
};

NackResource nackStream(const QJsonObject &config);
NackResource nackConsumer(const QString &stream, const QJsonObject &config);

/// The StreamConfig or ConsumerConfig that such a document asks for.
struct FromNack {
    QJsonObject config;
    QStringList unknown; ///< of its spec: what stands for no field of it
    QString stream = {}; ///< whose consumer it is
};

bool isNackStream(const QJsonObject &document);
FromNack streamFromNack(const QJsonObject &document);

bool isNackConsumer(const QJsonObject &document);
FromNack consumerFromNack(const QJsonObject &document);
