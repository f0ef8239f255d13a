// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/dangercard.h"

#include "widgets/common/look.h"
#include "widgets/common/painting.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

DangerCard::DangerCard(const QString &title, const QString &text, const QString &buttonText, QWidget *parent)
    : QFrame(parent)
    , m_title(new QLabel(title, this))
    , m_text(new QLabel(text, this))
    , m_button(new QPushButton(buttonText, this))
{
    m_title->setFont(Look::titleFont());
    for (QLabel *label : {m_title, m_text}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    setTextRole(m_text, Look::SoftText);
    m_button->setProperty("danger", true);
    m_button->setAccessibleDescription(text);
    setAccessibleName(title);

    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(m_text);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Look::cardPadding, Look::spaceM, Look::cardPadding, Look::spaceM);
    layout->setSpacing(Look::spaceXl);
    layout->addLayout(words, 1);
    layout->addWidget(m_button, 0, Qt::AlignVCenter);
    connect(m_button, &QPushButton::clicked, this, &DangerCard::triggered);
}

void DangerCard::setTitle(const QString &title)
{
    m_title->setText(title);
    setAccessibleName(title);
}

void DangerCard::setText(const QString &text)
{
    m_text->setText(text);
    m_button->setAccessibleDescription(text);
}

void DangerCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintRounded(painter, rect(), Look::cardRadius, Look::color(Look::Surface), Look::color(Look::Bad));
}
