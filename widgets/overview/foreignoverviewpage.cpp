// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/foreignoverviewpage.h"

#include "services/messaging/consumerservice.h"
#include "services/messaging/foreignruntime.h"
#include "services/messaging/monitoredjetstream.h"
#include "services/messaging/streamservice.h"
#include "services/messaging/usagecount.h"
#include "widgets/common/card.h"
#include "widgets/common/columns.h"
#include "widgets/common/copyrolebutton.h"
#include "widgets/common/factlist.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/scrollpage.h"
#include "widgets/overview/podscard.h"

#include <QLocale>
#include <QVBoxLayout>

namespace {

constexpr int leastForTwoColumns = 940;

template <typename Number> QString numberOrDash(const std::optional<Number> &number)
{
    return number ? QLocale().toString(qulonglong(*number)) : QString(QChar(0x2014));
}

QString portsText(const QList<ForeignServer::Port> &ports)
{
    QStringList texts;
    for (const ForeignServer::Port &port : ports)
        texts.append(port.name.isEmpty() ? QString::number(port.number)
                                         : QStringLiteral("%1 %2").arg(port.name).arg(port.number));
    return texts.isEmpty() ? QString(QChar(0x2014)) : texts.join(QStringLiteral(", "));
}

Card *cardWith(const QString &title, QWidget *content)
{
    auto *card = new Card(title);
    card->body()->addWidget(content);
    return card;
}

} // namespace

ForeignOverviewPage::ForeignOverviewPage(ForeignRuntime &runtime, MonitoredJetStream &jetStream, StreamService &streams,
    ConsumerService &consumers, QWidget *parent)
    : QWidget(parent)
    , m_runtime(runtime)
    , m_jetStream(jetStream)
    , m_streams(streams)
    , m_consumers(consumers)
    , m_readOnly(new InlineMessage)
    , m_problem(new InlineMessage)
    , m_columns(new Columns(3, 2, leastForTwoColumns))
    , m_pods(new PodsCard)
    , m_server(new FactList)
    , m_usage(new FactList)
{
    m_readOnly->setObjectName(QStringLiteral("foreignReadOnlyMessage"));
    m_problem->setObjectName(QStringLiteral("foreignProblemMessage"));
    m_server->setObjectName(QStringLiteral("foreignServerFacts"));
    m_usage->setObjectName(QStringLiteral("foreignUsageFacts"));
    m_pods->setObjectName(QStringLiteral("foreignPodsCard"));
    layOut();
    connect(
        m_problem, &InlineMessage::actionTriggered, this, [this] { copyGrant(m_problem->actionButton(), grant()); });
    connect(&runtime, &ForeignRuntime::statusChanged, this, &ForeignOverviewPage::renew);
    connect(&runtime, &ForeignRuntime::freshnessChanged, this, &ForeignOverviewPage::renew);
    connect(&runtime, &ForeignRuntime::accessChanged, this, &ForeignOverviewPage::renew);
    connect(&jetStream, &MonitoredJetStream::serversChanged, this, &ForeignOverviewPage::renew);
    connect(&streams, &StreamService::snapshotChanged, this, &ForeignOverviewPage::renew);
    connect(&streams, &StreamService::freshnessChanged, this, &ForeignOverviewPage::renew);
    connect(&consumers, &ConsumerService::snapshotChanged, this, &ForeignOverviewPage::renew);
    connect(&consumers, &ConsumerService::freshnessChanged, this, &ForeignOverviewPage::renew);
    renew();
}

void ForeignOverviewPage::setKubectl(const KubectlTarget &kubectl)
{
    m_kubectl = kubectl;
    renew();
}

void ForeignOverviewPage::layOut()
{
    m_columns->first()->addWidget(m_pods);
    m_columns->first()->addWidget(cardWith(tr("Usage"), m_usage));
    m_columns->second()->addWidget(cardWith(tr("Server"), m_server));
    auto *page = new ScrollPage;
    page->body()->addWidget(m_readOnly);
    page->body()->addWidget(m_problem);
    page->body()->addWidget(m_columns);
    page->body()->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(page);
}

void ForeignOverviewPage::renew()
{
    const std::optional<Owner> &owner = m_runtime.server().owner;
    m_readOnly->showStanding(Tone::Accent,
        owner ? tr("Read-only: owned by %1").arg(owner->text()) : tr("Read-only: Pennant did not make this NATS"),
        owner ? owner->advice() : tr("Change it where it was made."));
    const RuntimeStatus status = aimedAt(m_kubectl, m_runtime.status());
    const bool isStale = m_runtime.freshness().state == Freshness::State::Stale;
    m_pods->setPods(status.pods, status.wantedPods(), isStale ? PodsCard::Reading::Stale : PodsCard::Reading::Live);
    renewServer();
    renewUsage();
    renewProblem();
}

/// As the servers themselves say; before they do, as the image's tag has it.
QString ForeignOverviewPage::versions() const
{
    QStringList versions;
    for (const auto &[pod, variables] : m_jetStream.servers()) {
        if (!versions.contains(variables.version))
            versions.append(variables.version);
    }
    return versions.isEmpty() ? m_runtime.server().version : versions.join(QStringLiteral(", "));
}

void ForeignOverviewPage::renewServer()
{
    const ForeignServer &server = m_runtime.server();
    const QString dash(QChar(0x2014));
    m_server->setFacts({
        {tr("Owner"), server.owner ? server.owner->text() : dash},
        {tr("Chart"), server.chart.isEmpty() ? dash : server.chart},
        {tr("Version"), versions()},
        {tr("Image"), server.image},
        {tr("StatefulSet"), server.name},
        {tr("Namespace"), server.nameSpace},
        {tr("Ports"), portsText(server.ports)},
    });
}

void ForeignOverviewPage::renewUsage()
{
    const RuntimeUsage usage = countedUsage(m_streams, m_consumers);
    int connections = 0;
    for (const auto &[pod, variables] : m_jetStream.servers())
        connections += variables.connections;
    const bool isRead = !m_jetStream.servers().empty();
    m_usage->setFacts({
        {tr("Connections"), numberOrDash(isRead ? std::optional(connections) : std::nullopt)},
        {tr("Streams"), numberOrDash(usage.streams)},
        {tr("Consumers"), numberOrDash(usage.consumers)},
        {tr("Messages"), numberOrDash(usage.messages)},
        {tr("Stored"), usage.bytes ? usage.bytes->text() : QString(QChar(0x2014))},
    });
}

QString ForeignOverviewPage::grant() const
{
    return m_runtime.grantFor(m_runtime.inspectAccess());
}

void ForeignOverviewPage::renewProblem()
{
    const bool isRefused = m_runtime.status().phase == RuntimePhase::Ready && !grant().isEmpty();
    m_problem->setAction(isRefused ? tr("Copy Role") : QString());
    if (m_runtime.status().phase == RuntimePhase::Absent && m_runtime.freshness().state == Freshness::State::Live)
        return m_problem->showStanding(
            Tone::Warning, tr("%1 is gone").arg(m_runtime.server().place()), m_runtime.goneText());
    const Freshness &known = m_streams.freshness();
    if (known.state == Freshness::State::Live || known.why.isEmpty() || m_runtime.status().pods.isEmpty())
        return m_problem->hide();
    m_problem->showStanding(Tone::Warning,
        m_jetStream.gap() ? tr("Not all of it can be read") : tr("Its streams can't be read"), known.why);
}
