// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/clock.h"
#include "services/base/pending.h"
#include "services/domain/namespacefate.h"
#include "widgets/common/kubectltarget.h"

#include <QWidget>

#include <optional>

class ConsumerService;
class RuntimeService;
class SettingsView;
class StreamService;

/// The Settings tab: joins the services to SettingsView. The services and `clock` must outlive it; `cluster` is
/// what people call it. GUI thread.
class SettingsPage final : public QWidget {
    Q_OBJECT

public:
    SettingsPage(RuntimeService &runtime, StreamService &streams, ConsumerService &consumers, Clock &clock,
        const QString &cluster, QWidget *parent = nullptr);

    /// The cluster that the commands shown here are for.
    void setKubectl(const KubectlTarget &kubectl);
    /// Brings who archived the cluster into sight, and the keyboard to what takes that back.
    void showArchive();

Q_SIGNALS:
    void overviewRequested();
    /// What was asked here and came to nothing in a way that is to be known on every tab: nobody answered, or NATS runs
    /// as somebody else asked. Empty: that is not so any more.
    void warned(const QString &text);

protected:
    void showEvent(QShowEvent *event) override;

private:
    using Report = void (SettingsPage::*)(const Result<void> &);
    void renew();
    void send(Pending<void> request, Report report);
    void tick();
    /// Nodes are not watched: they report every few seconds, and nobody else asks for them.
    void lookAtNodes();
    /// Where nobody has answered: tells that to every tab as "`what`: …", and answers true.
    bool isToldEverywhere(const QString &what, const Result<void> &outcome);
    void reportEnable(const Result<void> &outcome);
    void reportChange(const Result<void> &outcome);
    void reportDisable(const Result<void> &outcome);
    void reportArchive(const Result<void> &outcome);
    void tellIfLost();
    void tellIfDisabledAfterAll();

    RuntimeService &m_runtime;
    StreamService &m_streams;
    ConsumerService &m_consumers;
    Clock &m_clock;
    QString m_cluster;
    KubectlTarget m_kubectl;
    SettingsView *m_view;
    Pending<void> m_request;
    std::chrono::milliseconds m_sentAt{};
    Pending<void> m_tick; ///< while a request is on its way
    Pending<void> m_nextLook; ///< at the nodes, while this is shown
    std::optional<Error> m_refusal; ///< of the last Enable; somebody else's may be ahead of it
    bool m_isDisableUnanswered = false;
    Pending<NamespaceFate> m_fate;
};
