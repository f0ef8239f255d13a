// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/emptystate.h"

#include "widgets/common/copyrolebutton.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/painting.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace {
constexpr int maximumTextWidth = 420;
} // namespace

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel(this))
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_action(new QPushButton(this))
    , m_reason(new QLabel(this))
    , m_copyRole(new CopyRoleButton(this))
{
    for (QLabel *label : {m_icon, m_title, m_text, m_reason}) {
        label->setTextFormat(Qt::PlainText);
        label->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
        label->setWordWrap(label != m_icon);
    }
    setTextRole(m_text, Look::SoftText);
    setTextRole(m_reason, Look::SoftText);
    m_action->setProperty("primary", true);
    m_action->setObjectName(QStringLiteral("emptyStateActionButton"));
    m_action->hide();
    m_reason->hide();

    auto *words = new QWidget(this);
    words->setMaximumWidth(maximumTextWidth);
    words->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto *wordsLayout = new QVBoxLayout(words);
    wordsLayout->setContentsMargins(0, 0, 0, 0);
    wordsLayout->setSpacing(Look::spaceS);
    for (QLabel *label : {m_icon, m_title, m_text})
        wordsLayout->addWidget(label);
    wordsLayout->addSpacing(Look::spaceXs);
    wordsLayout->addWidget(m_action, 0, Qt::AlignHCenter);
    wordsLayout->addWidget(m_reason);
    wordsLayout->addWidget(m_copyRole, 0, Qt::AlignHCenter);
    auto *line = new QHBoxLayout;
    line->addStretch(1);
    line->addWidget(words, 100);
    line->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Look::spaceL, Look::spaceL, Look::spaceL, Look::spaceL);
    layout->addStretch(2);
    layout->addLayout(line);
    layout->addStretch(3);
    connect(m_action, &QPushButton::clicked, this, &EmptyState::actionTriggered);
}

EmptyState::EmptyState(Icons::Name icon, const QString &title, const QString &text, QWidget *parent)
    : EmptyState(parent)
{
    setContent(icon, title, text);
}

void EmptyState::setContent(Icons::Name icon, const QString &title, const QString &text)
{
    m_iconName = icon;
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(text);
    renewLook();
}

void EmptyState::setAction(const QString &text)
{
    m_action->setText(text);
    m_action->setVisible(!text.isEmpty());
    // Tab would end at a proxy that is hidden
    setFocusProxy(text.isEmpty() ? nullptr : m_action);
}

void EmptyState::setActionReason(const QString &reason)
{
    setDisabledReason(m_action, reason);
    m_reason->setText(reason);
    m_reason->setVisible(!reason.isEmpty());
}

void EmptyState::setGrant(const QString &grant, const QString &reason)
{
    m_copyRole->setGrant(grant, reason);
}

void EmptyState::renewLook()
{
    m_icon->setPixmap(Icons::icon(m_iconName, Look::FaintText).pixmap(32));
    m_title->setFont(Look::sectionFont());
    m_reason->setFont(Look::captionFont());
}

void EmptyState::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange)
        renewLook();
}
