// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/domain/stream.h"
#include "services/domain/streammessage.h"

#include <QObject>

#include <memory>

class MessageService;
class MessageTail;

/// Where one is among the messages of a stream: on a page of them, or with the newest as they come. GUI thread.
class MessagePager final : public QObject {
    Q_OBJECT

public:
    /// `service` must outlive it.
    MessagePager(MessageService &service, const StreamId &stream, QObject *parent = nullptr);
    ~MessagePager() override;

    /// With wildcards; empty: any. Reads the newest on it.
    void setSubject(const QString &subject);
    const QString &subject() const { return m_subject; }

    void goToFirst();
    void goToLast();
    void goToOlder();
    void goToNewer();
    /// That one, or the next.
    void goToSequence(quint64 sequence);
    /// The first that is not older.
    void goToTime(const QDateTime &time);
    /// The same page once more.
    void reload();

    /// From now on what comes is shown in place of pages; off, the newest page.
    void setLive(bool isLive);
    /// Nothing while it is not live.
    MessageTail *tail() const { return m_tail.get(); }

    /// What is shown, by sequence.
    const QList<StreamMessage> &messages() const;
    const MessagePage &page() const { return m_page; }
    bool isReading() const { return m_reading.isAsked(); }
    /// Why the last page could not be read.
    const std::optional<Error> &problem() const { return m_problem; }

Q_SIGNALS:
    /// Any of it.
    void changed();
    /// Another page is shown, to be looked at from its newest message on, or from its oldest.
    void arrived(bool atNewest);

private:
    void read(const MessageQuery &query);
    void adopt(const Result<MessagePage> &page);

    MessageService &m_service;
    StreamId m_stream;
    QString m_subject;
    MessageQuery m_query;
    MessagePage m_page;
    std::optional<Error> m_problem;
    std::unique_ptr<MessageTail> m_tail;
    Pending<MessagePage> m_reading;
};
