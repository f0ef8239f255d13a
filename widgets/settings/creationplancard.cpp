// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings/creationplancard.h"

#include "widgets/common/card.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/painting.h"
#include "widgets/settings/changeplan.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

CreationPlanCard::CreationPlanCard(QWidget *parent)
    : QWidget(parent)
    , m_plan(new FactList)
    , m_error(new InlineMessage)
    , m_note(new QLabel)
    , m_enable(new QPushButton(tr("Enable &NATS")))
{
    m_plan->setObjectName(QStringLiteral("creationPlanList"));
    m_error->setObjectName(QStringLiteral("enableErrorMessage"));
    m_error->hide();
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setFont(Look::captionFont());
    setTextRole(m_note, Look::SoftText);
    m_enable->setObjectName(QStringLiteral("enableNatsButton"));
    m_enable->setAccessibleName(tr("Enable NATS"));
    m_enable->setProperty("primary", true);

    auto *foot = new QHBoxLayout;
    foot->setSpacing(Look::spaceL);
    foot->addWidget(m_note, 1);
    foot->addWidget(m_enable, 0, Qt::AlignTop);
    auto *card = new Card(tr("What will be created"), this);
    card->body()->addWidget(m_plan);
    card->body()->addSpacing(Look::spaceXs);
    card->body()->addWidget(m_error);
    card->body()->addLayout(foot);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(card);
    connect(m_enable, &QPushButton::clicked, this, &CreationPlanCard::enableRequested);
}

void CreationPlanCard::setPlan(const RuntimeSpec &spec, const QString &nameSpace)
{
    m_plan->setFacts(creationPlan(spec, nameSpace));
}

void CreationPlanCard::setEnableAccess(const Access &access)
{
    setAccess(m_enable, access);
}

void CreationPlanCard::setNote(const QString &note)
{
    m_note->setText(note);
}

void CreationPlanCard::setError(const std::optional<Error> &error)
{
    m_error->setVisible(error.has_value());
    if (error)
        m_error->setError(*error);
}
