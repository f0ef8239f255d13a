// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/changeplanrow.h"

#include "widgets/common/painting.h"
#include "widgets/common/statusbadge.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

namespace {
constexpr int tagColumn = 132;
} // namespace

ChangePlanRow::ChangePlanRow(Tone tone, const QString &tag, const QString &title, const QString &text, QWidget *parent)
    : QWidget(parent)
    , m_badge(new StatusBadge(this))
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
{
    for (QLabel *label : {m_title, m_text}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    setTextRole(m_text, Look::SoftText);
    auto *words = new QVBoxLayout;
    words->setSpacing(Look::spaceXs);
    words->addWidget(m_title);
    words->addWidget(m_text);
    auto *badgePlace = new QWidget(this);
    badgePlace->setMinimumWidth(tagColumn);
    auto *badgeLayout = new QHBoxLayout(badgePlace);
    badgeLayout->setContentsMargins(0, 0, 0, 0);
    badgeLayout->addWidget(m_badge);
    badgeLayout->addStretch();
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 10, 0, 11);
    layout->setSpacing(Look::spaceM);
    layout->addWidget(badgePlace, 0, Qt::AlignTop);
    layout->addLayout(words, 1);
    setContent(tone, tag, title, text);
    renewLook();
}

void ChangePlanRow::setContent(Tone tone, const QString &tag, const QString &title, const QString &text)
{
    m_badge->setStatus(tone, tag, StatusBadge::Shape::None);
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    setAccessibleName(tr("%1: %2").arg(tag, title));
    setAccessibleDescription(text);
}

void ChangePlanRow::setLineBelow(bool line)
{
    m_lineBelow = line;
    update();
}

void ChangePlanRow::renewLook()
{
    m_title->setFont(Look::nameFont());
    m_text->setFont(Look::captionFont());
}

void ChangePlanRow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        renewLook();
}

void ChangePlanRow::paintEvent(QPaintEvent *)
{
    if (!m_lineBelow)
        return;
    QPainter painter(this);
    paintHairline(painter, 0, width(), height() - 1, Look::color(Look::FaintLine));
}
