// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pagefocus.h"

#include <QApplication>
#include <QScrollArea>
#include <QStackedWidget>

namespace {

/// What gets the keyboard that is given to the page.
QWidget *standingFor(QWidget *page)
{
    QWidget *last = page;
    while (last->focusProxy())
        last = last->focusProxy();
    return last;
}

bool takesFocus(const QWidget *widget, const QWidget *page)
{
    return widget && (widget->focusPolicy() & Qt::TabFocus) && widget->isEnabled() && widget->isVisibleTo(page);
}

/// A whole page that scrolls takes it only where nothing on it does.
QWidget *firstIn(QWidget *page)
{
    QWidget *scrolling = nullptr;
    for (QWidget *next = page->nextInFocusChain(); next != page; next = next->nextInFocusChain()) {
        if (!page->isAncestorOf(next) || !takesFocus(next, page))
            continue;
        if (!qobject_cast<QScrollArea *>(next))
            return next;
        if (!scrolling)
            scrolling = next;
    }
    return scrolling;
}

} // namespace

PageFocus::PageFocus(QStackedWidget *stack)
    : QObject(stack)
    , m_stack(stack)
{
    connect(qApp, &QApplication::focusChanged, this, &PageFocus::followFocus);
}

void PageFocus::enter()
{
    QWidget *page = m_stack ? m_stack->currentWidget() : nullptr;
    if (!page)
        return;
    QWidget *target = page->focusProxy() ? standingFor(page) : page->focusWidget();
    if (!takesFocus(target, page))
        target = firstIn(page);
    (target ? target : page)->setFocus(Qt::OtherFocusReason);
}

void PageFocus::followFocus(QWidget *old, QWidget *now)
{
    const QWidget *page = m_stack ? m_stack->currentWidget() : nullptr;
    if (!old || !page || !page->isVisible() || !page->isAncestorOf(old))
        return;
    const bool isTaken = !old->isVisible() || !old->isEnabled();
    if (isTaken && !(now && m_stack->isAncestorOf(now)))
        enter();
}
