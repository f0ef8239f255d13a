// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/consumers/consumerdetail.h"

#include "models/celltext.h"
#include "models/health.h"
#include "models/relativetime.h"
#include "services/domain/standin.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/factgrid.h"
#include "widgets/common/inlinemessage.h"

#include <QBoxLayout>
#include <QPushButton>
#include <QShortcut>

namespace {

QString placeText(quint64 sequence)
{
    return sequence == 0 ? ConsumerDetail::tr("none") : QStringLiteral("#%1").arg(numberText(sequence));
}

QList<FactGrid::Fact> factsOf(const Consumer &consumer, const QDateTime &now)
{
    const auto tr = [](const char *text) { return ConsumerDetail::tr(text); };
    const QStringList filters = consumer.filterSubjects();
    QList<FactGrid::Fact> facts{
        {tr("Pending"), numberText(consumer.pending), tr("Stored, not delivered yet")},
        {tr("Ack pending"), numberText(consumer.ackPending), tr("Delivered, not acknowledged yet")},
        {tr("Redelivered"), numberText(consumer.redelivered), tr("Delivered more than once")},
        {tr("Waiting"), numberText(consumer.waiting), tr("Pull requests that wait for messages")},
        {tr("Delivered up to"), placeText(consumer.deliveredUpTo), tr("Where it stands in the stream")},
        {tr("Acknowledged up to"), placeText(consumer.ackFloor), tr("Nothing before it is owed an answer")},
        {tr("Last activity"), relativeTime(consumer.lastActivity, now), exactTime(consumer.lastActivity)},
        {tr("State"), consumer.heldBackBy(now).isEmpty() ? healthOf(consumer, now).text : tr("Held back"), {}},
        {tr("Mode"), toWire(consumer.mode()), {}},
        {tr("Ack policy"), toWire(consumer.ackPolicy()), {}},
        {tr("Deliver policy"), toWire(consumer.deliverPolicy()), {}},
        {tr("Filter subjects"), filters.isEmpty() ? tr("all") : filters.join(QStringLiteral(", ")),
            filters.join(QLatin1Char('\n'))},
    };
    if (consumer.isOffline)
        return {{tr("State"), healthOf(consumer, now).text, {}}, {tr("Pending"), tr("not known"), {}}};
    if (!consumer.leader.isEmpty())
        facts.append({tr("Leader"), consumer.leader, tr("The pod that delivers")});
    if (consumer.mode() == DeliveryMode::Push)
        facts[3] = {tr("Bound"), consumer.isPushBound ? tr("yes") : tr("no"),
            tr("Whether somebody listens on the deliver subject")};
    return facts;
}

} // namespace

ConsumerDetail::ConsumerDetail(QWidget *parent)
    : DetailPanel(QStringLiteral("consumer"), tr("Delete the consumer and its place in the stream"), parent)
    , m_edit(new QPushButton(tr("Edit…"), this))
    , m_resume(new QPushButton(tr("Resume"), this))
    , m_obstacle(new InlineMessage(this))
    , m_unfinished(new InlineMessage(this))
    , m_facts(new FactGrid(this))
{
    setObjectName(QStringLiteral("consumerDetail"));
    m_facts->setObjectName(QStringLiteral("consumerFacts"));
    m_obstacle->hide();
    m_unfinished->setObjectName(QStringLiteral("consumerUnfinishedMessage"));
    m_unfinished->hide();
    m_edit->setObjectName(QStringLiteral("editConsumerButton"));
    m_edit->setToolTip(tr("Edit filters, limits and options (F2)"));
    m_resume->setObjectName(QStringLiteral("resumeConsumerButton"));
    m_resume->setToolTip(tr("Deliver again at once"));
    m_resume->hide();
    footer()->addWidget(m_edit);
    footer()->addWidget(m_resume);
    connect(m_edit, &QPushButton::clicked, this, &ConsumerDetail::editRequested);
    connect(m_resume, &QPushButton::clicked, this, &ConsumerDetail::resumeRequested);
    auto *edit = new QShortcut(QKeySequence(Qt::Key_F2), this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(edit, &QShortcut::activated, m_edit, &QPushButton::click);
    connect(m_unfinished, &InlineMessage::actionTriggered, this, &ConsumerDetail::finishRequested);
    state()->addWidget(m_obstacle);
    state()->addWidget(m_unfinished);
    state()->addWidget(m_facts);
}

void ConsumerDetail::setObject(const Consumer &consumer, const QDateTime &now)
{
    if (m_id != consumer.id)
        beginAtTop();
    m_id = consumer.id;
    setTitle(consumer.id.name, QStringLiteral("%1 › %2").arg(consumer.id.stream.account, consumer.id.stream.name));
    setConfiguration(consumer.config);
    setOwner(consumer.owner);
    m_facts->setFacts(factsOf(consumer, now));
    m_resume->setVisible(consumer.isPaused);
    const QString obstacle = consumer.heldBackBy(now);
    if (obstacle.isEmpty() || standInOf(consumer)) // setUnfinished() says more
        m_obstacle->hide();
    else
        m_obstacle->showStanding(Tone::Warning, obstacle);
}

void ConsumerDetail::setUnfinished(
    const QString &title, const QString &text, const QString &action, const Access &access)
{
    m_unfinished->setAction(action);
    setAccess(m_unfinished->actionButton(), access);
    if (title.isEmpty())
        return m_unfinished->hide();
    m_unfinished->showStanding(Tone::Warning, title, text);
}

void ConsumerDetail::setEditAccess(const Access &access)
{
    setAccess(m_edit, access);
}

void ConsumerDetail::setResumeAccess(const Access &access)
{
    setAccess(m_resume, access);
}
