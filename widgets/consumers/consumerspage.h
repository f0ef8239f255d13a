// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/consumertablemodel.h"
#include "services/messaging/consumerservice.h"
#include "widgets/consumers/consumerdetail.h"
#include "widgets/consumers/consumerform.h"
#include "widgets/objects/objectpageof.h"

struct ConsumerKind {
    using Object = Consumer;
    using Draft = ConsumerDraft;
    using Service = ConsumerService;
    using Model = ConsumerTableModel;
    using Detail = ConsumerDetail;
    using Form = ConsumerForm;

    static const QList<Consumer> &all(const ConsumerService &service) { return service.consumers(); }
};

/// The Consumers tab: the consumers of all streams, one of them in detail, and the form that makes a new one.
class ConsumersPage final : public ObjectPageOf<ConsumerKind> {
    Q_OBJECT

public:
    /// All must outlive it.
    ConsumersPage(RuntimeSource &runtime, AccountSource &accounts, ConsumerService &consumers, Clock &clock,
        QWidget *parent = nullptr);

Q_SIGNALS:
    /// A person wants the stream that a consumer needs.
    void streamRequested();

private:
    QString countText() const override;
    Emptiness nothingYet() override;
    void renewForm() override;
    ConfirmByTyping::Question deletionOf(const Consumer &consumer) const override;
    RemovalWords removalWords(const ConsumerId &id) const override;
    CreationWords creationWords(const ConsumerDraft &draft) const override;
};
