// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/streammessage.h"
#include "tests/support/fakejetstream.h"

#include <map>

/// The messages of one stream of a FakeJetStream, which answers STREAM.INFO, STREAM.MSG.GET and STREAM.MSG.DELETE of
/// them as a server does.
class FakeMessages final {
public:
    /// `server` must outlive it.
    FakeMessages(FakeJetStream &server, const QString &stream);

    /// Under the next sequence; each is stored a second after the one before.
    quint64 add(const QString &subject, const QByteArray &payload = {}, const QByteArray &headers = {});
    /// The next one gets that sequence: those before it were deleted.
    void skipTo(quint64 sequence) { m_next = sequence; }
    void erase(quint64 sequence) { m_messages.erase(sequence); }
    const std::map<quint64, StreamMessage> &messages() const { return m_messages; }
    /// As before release 2.11: it knows no `start_time`.
    void setOld(bool isOld) { m_isOld = isOld; }
    /// When the message of a sequence is stored.
    static QDateTime timeOf(quint64 sequence);

    QJsonObject info() const;

private:
    QByteArray get(const QJsonObject &body) const;
    QByteArray remove(const QJsonObject &body);
    const StreamMessage *find(const QJsonObject &body) const;

    QString m_stream;
    std::map<quint64, StreamMessage> m_messages;
    quint64 m_next = 1;
    bool m_isOld = false;
};
