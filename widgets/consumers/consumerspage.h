// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/freshness.h"
#include "services/base/pending.h"
#include "services/domain/consumer.h"
#include "widgets/common/removals.h"

#include <QWidget>

#include <functional>

class AccountService;
class Clock;
class ConsumerDetail;
class ConsumerForm;
class ConsumerService;
class ConsumerTableModel;
class ListPage;
class RuntimeService;

/// The Consumers tab: the consumers of all streams, one of them in detail, and the form that makes a new one.
///
/// What the form holds is kept while the page lives, until it is submitted with success or cancelled. What was sent
/// runs on when the page goes away.
class ConsumersPage final : public QWidget {
    Q_OBJECT

public:
    /// All must outlive it.
    ConsumersPage(RuntimeService &runtime, AccountService &accounts, ConsumerService &consumers, Clock &clock,
        QWidget *parent = nullptr);

    /// Shows that consumer in detail, as soon as it is known.
    void open(const ConsumerId &id);

Q_SIGNALS:
    /// A person wants to do something about the runtime that consumers need.
    void runtimeRequested();
    /// A person wants to create the stream that consumers need.
    void streamRequested();

private:
    void connectServices();
    void connectWidgets();
    void showSnapshot();
    void showPlace();
    Freshness listFreshness() const;
    void showNothingYet();
    void showAccess();
    Access deleteAccess(const ConsumerId &id) const;
    void showAccounts();
    void showDetail(const ConsumerId &id);
    void showForm();
    void closePanel();
    void create(const ConsumerDraft &draft);
    void askToDelete(const ConsumerId &id);
    void remove(const ConsumerId &id);
    void tick();

    RuntimeService &m_runtime;
    AccountService &m_accounts;
    ConsumerService &m_consumers;
    Clock &m_clock;
    ConsumerTableModel *m_model;
    ListPage *m_list;
    ConsumerDetail *m_detail;
    ConsumerForm *m_form;
    std::function<void()> m_emptyAction; ///< of what stands in place of the table
    ConsumerId m_awaited; ///< to be opened when it appears
    Pending<Consumer> m_creation;
    Removals<ConsumerId> m_removals;
    Pending<void> m_nextTick;
};
