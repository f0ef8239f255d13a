// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/actionquestion.h"

#include "widgets/common/disabledreason.h"

#include <QPushButton>

ActionQuestion::ActionQuestion(const Words &words, QWidget *parent)
    : QuestionDialog(words.title, words.text, parent)
    , m_action(new QPushButton(words.action, this))
{
    setObjectName(QStringLiteral("actionQuestionDialog"));
    auto *cancel = new QPushButton(tr("&Cancel"), this);
    cancel->setObjectName(QStringLiteral("cancelActionButton"));
    cancel->setAutoDefault(false);
    m_action->setObjectName(QStringLiteral("confirmActionButton"));
    m_action->setProperty("danger", true);
    m_action->setProperty("primary", true);
    m_action->setAutoDefault(false);
    addButtons(cancel, m_action);
    cancel->setFocus();
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_action, &QPushButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, &ActionQuestion::confirmed);
}

void ActionQuestion::setAccess(const Access &access)
{
    ::setAccess(m_action, access);
}
