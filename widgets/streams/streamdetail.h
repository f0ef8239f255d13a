// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"
#include "services/domain/stream.h"
#include "widgets/common/detailpanel.h"

#include <optional>

class FactGrid;
class InlineMessage;
class Meter;
class QLabel;
class QPushButton;
class QVBoxLayout;
class WrappingLabel;

/// One stream beside the table: its state, its copies, its whole configuration.
class StreamDetail final : public DetailPanel {
    Q_OBJECT

public:
    explicit StreamDetail(QWidget *parent = nullptr);

    /// `now` is what relative times are counted from.
    void setObject(const Stream &stream, const QDateTime &now);
    const StreamId &id() const { return m_id; }
    void setEditAccess(const Access &access);
    void setMessagesAccess(const Access &access);

Q_SIGNALS:
    void editRequested();
    void messagesRequested();

private:
    void showBucket(const Stream &stream);
    void showFill(const Stream &stream);
    void showFeeds(const Stream &stream, const QDateTime &now);
    void showReplicas(const Stream &stream, const QDateTime &now);
    static void clearLines(QVBoxLayout *lines);
    void addReplica(const QString &name, const QString &role, const QString &lag, bool isWell);

    QPushButton *m_edit;
    QPushButton *m_messages;
    InlineMessage *m_full;
    InlineMessage *m_bucket;
    FactGrid *m_facts;
    QLabel *m_fillText;
    Meter *m_fill;
    WrappingLabel *m_description;
    QLabel *m_feedsTitle;
    QVBoxLayout *m_feeds;
    QLabel *m_replicasTitle;
    QVBoxLayout *m_replicas;
    StreamId m_id;
    std::optional<Stream> m_shown;
};
