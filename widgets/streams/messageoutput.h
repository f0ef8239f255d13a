// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/base/runningoperations.h"
#include "services/domain/stream.h"
#include "services/domain/streammessage.h"

#include <QWidget>

#include <memory>

class InlineMessage;
class MessageExport;
class MessageService;
class Meter;
class QLabel;
class QPushButton;
struct ExportRange;

/// What is being saved of messages, and how that ended: a line with progress that a person can stop, and a message. Not
/// there while there is nothing to say.
class MessageOutput final : public QWidget {
    Q_OBJECT

public:
    /// `service` must outlive it.
    MessageOutput(MessageService &service, const StreamId &stream, QWidget *parent = nullptr);
    ~MessageOutput() override;

    /// Where an export is listed while it runs; it must outlive this. Nothing: nowhere.
    void listIn(RunningOperations *operations) { m_operations = operations; }
    /// Each asks for a file first.
    void exportRange(const ExportRange &range);
    void exportMessages(const QList<StreamMessage> &messages);
    void savePayload(const StreamMessage &message);
    bool isRunning() const;

Q_SIGNALS:
    void runningChanged();

private:
    void askForFile(const QString &title, const QString &fileName, std::function<void(const QString &)> save);
    RunningOperations::Entry entered(const QString &title, std::function<void()> stop);
    void dropSaving();
    MessageExport &beginExport();
    void showProgress();
    void showEnd(const std::optional<Error> &problem);

    MessageService &m_service;
    StreamId m_stream;
    QWidget *m_line;
    QLabel *m_words;
    Meter *m_meter;
    QPushButton *m_stop;
    InlineMessage *m_message;
    RunningOperations *m_operations = nullptr;
    RunningOperations::Entry m_entry; ///< of the export
    RunningOperations::Entry m_savingEntry;
    std::unique_ptr<MessageExport> m_export;
    Pending<qint64> m_saving;
};
