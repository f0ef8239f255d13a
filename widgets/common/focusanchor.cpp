// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/focusanchor.h"

#include <QApplication>
#include <QEvent>
#include <QScrollArea>
#include <QScrollBar>

#include <utility>

FocusAnchor::FocusAnchor(QScrollArea *area)
    : QObject(area)
    , m_area(area)
{
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) { hold(now); });
    connect(m_area->verticalScrollBar(), &QScrollBar::rangeChanged, this, [this] {
        scrollBy(std::exchange(m_owed, 0));
        m_owed = 0;
    });
}

void FocusAnchor::hold(QWidget *widget)
{
    for (const QPointer<QWidget> &watched : std::as_const(m_watched)) {
        if (watched)
            watched->removeEventFilter(this);
    }
    m_watched.clear();
    m_held = nullptr;
    m_owed = 0;
    const QWidget *content = m_area->widget();
    if (!widget || !content || !content->isAncestorOf(widget))
        return;
    m_held = widget;
    m_top = top();
    for (QWidget *moved = widget; moved != content; moved = moved->parentWidget()) {
        moved->installEventFilter(this);
        m_watched.append(moved);
    }
}

int FocusAnchor::top() const
{
    return m_held->mapTo(m_area->widget(), QPoint()).y();
}

void FocusAnchor::scrollBy(int distance)
{
    QScrollBar *bar = m_area->verticalScrollBar();
    const int before = bar->value();
    bar->setValue(before + distance);
    m_owed += distance - (bar->value() - before);
}

bool FocusAnchor::eventFilter(QObject *watched, QEvent *event)
{
    const bool isHere = m_held && m_area->widget() && m_area->widget()->isAncestorOf(m_held);
    if (event->type() == QEvent::Move && isHere) {
        const int before = std::exchange(m_top, top());
        scrollBy(m_top - before);
    }
    return QObject::eventFilter(watched, event);
}
