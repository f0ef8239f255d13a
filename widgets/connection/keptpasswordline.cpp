// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/connection/keptpasswordline.h"

#include "widgets/common/inlinemessage.h"
#include "widgets/common/look.h"
#include "widgets/common/painting.h"
#include "widgets/common/wrappinglabel.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

KeptPasswordLine::KeptPasswordLine(QWidget *parent)
    : QWidget(parent)
    , m_text(new WrappingLabel(this))
    , m_remove(new QPushButton(tr("Remove"), this))
    , m_unconfirmed(new InlineMessage(this))
{
    setObjectName(QStringLiteral("keptPasswordLine"));
    m_text->setObjectName(QStringLiteral("keptPasswordLabel"));
    m_text->setFont(Look::captionFont());
    setTextRole(m_text, Look::SoftText);
    m_remove->setObjectName(QStringLiteral("removeKeptPasswordButton"));
    m_remove->setAccessibleName(tr("Remove the kept password"));
    m_remove->setToolTip(tr("Removes it from this workstation; the cluster keeps it"));
    m_remove->setProperty("flat", true);
    m_unconfirmed->setObjectName(QStringLiteral("unconfirmedPasswordMessage"));
    m_unconfirmed->hide();
    auto *line = new QHBoxLayout;
    line->setSpacing(Look::spaceS);
    line->addWidget(m_text, 1, Qt::AlignVCenter);
    line->addWidget(m_remove);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::spaceS);
    layout->addWidget(m_unconfirmed);
    layout->addLayout(line);
    connect(m_remove, &QPushButton::clicked, this, &KeptPasswordLine::removeRequested);
    renew();
}

void KeptPasswordLine::setKept(const QString &text)
{
    m_kept = text;
    renew();
}

void KeptPasswordLine::setWaiting(bool isWaiting)
{
    m_isWaiting = isWaiting;
    renew();
}

void KeptPasswordLine::setUnconfirmed(const QString &text, const QString &detail)
{
    if (text.isEmpty())
        m_unconfirmed->hide();
    else
        m_unconfirmed->showStanding(Tone::Warning, tr("This password may be an old one"), text, detail);
    renew();
}

void KeptPasswordLine::setRemovable(bool isRemovable)
{
    m_remove->setEnabled(isRemovable);
}

void KeptPasswordLine::renew()
{
    m_text->setText(m_isWaiting
            ? tr("The keychain of this workstation is to be unlocked: its own window asks for that\u2026")
            : m_kept);
    m_text->setVisible(!m_text->text().isEmpty());
    m_remove->setVisible(!m_kept.isEmpty() && !m_isWaiting);
    setVisible(!m_text->text().isEmpty() || !m_unconfirmed->isHidden());
}
