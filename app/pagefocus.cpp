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

/// What destroys is for whoever goes there.
bool isDangerous(const QWidget *widget)
{
    return widget->property("danger").toBool();
}

/// A whole page that scrolls takes it only where nothing on it does.
QWidget *firstIn(QWidget *page)
{
    QWidget *scrolling = nullptr;
    for (QWidget *next = page->nextInFocusChain(); next != page; next = next->nextInFocusChain()) {
        if (!page->isAncestorOf(next) || !takesFocus(next, page) || isDangerous(next))
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
    if (!page || !page->isVisible())
        return;
    const bool wasHere = old && page->isAncestorOf(old);
    const bool isTaken = wasHere && (!old->isVisible() || !old->isEnabled());
    const bool isInWindow = now && now->window() == m_stack->window();
    const bool comesBack = isInWindow && !(old && old->window() == now->window());
    const bool isLost = now ? !m_stack->isAncestorOf(now) : isTaken;
    if (isLost && (isTaken || (comesBack && m_wasInPage)))
        return enter();
    // what Qt finds next
    if (isTaken && page->isAncestorOf(now) && isDangerous(now)) {
        QWidget *other = firstIn(m_stack->currentWidget());
        return (other ? other : m_stack->currentWidget())->setFocus(Qt::OtherFocusReason);
    }
    // While another window has the keyboard, it is still of this page.
    if (isInWindow)
        m_wasInPage = page->isAncestorOf(now);
}
