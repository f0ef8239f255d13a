// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/confirmbytyping.h"

#include "widgets/common/look.h"
#include "widgets/common/painting.h"
#include "widgets/common/words.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

ConfirmByTyping::ConfirmByTyping(const Question &question, QWidget *parent)
    : QDialog(parent)
    , m_extra(new QVBoxLayout)
    , m_edit(new QLineEdit(this))
    , m_danger(new QPushButton(question.buttonText, this))
{
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(question.title);
    setObjectName(QStringLiteral("confirmByTypingDialog"));
    m_edit->setObjectName(QStringLiteral("confirmNameEdit"));
    m_danger->setObjectName(QStringLiteral("confirmDangerButton"));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Look::spaceL, Look::spaceL, Look::spaceL, Look::spaceL);
    layout->setSpacing(Look::spaceS);
    auto *title = new QLabel(question.title, this);
    title->setFont(Look::sectionFont());
    auto *text = new QLabel(question.text, this);
    auto *gone = new QLabel(this);
    QString lines;
    for (const QString &line : question.gone)
        lines += QStringLiteral("•  %1\n").arg(line);
    gone->setText(lines.trimmed());
    gone->setVisible(!question.gone.isEmpty());
    auto *ask = new QLabel(tr("Type %1 to go on").arg(question.name), this);
    ask->setBuddy(m_edit);
    for (QLabel *label : {title, text, gone, ask}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    setTextRole(text, Look::SoftText);
    m_edit->setAccessibleName(ask->text());
    for (QLabel *label : {title, text, gone, ask})
        label->setText(breakable(label->text()));
    layout->addWidget(title);
    layout->addWidget(text);
    layout->addWidget(gone);
    layout->addLayout(m_extra);
    layout->addSpacing(Look::spaceS);
    layout->addWidget(ask);
    layout->addWidget(m_edit);
    layout->addSpacing(Look::spaceS);

    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("confirmCancelButton"));
    m_danger->setProperty("danger", true);
    m_danger->setProperty("primary", true);
    m_danger->setEnabled(false);
    m_danger->setDefault(true);
    cancel->setAutoDefault(false);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_danger);
    layout->addLayout(buttons);
    setTabOrder(m_edit, cancel);
    setTabOrder(cancel, m_danger);
    setMinimumWidth(440);
    setBackgroundRole(QPalette::Base);

    connect(m_edit, &QLineEdit::textChanged, this,
        [this, name = question.name](const QString &typed) { m_danger->setEnabled(typed == name); });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_danger, &QPushButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, &ConfirmByTyping::confirmed);
}

void ConfirmByTyping::addWidget(QWidget *widget)
{
    m_extra->addWidget(widget);
}
