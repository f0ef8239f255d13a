// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/waitingkeyboard.h"

void WaitingKeyboard::keepIn(QWidget *form)
{
    QWidget *focus = form->window()->focusWidget();
    const bool isHere = focus && form->isAncestorOf(focus);
    m_left = isHere ? focus : nullptr;
    form->setFocusProxy(m_place);
    m_place->setFocusPolicy(Qt::StrongFocus);
    if (isHere)
        m_place->setFocus(Qt::OtherFocusReason);
}

void WaitingKeyboard::giveBackTo(QWidget *form, QWidget *first)
{
    const bool isHere = form->window()->focusWidget() == m_place;
    form->setFocusProxy(first);
    if (isHere) {
        const bool canTakeIt = m_left && m_left->isEnabled() && m_left->isVisible();
        (canTakeIt ? m_left.data() : form)->setFocus(Qt::OtherFocusReason);
    }
    m_place->setFocusPolicy(Qt::NoFocus);
}
