// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/segmentedchoice.h"

#include "widgets/common/painting.h"
#include "widgets/common/plaintooltip.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>

namespace {
constexpr int sidePadding = 12;
} // namespace

SegmentedChoice::SegmentedChoice(QWidget *parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setMouseTracking(true);
}

void SegmentedChoice::addChoice(const QString &label, const QVariant &value)
{
    m_choices.append({label, value.isValid() ? value : QVariant(label), true, {}});
    updateGeometry();
    update();
    if (m_current < 0)
        setCurrentIndex(0);
}

void SegmentedChoice::clear()
{
    m_choices.clear();
    m_current = -1;
    m_hovered = -1;
    updateGeometry();
    update();
}

void SegmentedChoice::setChoiceEnabled(int index, bool enabled, const QString &reason)
{
    m_choices[index].enabled = enabled;
    m_choices[index].reason = reason;
    update();
}

bool SegmentedChoice::isChoiceEnabled(int index) const
{
    return m_choices[index].enabled;
}

QString SegmentedChoice::choiceReason(int index) const
{
    return m_choices[index].reason;
}

QString SegmentedChoice::choiceLabel(int index) const
{
    return m_choices[index].label;
}

QVariant SegmentedChoice::choiceData(int index) const
{
    return m_choices[index].data;
}

QVariant SegmentedChoice::currentData() const
{
    return m_current < 0 ? QVariant() : m_choices[m_current].data;
}

void SegmentedChoice::setCurrentIndex(int index)
{
    if (index < 0 || index >= count() || index == m_current)
        return;
    m_current = index;
    update();
    if (hasFocus()) {
        QAccessibleEvent event(this, QAccessible::Focus);
        event.setChild(index);
        QAccessible::updateAccessibility(&event);
    }
    emit currentChanged(index);
}

void SegmentedChoice::setCurrentData(const QVariant &value)
{
    for (int i = 0; i < count(); ++i) {
        if (m_choices[i].data == value)
            setCurrentIndex(i);
    }
}

int SegmentedChoice::choiceWidth(const Choice &choice) const
{
    return QFontMetrics(Look::titleFont()).horizontalAdvance(choice.label) + 2 * sidePadding;
}

QRect SegmentedChoice::choiceRect(int index) const
{
    int left = 0;
    for (int i = 0; i < index; ++i)
        left += choiceWidth(m_choices[i]);
    const QRect place(left, 0, choiceWidth(m_choices[index]), height());
    return QStyle::visualRect(layoutDirection(), rect(), place);
}

QSize SegmentedChoice::sizeHint() const
{
    int width = 0;
    for (const Choice &choice : m_choices)
        width += choiceWidth(choice);
    return {width, Look::controlHeight};
}

int SegmentedChoice::choiceAt(const QPoint &position) const
{
    for (int i = 0; i < count(); ++i) {
        if (choiceRect(i).contains(position))
            return i;
    }
    return -1;
}

void SegmentedChoice::choose(int index)
{
    if (index < 0 || index >= count() || index == m_current || !m_choices[index].enabled)
        return;
    setCurrentIndex(index);
    emit activated(index);
}

void SegmentedChoice::stepFrom(int index, int direction)
{
    for (int i = index + direction; i >= 0 && i < count(); i += direction) {
        if (m_choices[i].enabled) {
            choose(i);
            return;
        }
    }
}

bool SegmentedChoice::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const int index = choiceAt(help->pos());
        if (index >= 0 && !m_choices[index].reason.isEmpty()) {
            showPlainToolTip(help->globalPos(), m_choices[index].reason, this);
            return true;
        }
    }
    return QWidget::event(event);
}

void SegmentedChoice::keyPressEvent(QKeyEvent *event)
{
    const int forward = layoutDirection() == Qt::LeftToRight ? 1 : -1;
    switch (event->key()) {
    case Qt::Key_Right:
        return stepFrom(m_current, forward);
    case Qt::Key_Left:
        return stepFrom(m_current, -forward);
    case Qt::Key_Down:
        return stepFrom(m_current, 1);
    case Qt::Key_Up:
        return stepFrom(m_current, -1);
    case Qt::Key_Home:
        return stepFrom(-1, 1);
    case Qt::Key_End:
        return stepFrom(count(), -1);
    default:
        QWidget::keyPressEvent(event);
    }
}

void SegmentedChoice::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        choose(choiceAt(event->pos()));
}

void SegmentedChoice::mouseMoveEvent(QMouseEvent *event)
{
    const int hovered = choiceAt(event->pos());
    if (hovered != m_hovered) {
        m_hovered = hovered;
        update();
    }
}

void SegmentedChoice::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    m_hovered = -1;
    update();
}

void SegmentedChoice::paintChoice(QPainter *painter, int index) const
{
    const Choice &choice = m_choices[index];
    const QRect place = choiceRect(index);
    const bool isCurrent = index == m_current;
    const bool isPossible = isEnabled() && choice.enabled;
    if (isCurrent)
        painter->fillRect(place, Look::color(isEnabled() ? Look::AccentGround : Look::Line));
    else if (!choice.enabled)
        painter->fillRect(place, Look::color(Look::Window)); // as what is disabled as a whole
    else if (index == m_hovered && isPossible)
        painter->fillRect(place, Look::color(Look::HeaderRow));
    const bool isFirst = layoutDirection() == Qt::LeftToRight ? place.left() == 0 : place.right() + 1 == width();
    if (!isFirst)
        paintVerticalHairline(*painter, place.left(), 0, height(), Look::color(Look::Line));
    Look::Role role = isCurrent ? Look::Accent : Look::SoftText;
    if (!isPossible)
        role = isCurrent ? Look::Text : Look::FaintText;
    painter->setFont(isCurrent ? Look::titleFont() : Look::bodyFont());
    painter->setPen(Look::color(role));
    painter->drawText(place, Qt::AlignCenter | Qt::TextSingleLine, choice.label);
}

void SegmentedChoice::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintRounded(painter, rect(), Look::controlRadius, Look::color(isEnabled() ? Look::Surface : Look::Window), {});
    QPainterPath inside;
    inside.addRoundedRect(rect(), Look::controlRadius, Look::controlRadius);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipPath(inside);
    for (int i = 0; i < count(); ++i)
        paintChoice(&painter, i);
    painter.restore();
    const bool isInvalid = property("invalid").toBool();
    paintRounded(painter, rect(), Look::controlRadius, {}, Look::color(isInvalid ? Look::Bad : Look::Line));
    if (hasFocus())
        paintFocusRing(painter, rect(), Look::controlRadius);
}
