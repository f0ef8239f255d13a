// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/confirmbytyping.h"

#include "widgets/common/disabledreason.h"
#include "widgets/common/look.h"
#include "widgets/common/typinglimit.h"
#include "widgets/common/words.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace {

QLabel *createLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(breakable(text), parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setVisible(!text.isEmpty());
    return label;
}

QString listed(const QStringList &items)
{
    QStringList lines;
    for (const QString &item : items)
        lines << QStringLiteral("•  %1").arg(item);
    return lines.join(QLatin1Char('\n'));
}

} // namespace

ConfirmByTyping::ConfirmByTyping(const Question &question, QWidget *parent)
    : QuestionDialog(question.title, question.text, parent)
    , m_name(question.name)
    , m_extra(new QVBoxLayout)
    , m_edit(new QLineEdit(this))
    , m_danger(new QPushButton(question.buttonText, this))
    , m_cancel(new QPushButton(tr("&Cancel"), this))
{
    setObjectName(QStringLiteral("confirmByTypingDialog"));
    m_edit->setObjectName(QStringLiteral("confirmNameEdit"));
    m_danger->setObjectName(QStringLiteral("confirmDangerButton"));
    m_cancel->setObjectName(QStringLiteral("confirmCancelButton"));
    limitTyping(m_edit);
    m_danger->setProperty("danger", true);
    m_danger->setProperty("primary", true);
    m_danger->setEnabled(false);
    m_danger->setDefault(true);
    m_cancel->setAutoDefault(false);
    layOut(question);
    connect(m_edit, &QLineEdit::textChanged, this, &ConfirmByTyping::renew);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_danger, &QPushButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, &ConfirmByTyping::confirmed);
}

void ConfirmByTyping::layOut(const Question &question)
{
    const QString asked = tr("Type %1 to go on").arg(question.name);
    QLabel *ask = createLabel(asked, this);
    ask->setBuddy(m_edit);
    m_edit->setAccessibleName(asked);
    body()->addWidget(createLabel(listed(question.gone), this));
    body()->addLayout(m_extra);
    body()->addSpacing(Look::spaceS);
    body()->addWidget(ask);
    body()->addWidget(m_edit);
    addButtons(m_cancel, m_danger);
    setTabOrder(m_edit, m_cancel);
}

void ConfirmByTyping::setAccess(const Access &access)
{
    m_access = access;
    renew();
}

void ConfirmByTyping::renew()
{
    ::setAccess(m_danger, m_access);
    if (m_access)
        m_danger->setEnabled(m_edit->text() == m_name);
}

void ConfirmByTyping::addWidget(QWidget *widget)
{
    m_extra->addWidget(widget);
}
