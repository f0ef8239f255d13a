// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/kubectltarget.h"

#include <QWidget>

class Card;
class Columns;
class ConsumerService;
class FactList;
class ForeignRuntime;
class InlineMessage;
class MonitoredJetStream;
class PodsCard;
class StreamService;

/// The Overview of a NATS that Pennant did not make: whose it is, its pods, and what is stored in it. All must outlive
/// it. GUI thread.
class ForeignOverviewPage final : public QWidget {
    Q_OBJECT

public:
    ForeignOverviewPage(ForeignRuntime &runtime, MonitoredJetStream &jetStream, StreamService &streams,
        ConsumerService &consumers, QWidget *parent = nullptr);

    /// The cluster that the commands shown here are for.
    void setKubectl(const KubectlTarget &kubectl);

private:
    void layOut();
    void renew();
    void renewServer();
    void renewUsage();
    void renewProblem();
    QString versions() const;
    QString grant() const;

    ForeignRuntime &m_runtime;
    MonitoredJetStream &m_jetStream;
    StreamService &m_streams;
    ConsumerService &m_consumers;
    KubectlTarget m_kubectl;
    InlineMessage *m_readOnly;
    InlineMessage *m_problem;
    Columns *m_columns;
    PodsCard *m_pods;
    FactList *m_server;
    FactList *m_usage;
};
