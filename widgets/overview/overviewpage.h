// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/clock.h"
#include "services/base/pending.h"
#include "services/messaging/accountpasswords.h"

#include <QWidget>

#include <memory>

class AccountService;
class ConnectionTest;
class ConsumerService;
class ForeignServers;
class OverviewView;
class RuntimeService;
class StreamService;
struct ForeignServer;

/// The Overview tab: joins the services to OverviewView. The services and `clock` must outlive it; `context` is what
/// people call the cluster. GUI thread.
class OverviewPage final : public QWidget {
    Q_OBJECT

public:
    OverviewPage(RuntimeService &runtime, AccountService &accounts, AccountPasswords &passwords, StreamService &streams,
        ConsumerService &consumers, Clock &clock, const QString &context, QWidget *parent = nullptr);

    /// The path of the kubeconfig, where kubectl would not read it by itself; for commands that are shown.
    void setKubeconfig(const QString &path);
    /// What else runs in the cluster is shown too; must outlive it.
    void showForeign(ForeignServers &servers);
    /// Offers to test how clients connect, by this.
    void offerTest(std::unique_ptr<ConnectionTest> test);

Q_SIGNALS:
    void enableRequested();
    void streamsRequested();
    void consumersRequested();
    void settingsRequested();
    /// A person wants to look at that one.
    void foreignRequested(const ForeignServer &server);
    /// Of what is to be known on every tab.
    void warned(const QString &text);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void renew();
    void tick();
    void retry();

    RuntimeService &m_runtime;
    AccountService &m_accounts;
    StreamService &m_streams;
    ConsumerService &m_consumers;
    Clock &m_clock;
    ForeignServers *m_foreign = nullptr;
    QString m_context;
    QString m_kubeconfig;
    OverviewView *m_view;
    Pending<void> m_tick;
    Pending<void> m_retry;
    std::chrono::milliseconds m_retriedAt{};
};
