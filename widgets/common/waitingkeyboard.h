// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

/// The keyboard of a form that waits. Qt takes it away from what is disabled and hands it to whatever comes next in the
/// window: meanwhile it is kept in the form's scroll area, and given back after. Owns neither.
class WaitingKeyboard final {
public:
    explicit WaitingKeyboard(QWidget *waitingPlace)
        : m_place(waitingPlace)
    {
    }

    /// To be called before `form` is disabled.
    void keepIn(QWidget *form);
    /// To where it was, or else to `first`, unless a person has taken it elsewhere meanwhile.
    void giveBackTo(QWidget *form, QWidget *first);

private:
    QWidget *m_place;
    QPointer<QWidget> m_left; ///< had it before
};
