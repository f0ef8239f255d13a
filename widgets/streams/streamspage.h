// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/streamtablemodel.h"
#include "services/messaging/streamservice.h"
#include "widgets/objects/editingpageof.h"
#include "widgets/streams/streamactions.h"
#include "widgets/streams/streamdetail.h"
#include "widgets/streams/streamfiles.h"
#include "widgets/streams/streamform.h"

#include <QPointer>

class MessageBrowser;
class MessageService;
class ConsumerService;
class RunningOperations;
class Workloads;

struct StreamKind {
    using Object = Stream;
    using Draft = StreamDraft;
    using Service = StreamService;
    using Model = StreamTableModel;
    using Detail = StreamDetail;
    using Form = StreamForm;

    static const QList<Stream> &all(const StreamService &service) { return service.streams(); }
    static const SnapshotStep<Stream> &step(const StreamService &service) { return service.step(); }
};

/// The Streams tab: the streams of all accounts, one of them in detail, and the form that makes a new one.
class StreamsPage final : public EditingPageOf<StreamKind> {
    Q_OBJECT

public:
    /// All must outlive it.
    StreamsPage(RuntimeSource &runtime, AccountSource &accounts, StreamService &streams, Clock &clock,
        QWidget *parent = nullptr);

    /// From now on its forms offer these as the linked app, once they are opened. They must outlive it.
    void offerWorkloads(Workloads &workloads);
    /// And judge limits of consumers by these. They must outlive it.
    void heedConsumers(const ConsumerService &consumers) { m_consumers = &consumers; }
    /// Where what a person begins here is listed while it runs; it must outlive the page.
    void listIn(RunningOperations &operations);
    /// Asks which messages are to go.
    void askToPurge(const StreamId &id);
    /// What the messages in the streams are looked at by; it must outlive the page. `place` tells which cluster it is.
    void setMessages(MessageService &messages, const QString &place);
    /// Opens a window on the messages of that one, or shows the one that is open.
    MessageBrowser *browse(const StreamId &id);
    /// Begins a new stream as a copy of that one.
    void clone(const StreamId &id);

private:
    QString countText() const override;
    Emptiness nothingYet() override;
    void adoptAccounts() override;
    void renewForm() override;
    ConfirmByTyping::Question deletionOf(const Stream &stream) const override;
    RemovalWords removalWords(const StreamId &id) const override;
    CreationWords creationWords(const StreamDraft &draft) const override;
    void completeDetail(const Stream &stream) override;
    void addOwnActions(QMenu *menu, int row) override;
    void prepareEdit(StreamForm *form) override;
    ChangeWords changeWords(const StreamId &id) const override;
    /// Of that stream, as far as they are known.
    QList<Consumer> consumersOf(const StreamId &id) const;
    void purge(const Stream &seen, const StreamPurge &purge);
    /// Begins a new stream in the form, unless one has been begun there: false.
    bool beginNew(const QString &account, const QJsonObject &config);

    MessageService *m_messages = nullptr;
    QString m_place;
    RunningOperations *m_operations = nullptr;
    std::map<StreamId, QPointer<MessageBrowser>> m_browsers;
    StreamActions *m_actions;
    Workloads *m_workloads = nullptr;
    const ConsumerService *m_consumers = nullptr;
    std::map<int, Pending<quint64>> m_purges;
    int m_lastPurge = 0;
    StreamFiles m_files;
};
