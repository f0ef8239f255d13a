// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/freshness.h"
#include "services/base/pending.h"
#include "services/domain/stream.h"
#include "widgets/common/removals.h"

#include <QWidget>

#include <functional>

class AccountService;
class Clock;
class ListPage;
class RuntimeService;
class StreamDetail;
class StreamForm;
class StreamService;
class StreamTableModel;

/// The Streams tab: the streams of all accounts, one of them in detail, and the form that makes a new one.
///
/// What the form holds is kept while the page lives, until it is submitted with success or cancelled. What was sent
/// runs on when the page goes away.
class StreamsPage final : public QWidget {
    Q_OBJECT

public:
    /// All must outlive it.
    StreamsPage(RuntimeService &runtime, AccountService &accounts, StreamService &streams, Clock &clock,
        QWidget *parent = nullptr);

    /// Shows that stream in detail, as soon as it is known.
    void open(const StreamId &id);

Q_SIGNALS:
    /// A person wants to do something about the runtime that streams need.
    void runtimeRequested();

private:
    void connectServices();
    void connectWidgets();
    void showSnapshot();
    void showPlace();
    Freshness listFreshness() const;
    void showAccess();
    Access deleteAccess(const StreamId &id) const;
    void showAccounts();
    void showDetail(const StreamId &id);
    void showForm();
    void closePanel();
    void create(const StreamDraft &draft);
    void askToDelete(const StreamId &id);
    void remove(const StreamId &id);
    void tick();

    RuntimeService &m_runtime;
    AccountService &m_accounts;
    StreamService &m_streams;
    Clock &m_clock;
    StreamTableModel *m_model;
    ListPage *m_list;
    StreamDetail *m_detail;
    StreamForm *m_form;
    std::function<void()> m_emptyAction; ///< of what stands in place of the table
    StreamId m_awaited; ///< to be opened when it appears
    Pending<Stream> m_creation;
    Removals<StreamId> m_removals;
    Pending<void> m_nextTick;
};
