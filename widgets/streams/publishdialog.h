// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/domain/outgoingmessage.h"
#include "widgets/common/draftholder.h"
#include "widgets/common/questiondialog.h"

class Field;
class HeaderEditor;
class InlineMessage;
class MessageService;
class PayloadEdit;
class QLineEdit;
class QPushButton;
class WrappingLabel;

/// Publishes messages to one stream: subject, headers, and a payload that is typed or comes from a file. Says what the
/// server made of each, and stays for the next one; what was entered stays while it is closed. Beside the window that
/// asks, not in its way.
class PublishDialog final : public QuestionDialog, public DraftHolder {
    Q_OBJECT

public:
    /// `service` must outlive it.
    PublishDialog(MessageService &service, const StreamId &stream, QWidget *parent = nullptr);

    /// A message was begun, or changed since one was stored; also while this is closed.
    bool hasDraft() const override;

Q_SIGNALS:
    /// It is in the stream, under that sequence.
    void published(const PublishAck &ack);

private:
    void nameControls();
    void layOut();
    QWidget *payloadPart();
    void renew();
    void renewSubjects(const Stream &stream);
    OutgoingMessage message() const;
    void askForFile();
    void takeFile(const QString &path);
    void dropFile();
    void publish();
    /// Before a message that does more than being stored.
    void ask(const OutgoingMessage &typed, const std::optional<quint64> &messages);
    void send(const OutgoingMessage &typed);
    void showOutcome(const Result<PublishAck> &ack);

    MessageService &m_service;
    StreamId m_stream;
    QLineEdit *m_subject;
    Field *m_subjectField;
    HeaderEditor *m_headers;
    PayloadEdit *m_payload;
    QPushButton *m_file;
    WrappingLabel *m_size;
    InlineMessage *m_outcome;
    QPushButton *m_close;
    QPushButton *m_publish;
    OutgoingMessage m_untouched; ///< as it stood there, or after one was stored
    OutgoingMessage m_sent; ///< the last one
    std::optional<QByteArray> m_fromFile;
    QString m_fileName;
    bool m_isUsed = false; ///< something was entered: from then on it is judged
    Pending<QByteArray> m_reading;
    Pending<quint64> m_counting;
    Pending<PublishAck> m_publishing;
};
