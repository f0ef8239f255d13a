// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/streams/originlist.h"

#include "widgets/common/disabledreason.h"
#include "widgets/common/icons.h"
#include "widgets/common/look.h"
#include "widgets/streams/origincard.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace {

QJsonArray asArray(const QJsonValue &value)
{
    if (value.isObject() && !value.toObject().isEmpty())
        return {value};
    return value.toArray();
}

} // namespace

OriginList::OriginList(Kind kind, QWidget *parent)
    : DocumentControl(parent)
    , m_kind(kind)
    , m_column(new QVBoxLayout)
    , m_add(new QToolButton(this))
{
    m_column->setSpacing(Look::spaceL);
    m_add->setObjectName(kind == Kind::Mirror ? QStringLiteral("mirrorAddButton") : QStringLiteral("sourceAddButton"));
    m_add->setText(kind == Kind::Mirror ? tr("Mirror a stream") : tr("Add a source"));
    m_add->setIcon(Icons::icon(Icons::Name::Plus));
    m_add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_add->setAutoRaise(true);
    m_add->setFocusPolicy(Qt::StrongFocus);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::spaceS);
    layout->addLayout(m_column);
    layout->addWidget(m_add, 0, Qt::AlignLeading);
    setFocusProxy(m_add);
    connect(m_add, &QToolButton::clicked, this, &OriginList::addByPerson);
    renew();
}

QJsonValue OriginList::value() const
{
    QJsonArray origins;
    for (const OriginCard *card : m_cards)
        origins.append(card->origin());
    if (origins.isEmpty())
        return QJsonValue::Undefined;
    return m_kind == Kind::Mirror ? origins.first() : QJsonValue(origins);
}

void OriginList::setValue(const QJsonValue &wanted)
{
    const QJsonArray origins = asArray(wanted);
    {
        const QSignalBlocker quiet(this);
        while (m_cards.size() > origins.size())
            delete m_cards.takeLast();
        while (m_cards.size() < origins.size())
            addCard();
        for (qsizetype at = 0; at < origins.size(); ++at) {
            if (m_cards[at]->origin() != origins[at].toObject())
                m_cards[at]->setOrigin(origins[at].toObject());
        }
    }
    renew();
    Q_EMIT edited();
}

QString OriginList::problem() const
{
    for (const OriginCard *card : m_cards) {
        if (const QString problem = card->problem(); !problem.isEmpty())
            return problem;
    }
    return {};
}

void OriginList::setReasons(const Reasons &reasons)
{
    m_reasons = reasons;
    renew();
}

void OriginList::setOffered(const QStringList &streams)
{
    m_offered = streams;
    for (OriginCard *card : std::as_const(m_cards))
        card->setOffered(streams);
}

OriginCard *OriginList::addCard()
{
    auto *card = new OriginCard(m_kind == Kind::Mirror ? QStringLiteral("mirror") : QStringLiteral("source"), this);
    card->setOffered(m_offered);
    m_cards.append(card);
    m_column->addWidget(card);
    card->show();
    connect(card, &OriginCard::edited, this, &DocumentControl::edited);
    connect(card, &OriginCard::removeRequested, this, [this, card] { removeCard(card); });
    return card;
}

void OriginList::addByPerson()
{
    OriginCard *card = addCard();
    if (m_kind == Kind::Mirror)
        card->setOrigin(m_removed); // of a stream that is there it can't be another
    renew();
    card->controls()[1]->setFocus(Qt::TabFocusReason);
    Q_EMIT edited();
}

void OriginList::removeCard(OriginCard *card)
{
    m_removed = card->origin();
    m_cards.removeOne(card);
    card->hide();
    card->deleteLater(); // its button is what was pressed
    renew();
    m_add->setFocus(Qt::OtherFocusReason);
    Q_EMIT edited();
}

void OriginList::renew()
{
    for (qsizetype at = 0; at < m_cards.size(); ++at) {
        m_cards[at]->setTitle(m_kind == Kind::Mirror ? tr("Origin") : tr("Source %1").arg(at + 1));
        m_cards[at]->setReasons(m_reasons.change, m_reasons.remove);
    }
    m_add->setVisible(m_kind == Kind::Sources || m_cards.isEmpty());
    setDisabledReason(m_add, m_reasons.add);
    chainTabs();
}

void OriginList::chainTabs()
{
    QWidget *last = nullptr;
    for (const OriginCard *card : std::as_const(m_cards)) {
        for (QWidget *control : card->controls()) {
            if (last)
                setTabOrder(last, control);
            last = control;
        }
    }
    if (last)
        setTabOrder(last, m_add);
}
