// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings/changeplancard.h"

#include "widgets/common/card.h"
#include "widgets/common/changeplanrow.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/painting.h"
#include "widgets/common/words.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

ChangePlanCard::ChangePlanCard(QWidget *parent)
    : QWidget(parent)
    , m_card(new Card(tr("Change plan"), this))
    , m_empty(new QLabel)
    , m_rowPlace(new QWidget)
    , m_error(new InlineMessage)
    , m_discard(new QPushButton(tr("&Discard")))
    , m_apply(new QPushButton)
{
    m_empty->setObjectName(QStringLiteral("changePlanEmptyLabel"));
    m_empty->setWordWrap(true);
    setTextRole(m_empty, Look::SoftText);
    m_error->setObjectName(QStringLiteral("changeErrorMessage"));
    m_error->hide();
    m_discard->setObjectName(QStringLiteral("discardChangesButton"));
    m_discard->setAccessibleName(tr("Discard changes"));
    m_apply->setObjectName(QStringLiteral("applyChangesButton"));
    m_apply->setProperty("primary", true);
    auto *rows = new QVBoxLayout(m_rowPlace);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(Look::spaceS);
    buttons->addStretch();
    buttons->addWidget(m_discard);
    buttons->addWidget(m_apply);
    m_card->body()->addWidget(m_empty);
    m_card->body()->addWidget(m_rowPlace);
    m_card->body()->addWidget(m_error);
    m_card->body()->addLayout(buttons);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_card);
    connect(m_discard, &QPushButton::clicked, this, &ChangePlanCard::discardRequested);
    connect(m_apply, &QPushButton::clicked, this, &ChangePlanCard::applyRequested);
    setChanges({});
}

void ChangePlanCard::setChanges(const QList<PlannedChange> &changes)
{
    m_changes = changes;
    while (m_rows.size() > changes.size())
        delete m_rows.takeLast();
    for (int i = 0; i < changes.size(); ++i) {
        const PlannedChange &change = changes[i];
        if (i == m_rows.size()) {
            m_rows.append(new ChangePlanRow(change.tone, change.tag, change.title, change.refusal));
            m_rowPlace->layout()->addWidget(m_rows.last());
        }
        m_rows[i]->setContent(change.tone, change.tag, change.title, change.refusal);
    }
    m_card->setHeaderText(changes.isEmpty() ? QString() : counted(changes.size(), tr("1 change"), tr("%1 changes")));
    m_empty->setVisible(changes.isEmpty());
    m_rowPlace->setVisible(!changes.isEmpty());
    m_discard->setVisible(!changes.isEmpty());
    m_apply->setVisible(!changes.isEmpty());
    if (changes.isEmpty())
        setError({});
    renewApply();
}

void ChangePlanCard::setEmptyText(const QString &text)
{
    m_empty->setText(text);
}

void ChangePlanCard::setLocked(const QString &reason)
{
    m_lock = reason;
    renewApply();
}

void ChangePlanCard::renewApply()
{
    m_apply->setText(counted(m_changes.size(), tr("Apply 1 change"), tr("Apply %1 changes")));
    const auto refused = std::find_if(
        m_changes.cbegin(), m_changes.cend(), [](const PlannedChange &change) { return !change.refusal.isEmpty(); });
    const QString refusal = refused == m_changes.cend() ? QString() : refused->refusal;
    setDisabledReason(m_apply, m_lock.isEmpty() ? refusal : m_lock);
}

void ChangePlanCard::setError(const std::optional<Error> &error)
{
    m_error->setVisible(error.has_value());
    if (error)
        m_error->setError(*error);
}
