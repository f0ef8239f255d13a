// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/consumertablemodel.h"
#include "services/messaging/consumerservice.h"
#include "widgets/consumers/consumerdetail.h"
#include "widgets/consumers/consumerfiles.h"
#include "widgets/consumers/consumerform.h"
#include "widgets/objects/editingpageof.h"

#include <QPointer>

class FetchWindow;
class Workloads;

struct ConsumerKind {
    using Object = Consumer;
    using Draft = ConsumerDraft;
    using Service = ConsumerService;
    using Model = ConsumerTableModel;
    using Detail = ConsumerDetail;
    using Form = ConsumerForm;

    static const QList<Consumer> &all(const ConsumerService &service) { return service.consumers(); }
    static const SnapshotStep<Consumer> &step(const ConsumerService &service) { return service.step(); }
};

/// The Consumers tab: the consumers of all streams, one of them in detail, and the form that makes a new one or changes
/// one.
class ConsumersPage final : public EditingPageOf<ConsumerKind> {
    Q_OBJECT

public:
    /// All must outlive it.
    ConsumersPage(RuntimeSource &runtime, AccountSource &accounts, ConsumerService &consumers, Clock &clock,
        QWidget *parent = nullptr);

    /// From now on its forms offer these as the linked app, once they are opened. They must outlive it.
    void offerWorkloads(Workloads &workloads);
    /// Which cluster that is, for the titles of windows.
    void setPlace(const QString &place) { m_place = place; }
    /// The form for a new one, begun as a copy of that consumer.
    void clone(const ConsumerId &id);
    /// Shows it in the forms in which it can be taken elsewhere.
    void exportConsumer(const Consumer &consumer);

Q_SIGNALS:
    /// A person wants the stream that a consumer needs.
    void streamRequested();

private:
    QString countText() const override;
    Emptiness nothingYet() override;
    void renewForm() override;
    void prepareEdit(ConsumerForm *form) override;
    void completeDetail(const Consumer &consumer) override;
    void addOwnActions(QMenu *menu, int row) override;
    /// Begins a new consumer in the form, unless one has been begun there: false.
    bool beginNew(const StreamId &stream, const QJsonObject &config);
    bool beginImported(const ImportedConsumer &consumer);
    void openFetching(const ConsumerId &id);
    void askToPause(const ConsumerId &id);
    void askToReset(const ConsumerId &id);
    void askToStepDown(const Consumer &consumer);
    void stepDown(const Consumer &seen);
    void pause(const Consumer &seen, const std::optional<QDateTime> &until);
    void reset(const Consumer &seen, const ConsumerReset &wanted);
    void tellReset(const ConsumerId &id, ResetManner manner, const Result<Consumer> &outcome);
    /// What ends what was begun of the consumer for which that one stands in; empty where it does for none, or where a
    /// person has to compare them first.
    QString finishWords(const Consumer &consumer) const;
    void showUnfinished(const Consumer &consumer);
    void finish(const Consumer &standIn);
    void say(Tone tone, const QString &text, const Error &error = {});
    ChangeWords changeWords(const ConsumerId &id) const override;
    ConfirmByTyping::Question deletionOf(const Consumer &consumer) const override;
    RemovalWords removalWords(const ConsumerId &id) const override;
    CreationWords creationWords(const ConsumerDraft &draft) const override;

    ConsumerFiles m_files;
    Workloads *m_workloads = nullptr;
    QString m_place;
    std::map<ConsumerId, QPointer<FetchWindow>> m_fetching;
    std::map<ConsumerId, Pending<std::optional<QDateTime>>> m_pauses; ///< what was sent
    std::map<ConsumerId, Pending<Consumer>> m_resets;
    std::map<ConsumerId, Pending<QString>> m_steps;
};
