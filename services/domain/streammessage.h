// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>

/// One header of a message, as people read it: bytes that are no UTF-8 are replaced.
struct MessageHeader {
    QString name;
    QString value;

    bool operator==(const MessageHeader &) const = default;
};

/// The headers in a block of the protocol ("NATS/1.0\r\nName: value\r\n\r\n"), in their order; one name may come more
/// than once. What is no header in it is left out.
/// https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-4.md
QList<MessageHeader> headersIn(const QByteArray &block);
/// The first `most` of them.
QList<MessageHeader> headersIn(const QByteArray &block, qsizetype most);
/// How many there are.
qsizetype headerCount(const QByteArray &block);

/// One message as a stream stores it (JetStream API, STREAM.MSG.GET). Payload and headers are any bytes.
struct StreamMessage {
    quint64 sequence = 0;
    QString subject;
    QDateTime time; ///< UTC, to the millisecond
    QString timestamp; ///< the same as the server wrote it, to the nanosecond
    QByteArray headerBlock; ///< empty: none
    QByteArray payload;

    bool operator==(const StreamMessage &) const = default;

    QList<MessageHeader> headers() const { return headersIn(headerBlock); }
    /// What it takes to hold it.
    qsizetype size() const { return payload.size() + headerBlock.size() + subject.size(); }
};

/// Which messages of a stream to read: at most `most`, and of large ones fewer, from where `from` says.
struct MessageQuery {
    enum class From {
        First, ///< the oldest that are there
        Last, ///< the newest
        Sequence, ///< that one, or what comes next
        Time, ///< what was stored at `time` or later
        Before, ///< the newest that have a lower one than `sequence`
    };

    From from = From::Last;
    quint64 sequence = 0;
    QDateTime time = {};
    QString subject = {}; ///< with wildcards; empty: all
    int most = 50;

    bool operator==(const MessageQuery &) const = default;
};

/// What a query has found.
struct MessagePage {
    QList<StreamMessage> messages; ///< by sequence
    bool hasBefore = false; ///< there may be such with lower sequences
    bool hasAfter = false; ///< there may be such with higher ones
    quint64 firstSequence = 0; ///< of the stream, when it was read
    quint64 lastSequence = 0;
    std::optional<QDateTime> created = {}; ///< the stream: tells it from another of its name

    bool operator==(const MessagePage &) const = default;
};

/// `message` as a line of NDJSON, with the newline: `seq`, `subject`, `time`, `headers` (each a list of values) where
/// it has any, and `payload` as text or, where it is no UTF-8, `payload_base64`. Header blocks that are no UTF-8 stand
/// whole in `headers_base64`.
QByteArray toJsonLine(const StreamMessage &message);
