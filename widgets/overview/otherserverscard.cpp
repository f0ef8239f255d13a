// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/otherserverscard.h"

#include "widgets/common/card.h"
#include "widgets/common/cardrow.h"
#include "widgets/common/elidinglabel.h"
#include "widgets/common/painting.h"
#include "widgets/common/plaintooltip.h"
#include "widgets/common/tag.h"
#include "widgets/common/words.h"
#include "widgets/common/wrappinglabel.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace {

/// What is known of it beside its name and its owner: "nats-server 2.12.2 · chart nats-1.3.2 · 3 of 3 pods ready".
QString factsOf(const ForeignServer &server)
{
    QStringList facts;
    facts.append(server.version.isEmpty() ? server.image : OtherServersCard::tr("nats-server %1").arg(server.version));
    if (!server.chart.isEmpty())
        facts.append(OtherServersCard::tr("chart %1").arg(server.chart));
    facts.append(OtherServersCard::tr("%1 of %2 ready")
                     .arg(server.readyReplicas)
                     .arg(counted(server.replicas, OtherServersCard::tr("1 pod"), OtherServersCard::tr("%1 pods"))));
    return facts.join(QStringLiteral(" · "));
}

} // namespace

class OtherServersCard::Row final : public CardRow {
public:
    explicit Row(QWidget *parent)
        : CardRow(parent)
        , m_place(new ElidingLabel({}, this))
        , m_owner(new Tag({}, Tone::Accent, this))
        , m_facts(new WrappingLabel(this))
        , m_open(new QPushButton(OtherServersCard::tr("Open read-only"), this))
    {
        m_place->setFont(Look::nameFont());
        m_place->setElideMode(Qt::ElideMiddle);
        m_facts->setFont(Look::captionFont());
        setTextRole(m_facts, Look::SoftText);
        m_open->setObjectName(QStringLiteral("openForeignButton"));
        auto *names = new QHBoxLayout;
        names->setSpacing(Look::spaceS);
        names->addWidget(m_place);
        names->addWidget(m_owner);
        names->addStretch(1);
        auto *texts = new QVBoxLayout;
        texts->setSpacing(Look::spaceXs);
        texts->addLayout(names);
        texts->addWidget(m_facts);
        auto *layout = new QHBoxLayout(this);
        constexpr int side = Look::cardPadding - 1; // the card keeps one pixel for its border
        layout->setContentsMargins(side, Look::spaceS, side, Look::spaceS);
        layout->setSpacing(Look::spaceM);
        layout->addLayout(texts, 1);
        layout->addWidget(m_open);
    }

    void setServer(const ForeignServer &server, bool isLast)
    {
        setLast(isLast);
        m_place->setText(server.place());
        m_owner->setVisible(server.owner.has_value());
        m_owner->setText(server.owner ? server.owner->tag() : QString());
        m_owner->setToolTip(server.owner ? plainToolTip(server.owner->text()) : QString());
        m_facts->setText(factsOf(server));
        m_open->setAccessibleName(OtherServersCard::tr("Open %1 read-only").arg(server.place()));
        setAccessibleName(server.text());
    }

    QPushButton *button() const { return m_open; }

private:
    ElidingLabel *m_place;
    Tag *m_owner;
    WrappingLabel *m_facts;
    QPushButton *m_open;
};

OtherServersCard::OtherServersCard(QWidget *parent)
    : QWidget(parent)
    , m_card(new Card(tr("NATS that Pennant did not make"), this))
{
    m_card->setBodyFlush(true);
    m_card->body()->setSpacing(0);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_card);
    hide();
}

void OtherServersCard::setServers(const QList<ForeignServer> &servers)
{
    setVisible(!servers.isEmpty());
    if (servers == m_servers)
        return;
    m_servers = servers;
    while (m_rows.size() > servers.size())
        delete m_rows.takeLast();
    while (m_rows.size() < servers.size()) {
        const qsizetype at = m_rows.size();
        m_rows.append(new Row(m_card));
        m_card->body()->addWidget(m_rows.last());
        connect(
            m_rows.last()->button(), &QPushButton::clicked, this, [this, at] { Q_EMIT openRequested(m_servers[at]); });
    }
    for (qsizetype i = 0; i < servers.size(); ++i)
        m_rows[i]->setServer(servers[i], i + 1 == servers.size());
}
