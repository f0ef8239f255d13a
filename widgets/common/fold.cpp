// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/fold.h"

#include "widgets/common/icons.h"
#include "widgets/common/look.h"

#include <QToolButton>
#include <QVBoxLayout>

Fold::Fold(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_title(title)
    , m_heading(new QToolButton(this))
    , m_content(new QWidget(this))
    , m_body(new QVBoxLayout(m_content))
{
    m_heading->setAutoRaise(true);
    m_heading->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_heading->setFocusPolicy(Qt::StrongFocus);
    m_heading->setFont(Look::titleFont());
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(Look::spaceM);
    m_content->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::spaceS);
    layout->addWidget(m_heading, 0, Qt::AlignLeading);
    layout->addWidget(m_content);
    connect(m_heading, &QToolButton::clicked, this, [this] { setOpen(!m_isOpen); });
    renew();
}

void Fold::setOpen(bool open)
{
    m_isOpen = open;
    renew();
}

void Fold::setSummary(const QString &summary)
{
    m_summary = summary;
    renew();
}

void Fold::renew()
{
    m_content->setVisible(m_isOpen);
    m_heading->setIcon(Icons::icon(m_isOpen ? Icons::Name::ChevronDown : Icons::Name::ChevronRight));
    m_heading->setAccessibleDescription(m_isOpen ? tr("Opened") : tr("Closed"));
    m_heading->setText(m_isOpen || m_summary.isEmpty() ? m_title : QStringLiteral("%1 · %2").arg(m_title, m_summary));
}

Fold *Fold::around(const QWidget *widget)
{
    for (QWidget *at = widget->parentWidget(); at; at = at->parentWidget()) {
        if (auto *fold = qobject_cast<Fold *>(at))
            return fold;
    }
    return nullptr;
}

bool Fold::applies(const QWidget *widget, const QWidget *top)
{
    for (const QWidget *at = widget; at && at != top; at = at->parentWidget()) {
        const auto *fold = qobject_cast<const Fold *>(at->parentWidget());
        if (at->isHidden() && !(fold && fold->m_content == at))
            return false;
    }
    return true;
}
